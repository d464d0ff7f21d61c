package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// Definition is a custom role that the unit defines, with one of the
// alternatives of its permissions.
type Definition struct {
	Resource *eval.Resource
	Name     string // roleName, its unknown parts in ‹ ›; "" if there is none
	Blocks   []azure.Permissions
	Bound    []Binding // the condition of each block
	Known    bool      // all of its permissions are known
	Actions  []Action
	When     value.Condition // of the alternative that this is
	Offered  bool            // only a parameter from outside can choose it

	key string
}

// Action is an entry of a custom role's permissions, where it is written.
type Action struct {
	Text  string
	At    value.Span // of the string; the zero Span if it is not written in a place
	List  value.Span // of the name of the list that holds it
	Block int
	Data  bool
	Not   bool
}

// Binding is the condition of a block, and the version of its language.
type Binding struct{ Condition, Version value.Value }

// newDefinitions reads a role definition: one for each alternative that its
// permissions have.
func newDefinitions(r *eval.Resource) []*Definition {
	d := Definition{Resource: r, Known: true}
	segments, _ := r.Name().Segments()
	if len(segments) > 0 {
		d.key = value.Fold(value.Key(segments[len(segments)-1]))
	}
	if r.Existing { // its permissions stand elsewhere
		d.Known = false
		return []*Definition{&d}
	}
	props := r.Get("properties")
	if name := props.Get("roleName"); name.IsStringLike() || name.Kind == value.Choice {
		d.Name = value.ShowAll(name)
	}
	var out []*Definition
	for _, alt := range permissions(member(props, "permissions")).Alternatives() {
		e := d
		e.When, e.Offered = alt.When, alt.Offered
		e.read(alt.Value)
		out = append(out, &e)
	}
	return out
}

// permissions spreads the choices within blocks, so that each alternative is
// a list of blocks whose lists hold none.
func permissions(v value.Value) value.Value {
	return value.Lift([]value.Value{v}, func(vs []value.Value) value.Value {
		a := vs[0].Array()
		if a == nil || a.Open != nil {
			return vs[0]
		}
		blocks := make([]value.Value, a.Len())
		for i := range blocks {
			blocks[i] = spread(a.At(i))
		}
		return value.Lift(blocks, value.OfArray)
	})
}

func spread(block value.Value) value.Value {
	return value.Lift([]value.Value{block}, func(vs []value.Value) value.Value {
		o := vs[0].Object()
		if o == nil {
			return vs[0]
		}
		return value.Lift(o.Values(), o.WithMembers)
	})
}

func (d *Definition) read(v value.Value) {
	blocks := v.Array()
	if blocks == nil || blocks.Open != nil {
		d.Known = false
		return
	}
	for i := range blocks.Len() {
		d.Blocks = append(d.Blocks, d.block(blocks.At(i), i))
		d.Bound = append(d.Bound, Binding{blocks.At(i).Get("condition"), blocks.At(i).Get("conditionVersion")})
	}
}

func (d *Definition) block(v value.Value, i int) azure.Permissions {
	o := v.Object()
	if o == nil || o.Open != nil {
		d.Known = false
		return azure.Permissions{}
	}
	return azure.Permissions{
		Actions:        d.list(o, "actions", Action{Block: i}),
		NotActions:     d.list(o, "notActions", Action{Block: i, Not: true}),
		DataActions:    d.list(o, "dataActions", Action{Block: i, Data: true}),
		NotDataActions: d.list(o, "notDataActions", Action{Block: i, Data: true, Not: true}),
		Condition:      !o.Get("condition").IsNull(),
	}
}

func (d *Definition) list(o *value.ObjectValue, name string, like Action) []string {
	i := o.Index(name)
	if i < 0 {
		return nil
	}
	like.List = o.Names[i].At
	v := o.At(i)
	if v.IsNull() {
		return nil
	}
	a := v.Array()
	if a == nil || a.Open != nil {
		d.Known = false
		return nil
	}
	var out []string
	for j := range a.Len() {
		s, ok := a.At(j).Str()
		if !ok {
			d.Known = false
			continue
		}
		like.Text, like.At = s, a.At(j).At
		d.Actions = append(d.Actions, like)
		out = append(out, s)
	}
	return out
}
