package facts

import (
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// Holder is a principal with all that the unit's role assignments give it.
type Holder struct {
	Principal Principal
	Grants    []*Grant
}

// Holders returns the principals of the role assignments that are or may be
// deployed, in the order in which they are first granted something. What
// cannot be told to be one principal is not taken together.
func (a *Access) Holders() []*Holder {
	if a.holding != nil {
		return a.holders
	}
	a.holding = map[string]*Holder{}
	for g := range a.GrantsOn(RBAC) {
		key := g.Principal.Key()
		h := a.holding[key]
		if h == nil || key == "" {
			h = &Holder{Principal: g.Principal}
			a.holders, a.holding[key] = append(a.holders, h), h
		}
		h.Grants = append(h.Grants, g)
	}
	return a.holders
}

// HeldBy returns the role assignments of a principal that are or may be
// deployed.
func (a *Access) HeldBy(p Principal) []*Grant {
	a.Holders()
	key := p.Key()
	if h := a.holding[key]; h != nil && key != "" {
		return h.Grants
	}
	return nil
}

// Key is a text that the same principals share; "" if nothing is known.
func (p Principal) Key() string {
	kind := "user "
	if p.System {
		kind = "system "
	}
	switch {
	case p.Resource != nil:
		return kind + resourceid.Key(p.Resource.ID())
	case p.Outside.Kind != value.Missing:
		return kind + resourceid.Key(p.Outside)
	case p.Value.Kind == value.Missing || p.Value.Kind == value.Choice:
		return ""
	}
	return "id " + value.Fold(value.Key(p.Value))
}
