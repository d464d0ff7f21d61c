package facts

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// Usage says that a resource names an identity which it uses, by a property
// other than its identity block.
type Usage struct {
	Resource  *eval.Resource // with the property
	Path      string         // of the property, see [Places]
	Kind      azure.ReferenceKind
	Value     value.Value // one alternative of the property
	At        value.Span
	When      value.Condition
	Principal Principal // which identity that is, as far as the value leads to it
}

// Usages returns which identities a resource names, and how, as far as that is
// the doing of the template: what only a caller could choose is left out, and
// so are properties of which it is not known whether they count.
func (a *Access) Usages(r *eval.Resource) []Usage {
	if out, ok := a.used[r]; ok {
		return out
	}
	var out []Usage
	for _, ref := range a.Tables().References(r.Type) {
		for _, at := range counting(r, ref) {
			if !at.Offered {
				out = append(out, a.usages(r, ref, at)...)
			}
		}
	}
	if a.used == nil {
		a.used = map[*eval.Resource][]Usage{}
	}
	a.used[r] = out
	return out
}

// counting returns the places of a property where it surely counts.
func counting(r *eval.Resource, ref azure.Reference) []Place {
	w := walker{whole: len(ref.When) > 0}
	w.walk(Place{Value: r.Body()}, ref.Path)
	if len(ref.When) == 0 {
		return w.out
	}
	return slices.DeleteFunc(w.out, func(at Place) bool {
		return !slices.ContainsFunc(ref.When, func(all []azure.Discriminator) bool { return at.within(r, all) })
	})
}

// within tells whether the objects around a place have all of the members.
func (at *Place) within(r *eval.Resource, all []azure.Discriminator) bool {
	for _, d := range all {
		if d.Name == "name" {
			segments, _ := r.Name().Segments()
			if s, _ := segments[len(segments)-1].Str(); !value.FoldEqual(s, d.Value) {
				return false
			}
			continue
		}
		found := false
		for p := at; p != nil && !found; p = p.outer {
			s, _ := p.Around.Get(d.Name).Str()
			found = value.FoldEqual(s, d.Value)
		}
		if !found {
			return false
		}
	}
	return true
}

func (a *Access) usages(r *eval.Resource, ref azure.Reference, at Place) []Usage {
	u := Usage{Resource: r, Path: ref.Path, Kind: ref.Kind, Value: at.Value, At: at.Value.At, When: at.When}
	if ref.Kind != azure.RefMap {
		u.Principal = a.named(r, ref.Kind, at.Value)
		return []Usage{u}
	}
	o := at.Value.Object()
	if o == nil {
		return nil
	}
	var out []Usage
	for _, n := range o.Names {
		u.Value, u.At = value.OfString(n.Name), n.At
		u.Principal = a.named(r, azure.RefID, u.Value)
		out = append(out, u)
	}
	for _, n := range o.Unnamed {
		u.Value, u.At = n.Name, n.At
		u.Principal = a.named(r, azure.RefID, u.Value)
		out = append(out, u)
	}
	return out
}

// named is the identity that a property of the kind names.
func (a *Access) named(r *eval.Resource, kind azure.ReferenceKind, v value.Value) Principal {
	p := Principal{Value: v}
	switch kind {
	case azure.RefPrefixedID:
		v = behindPrefix(v)
	case azure.RefClientID, azure.RefClientIDOrSystem, azure.RefPrincipalID, azure.RefPrincipalIDOrSystem:
		if ref, path := eval.ReferenceOf(v); ref != nil {
			return readFrom(ref, path, v)
		}
	}
	s, known := v.Str()
	switch {
	case known && NamesSystem(s):
		return a.system(r, v)
	case isUserAssigned(v):
		p = a.userAssigned(v)
	case kind == azure.RefIDOrHost:
		if host := a.Unit.Deployment.Lookup(v); host != nil {
			p.Resource, p.System = host, true
		}
	}
	p.Value = v
	return p
}

// behindPrefix is the id in "UserAssignedIdentity=id", which further words may
// follow.
func behindPrefix(v value.Value) value.Value {
	const prefix = "UserAssignedIdentity="
	if start := v.Prefix(); len(start) < len(prefix) || !value.FoldEqual(start[:len(prefix)], prefix) {
		return v
	}
	var out []value.Value
	for i, p := range v.Parts() {
		if p.Hole != nil {
			out = append(out, value.OfSymbol(p.Hole))
			continue
		}
		text := p.Literal
		if i == 0 {
			text = text[len(prefix):]
		}
		text, more := beforeAny(text, "&,")
		out = append(out, value.OfString(text))
		if more {
			break
		}
	}
	return value.Join(out...).With(v.Flags).WithSpan(v.At)
}

// beforeAny is s up to the first of some characters.
func beforeAny(s, chars string) (before string, found bool) {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return s[:i], true
	}
	return s, false
}

// readFrom is the identity whose client id or principal id is read at
// deployment time.
func readFrom(ref *eval.Reference, path []string, v value.Value) Principal {
	p := PrincipalOf(v)
	if p.IsIdentity() || len(path) == 0 || !value.FoldEqual(path[len(path)-1], "clientId") {
		return p
	}
	switch host := ref.Resource(); {
	case host != nil && host.Is(UserAssignedIdentities):
		p.Resource = host
	case host == nil && isUserAssigned(ref.ID):
		p.Outside = ref.ID
	}
	return p
}

// systemWords are the words by which services name the system-assigned
// identity.
var systemWords = []string{"system", "SystemAssigned", "[system]", "SystemAssignedIdentity"}

// NamesSystem tells whether a text is a word for the system-assigned identity.
func NamesSystem(s string) bool {
	return slices.ContainsFunc(systemWords, func(w string) bool { return value.FoldEqual(w, s) })
}

// system is the system-assigned identity of the resource that carries those
// which r uses.
func (a *Access) system(r *eval.Resource, v value.Value) Principal {
	p := Principal{Value: v}
	carrier := a.Carrier(r.Type)
	if carrier == "" {
		return p
	}
	id, ok := HostID(r, carrier)
	switch host := a.Unit.Deployment.Lookup(id); {
	case value.FoldEqual(carrier, r.Type):
		p.Resource, p.System = r, true
	case !ok:
	case host != nil:
		p.Resource, p.System = host, true
	default:
		p.Outside, p.System = id, true
	}
	return p
}

// Carrier is the type of the resource whose identities one of the given type
// uses: its own, or the nearest around it that takes an identity; "" if none
// is known to.
func (a *Access) Carrier(resourceType string) string {
	for t := resourceType; strings.Count(t, "/") > 0; t = t[:strings.LastIndexByte(t, '/')] {
		if s, ok := a.Tables().Support(t); ok && !s.Doubtful {
			return s.Type
		}
	}
	return ""
}

// HostID is the id of the resource of the given type that r is a child of; r
// may be of the type itself, or extend a resource of it.
func HostID(r *eval.Resource, hostType string) (value.Value, bool) {
	up := strings.Count(r.Type, "/") - strings.Count(hostType, "/")
	if up < 0 || len(r.Type) < len(hostType) || !value.FoldEqual(r.Type[:len(hostType)], hostType) {
		return r.Scope(), up >= 0
	}
	id, ok := resourceid.Parse(r.ID())
	if up == 0 || !ok || up >= len(id.Names) {
		return r.ID(), up == 0
	}
	return resourceid.Join(id.Scope, hostType, id.Names[:len(id.Names)-up]), true
}
