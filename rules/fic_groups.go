package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// maxFederated is how many federated credentials an identity may have.
//
// https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
const maxFederated = 20

// ficGroups judges the credentials of each identity together.
func (p *Pass) ficGroups() {
	groups := map[string][]*eval.Resource{}
	var order []string
	for r := range p.deployed {
		host, ok := hostID(r, facts.UserAssignedIdentities)
		if !r.Is(federatedCredentials) || !ok || host.Kind == value.Choice {
			continue
		}
		key := resourceid.Key(host)
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], r)
	}
	for _, key := range order {
		p.ficCount(groups[key])
		p.ficOrder(groups[key])
		p.ficTwins(groups[key])
	}
}

// ficCount reports the first credential beyond the limit.
func (p *Pass) ficCount(group []*eval.Resource) {
	seen := map[string]bool{}
	for _, r := range group {
		if r.State == eval.Maybe {
			continue
		}
		if seen[resourceid.Key(r.ID())] = true; len(seen) > maxFederated {
			p.report("rejected", Finding{
				Resource: r, Path: "name",
				Message: fmt.Sprintf("the identity gets more than %d federated credentials: Azure rejects the next", maxFederated),
			})
			return
		}
	}
}

// ficOrder reports credentials neither of which waits for the other, each
// declaration once.
func (p *Pass) ficOrder(group []*eval.Resource) {
	told := map[*template.Resource]bool{}
	for j, r := range group {
		for _, other := range group[:j] {
			if told[r.Decl] || !together(r.When, other.When) || resourceid.Key(r.ID()) == resourceid.Key(other.ID()) ||
				p.Access.Waits(r, other) != value.No || p.Access.Waits(other, r) != value.No {
				continue
			}
			told[r.Decl] = true
			p.reportConcurrent(r, other)
		}
	}
}

func (p *Pass) reportConcurrent(r, other *eval.Resource) {
	when, _ := r.When.And(other.When)
	f := Finding{
		Resource: r, Path: "dependsOn", When: when,
		Message: fmt.Sprintf("'%s' is written while '%s' of the same identity is: Azure rejects that; add it to dependsOn", called(r), called(other)),
		Related: []Related{{Head(other), fmt.Sprintf("'%s' is written here", called(other))}},
		Fixes:   p.dependFix(r, other),
	}
	if r.Decl == other.Decl {
		f.Message = "the copies of the federated credential are written at the same time: Azure rejects that; set mode to serial and batchSize to 1"
		f.Related, f.Fixes = nil, nil
		if r.Decl.Copy != nil && r.Instance == other.Instance {
			f.At = spanOfTree(r.Decl.Copy.Tree)
			if m := r.Decl.Member("copy"); m != nil {
				f.At = value.Span{Start: int32(m.At), End: int32(m.At) + int32(len(m.Name)) + 2}
			}
		}
	}
	p.report("race", f)
}

// ficTwins reports a credential with issuer and subject of another.
func (p *Pass) ficTwins(group []*eval.Resource) {
	for j, r := range group {
		for _, other := range group[:j] {
			if r.Decl != other.Decl && together(r.When, other.When) && resourceid.Key(r.ID()) != resourceid.Key(other.ID()) &&
				sameText(r, other, "issuer") && sameText(r, other, "subject") {
				p.report("rejected", Finding{
					At: spot(r, "properties", "subject"), Resource: r, Path: "properties.subject",
					Message: fmt.Sprintf("'%s' has issuer and subject of '%s': Azure takes each pair once for an identity", called(r), called(other)),
					Related: []Related{{spot(other, "properties", "subject"), "the same subject is here"}},
				})
				break
			}
		}
	}
}

// sameText tells whether two credentials surely have the same member.
func sameText(r, other *eval.Resource, name string) bool {
	a, b := r.Get("properties", name), other.Get("properties", name)
	return a.IsStringLike() && a.Kind != value.Choice && value.Equal(a, b) == value.Yes
}
