package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// Attachment says that a resource runs with an identity.
type Attachment struct {
	Host      *eval.Resource
	Principal Principal
	At        value.Span // of identity.type, or of the key in the map
	When      value.Condition
}

// Attachments returns which identities the resources of the unit run with, as
// far as their identity blocks tell, in the order of the resources.
func (a *Access) Attachments() []Attachment {
	if a.attached == nil {
		a.attached = []Attachment{}
		for _, id := range a.Identities {
			if !id.Resource.Is(UserAssignedIdentities) && id.Resource.State != eval.NotDeployed {
				a.attached = append(a.attached, a.attach(id)...)
			}
		}
	}
	return a.attached
}

func (a *Access) attach(id *Identity) []Attachment {
	var out []Attachment
	for _, k := range id.Kinds {
		if k.System() && !k.Offered {
			out = append(out, Attachment{id.Resource, Principal{Resource: id.Resource, System: true}, k.At, k.When})
		}
	}
	for _, block := range id.Block.Alternatives() {
		if !block.Offered && usesMap(id.Kinds) {
			out = append(out, a.mapped(id.Resource, block)...)
		}
	}
	return out
}

// usesMap tells whether the map of user-assigned identities counts: not if
// the type is known to be of another kind.
func usesMap(kinds []Kinds) bool {
	for _, k := range kinds {
		if k.User() {
			return true
		}
	}
	return len(kinds) == 0
}

func (a *Access) mapped(host *eval.Resource, block value.Alternative) []Attachment {
	var out []Attachment
	for _, m := range block.Value.Get("userAssignedIdentities").Alternatives() {
		o := m.Value.Object()
		when, feasible := block.When.And(m.When)
		if o == nil || m.Offered || !feasible {
			continue
		}
		for _, n := range o.Names {
			out = append(out, Attachment{host, a.userAssigned(value.OfString(n.Name)), n.At, when})
		}
		for _, u := range o.Unnamed {
			out = append(out, Attachment{host, a.userAssigned(u.Name), u.At, when})
		}
	}
	return out
}

// userAssigned is the principal of the user-assigned identity with the id.
func (a *Access) userAssigned(id value.Value) Principal {
	if r := a.Unit.Deployment.Lookup(id); r != nil {
		return Principal{Resource: r}
	}
	return Principal{Outside: id}
}

// AttachedTo returns the identities that a resource runs with.
func (a *Access) AttachedTo(host *eval.Resource) []Attachment {
	if a.runsWith == nil {
		a.runsWith = map[*eval.Resource][]Attachment{}
		for _, at := range a.Attachments() {
			a.runsWith[at.Host] = append(a.runsWith[at.Host], at)
		}
	}
	return a.runsWith[host]
}

// HostsOf returns where a principal is attached.
func (a *Access) HostsOf(p Principal) []Attachment {
	if a.hosts == nil {
		a.hosts = map[string][]Attachment{}
		for _, at := range a.Attachments() {
			key := at.Principal.Key()
			a.hosts[key] = append(a.hosts[key], at)
		}
	}
	return a.hosts[p.Key()]
}

// SamePrincipal tells whether two principals are the same: the same identity,
// the same known id, or read from the same place.
func SamePrincipal(p, q Principal) value.Tri {
	switch {
	case p.Resource != nil && q.Resource != nil:
		if p.Resource == q.Resource {
			return value.TriOf(p.System == q.System)
		}
		if p.System != q.System || !value.FoldEqual(p.Resource.Type, q.Resource.Type) {
			return value.No
		}
		return sameID(p.Resource.ID(), q.Resource.ID())
	case p.Resource != nil && q.Outside.Kind != value.Missing:
		return sameOutside(q, p)
	case q.Resource != nil && p.Outside.Kind != value.Missing:
		return sameOutside(p, q)
	case p.Outside.Kind != value.Missing && q.Outside.Kind != value.Missing:
		if p.System != q.System {
			return value.No
		}
		return sameID(p.Outside, q.Outside)
	case p.IsIdentity() || q.IsIdentity() || p.Value.Kind == value.Missing || q.Value.Kind == value.Missing:
		return value.Maybe
	}
	return value.Equal(p.Value, q.Value)
}

func sameOutside(outside, declared Principal) value.Tri {
	if outside.System != declared.System {
		return value.No
	}
	return sameID(outside.Outside, declared.Resource.ID())
}

// sameID is sure only that ids are the same: different symbols may stand for
// one id.
func sameID(a, b value.Value) value.Tri {
	if key := resourceid.Key(a); key != "" && key == resourceid.Key(b) {
		return value.Yes
	}
	return value.Maybe
}
