package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// PP008 reports user-assigned identities with rights to change data or more
// that code of different exposure, or of different environments, runs with.
var PP008 = add("PP008", func(p *Pass) {
	for _, h := range p.Access.Holders() {
		if userAssignedID(h.Principal).Kind == value.Missing {
			continue
		}
		power, ok := sharedPower(h)
		if !ok {
			continue
		}
		hosts := p.codeHosts(h.Grants[0])
		if a, b, grade := unlike(hosts); grade != "" {
			p.reportShared(power, a, b, grade)
		}
	}
})

// sharedPower is a role of the principal that makes sharing it a risk.
func sharedPower(h *facts.Holder) (found held, ok bool) {
	roles(h, func(one held) bool {
		if classes(one.role)&(azure.DataWrite|azure.Credential|azure.Broad|azure.Escalate) != 0 {
			found, ok = one, true
		}
		return !ok
	})
	return found, ok
}

// unlike finds two hosts that should not have one identity: a public and an
// internal one, or of two environments. Slots are part of their site.
func unlike(hosts []facts.Attachment) (a, b facts.Attachment, grade string) {
	for i, x := range hosts {
		for _, y := range hosts[i+1:] {
			if sameApp(x.Host, y.Host) || !together(x.Host.When, y.Host.When, x.When, y.When) {
				continue
			}
			switch ex, ey := exposureOf(x.Host), exposureOf(y.Host); {
			case ex == public && ey == internal:
				return x, y, "exposed"
			case ex == internal && ey == public:
				return y, x, "exposed"
			case grade == "" && environment(x.Host) != environment(y.Host) && environment(x.Host) != "" && environment(y.Host) != "":
				a, b, grade = x, y, "shared"
			}
		}
	}
	return a, b, grade
}

// environment is what the tag of that name says of a resource.
func environment(r *eval.Resource) string {
	for _, name := range []string{"environment", "env"} {
		if s, ok := r.Get("tags", name).Str(); ok {
			return strings.ToLower(s)
		}
	}
	return ""
}

func sameApp(x, y *eval.Resource) bool {
	return x == y || resourceid.Key(siteID(x)) == resourceid.Key(siteID(y))
}

func siteID(r *eval.Resource) value.Value {
	if r.Is("Microsoft.Web/sites/slots") {
		id, _ := facts.HostID(r, "Microsoft.Web/sites")
		return id
	}
	return r.ID()
}

func (p *Pass) reportShared(power held, a, b facts.Attachment, grade string) {
	f := Finding{At: b.At, Resource: b.Host, Path: "identity.userAssignedIdentities"}
	if !inside(f.At, b.Host.Body().At) {
		f.At = spot(b.Host, "identity", "userAssignedIdentities")
	}
	difference := "which is reachable from everywhere"
	if grade == "shared" {
		difference = "which is of the environment '" + environment(a.Host) + "'"
	}
	f.Message = fmt.Sprintf("'%s' runs with the same identity as '%s', %s: both have '%s' on %s", called(b.Host), called(a.Host), difference, power.role.Name(), where(power.g))
	f.Flow = append(chainOf(power.g, power.role, a)[:1:1], Related{a.At, "it runs with " + who(power.g)}, Related{f.At, "'" + called(b.Host) + "' runs with it too"}, Related{roleAt(power.g), "'" + power.role.Name() + "' is granted to it on " + where(power.g)})
	f.Related = append(f.Flow[:2:2], f.Flow[3])
	p.report(grade, f)
}
