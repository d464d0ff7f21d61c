package facts

import (
	"go/token"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// State is what became of a declared identity or grant. Of several copies of
// a declaration the highest state counts.
type State uint8

// The states, from the best to the worst.
const (
	NotDeployed   State = iota // an empty loop or a false condition, with these values
	Decided                    // known
	Runtime                    // known to Azure only, during the deployment
	Parameter                  // waits for the value of a parameter
	Limit                      // a budget ran out
	NotUnderstood              // a construct that is not understood
)

// Declaration is an identity or a role grant that the source declares.
type Declaration struct {
	Grant    bool // else an identity
	At       token.Pos
	State    State
	Reason   string // why it is not decided, for people
	Resource *eval.Resource
}

// cover gives each declared identity and grant its state.
func (a *Access) cover() {
	for _, g := range a.Grants {
		if g.Resource.State == eval.NotDeployed {
			a.declare(Declaration{Grant: true, At: g.Resource.Decl.At, Resource: g.Resource})
			continue
		}
		state, why := g.state()
		a.declare(Declaration{Grant: true, At: g.Resource.Decl.At, State: state, Reason: why, Resource: g.Resource})
	}
	for _, id := range a.Identities {
		if id.Resource.State == eval.NotDeployed {
			a.declare(Declaration{At: id.Resource.Decl.At, Resource: id.Resource})
			continue
		}
		if id.Block.Kind == value.Null {
			continue
		}
		state, why := id.state()
		a.declare(Declaration{At: id.Resource.Decl.At, State: state, Reason: why, Resource: id.Resource})
	}
}

func (a *Access) declare(d Declaration) {
	if d.State == NotDeployed {
		d.Reason = "not deployed with these values"
	}
	a.Coverage = append(a.Coverage, d)
}

// state is decided when every alternative of the role id is.
func (g *Grant) state() (State, string) {
	alts := g.RoleID.Alternatives()
	if len(g.Roles) == len(alts) {
		return Decided, ""
	}
	for _, alt := range alts {
		if alt.Value.IsNull() {
			continue
		}
		if state, why := undecided(alt.Value); state != Decided {
			return state, "roleDefinitionId: " + why
		}
	}
	if g.RoleID.IsNull() {
		return NotUnderstood, "there is no roleDefinitionId"
	}
	return Decided, "" // known, and no id of a role: a rule tells
}

func (id *Identity) state() (State, string) {
	if id.Resource.Is(UserAssignedIdentities) {
		return Decided, ""
	}
	for _, block := range id.Block.Alternatives() {
		v := block.Value
		if o := v.Object(); o != nil {
			v = o.Get("type")
			if v.Kind == value.Missing && o.Open != nil {
				v = value.OfSymbol(o.Open)
			}
		}
		for _, t := range v.Alternatives() {
			if state, why := undecided(t.Value); state != Decided {
				return state, "identity: " + why
			}
		}
	}
	return Decided, ""
}

// undecided tells why a value is not known, by the symbol that keeps it so.
func undecided(v value.Value) (State, string) {
	why := v.Why()
	if v.Kind == value.Text { // what matters of an id is its end
		parts := v.Parts()
		if last := parts[len(parts)-1]; last.Hole != nil {
			why = last.Hole
		} else {
			return Decided, ""
		}
	}
	if why == nil {
		return Decided, ""
	}
	text := why.Text
	if why.Secret {
		text = "a secret"
	}
	switch why.Reason {
	case value.ReasonParameter:
		return Parameter, text
	case value.ReasonUnsupported, value.ReasonRole:
		return NotUnderstood, text
	case value.ReasonError:
		if v.Flags&value.Default != 0 {
			return Parameter, text + " (with the default values)"
		}
		return NotUnderstood, text
	case value.ReasonLimit:
		return Limit, text
	}
	return Runtime, text
}
