package eval

import (
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// expand adds the resources of the instance to the deployment: first all of
// its own, then those of the deployments among them. hidden is the state that
// the instance itself has.
func (in *Instance) expand() {
	if in.state != unexpanded {
		return
	}
	in.state = expanding
	in.own = make([]*Resource, 0, len(in.Template.Resources))
	for _, d := range in.Template.Resources {
		in.declare(d, nil, Env{in: in})
	}
	in.state = declared
	for _, r := range in.own {
		in.nest(r)
	}
	in.state = expanded
}

// written adds the resources of the instance in the order in which they are
// written, see [Deployment].
func (in *Instance) written(to []*Resource) []*Resource {
	to = append(to, in.own...)
	for _, r := range in.own {
		if r.Nested != nil {
			to = r.Nested.written(to)
		}
	}
	return to
}

// declare adds the copies of a declaration.
func (in *Instance) declare(d *template.Resource, parent *Resource, env Env) {
	if d.Copy == nil {
		in.add(d, parent, env, copied{number: -1})
		return
	}
	name := d.Copy.Name
	count := env.Eval(d.Copy.Count)
	n, ok := count.Int()
	switch {
	case !ok:
		in.add(d, parent, env.bind(outerFrame, name, in.index(d, count)), copied{number: -1, symbolic: true, count: count})
	case n <= 0:
		in.add(d, parent, env.bind(outerFrame, name, in.index(d, count)), copied{number: -1, symbolic: true, empty: true})
	case n > maxElements:
		in.u.unsupported("a loop of more than 10,000 copies", d.At)
		in.add(d, parent, env.bind(outerFrame, name, in.index(d, limit("copies"))), copied{number: -1, symbolic: true, count: limit("copies")})
	default:
		for i := range int(n) {
			in.add(d, parent, env.bind(outerFrame, name, value.OfInt(int64(i))), copied{number: i})
		}
	}
}

type copied struct {
	number          int
	symbolic, empty bool
	count           value.Value
}

// index is the number of a copy when their count is not known.
func (in *Instance) index(d *template.Resource, count value.Value) value.Value {
	reason := value.ReasonElement
	if why := count.Why(); why != nil {
		reason = why.Reason
	}
	return value.OfSymbol(&value.Symbol{
		Reason: reason, Type: value.TypeInt, NotNull: true, Segment: true,
		Key: in.key + "copyIndex" + strconv.Itoa(int(d.At)), Text: "copyIndex()",
	})
}

func (in *Instance) add(d *template.Resource, parent *Resource, env Env, c copied) {
	u := in.u
	if u.count++; u.count > maxResources {
		panic(&LimitError{"more than 100,000 resources; Azure allows 800 in a template", d.At})
	}
	if parent != nil { // a child is made once for each copy of its parent
		c.symbolic, c.empty = c.symbolic || parent.Symbolic, c.empty || parent.none
	}
	r := &Resource{
		Decl: d, Instance: in, Parent: parent, Copy: c.number, none: c.empty, Symbolic: c.symbolic, EmptyLoop: c.empty,
		Existing: d.Existing, env: env,
	}
	r.settle(c)
	r.classify()
	in.own = append(in.own, r)
	u.dep.add(r)
	for _, child := range d.Children {
		in.declare(child, r, env)
	}
}

// settle finds out whether the resource is deployed.
func (r *Resource) settle(c copied) {
	if by := r.Instance.By; by != nil {
		r.State, r.When = by.State, by.When
		if by.State == NotDeployed {
			r.EmptyLoop = by.EmptyLoop
		}
	}
	if c.empty {
		r.State = NotDeployed
	} else if c.symbolic && r.State != NotDeployed {
		r.State = Maybe
	}
	if r.Decl.Condition == nil {
		return
	}
	r.Condition = r.env.Eval(r.Decl.Condition)
	if b, ok := r.Condition.Bool(); ok {
		if !b {
			r.State, r.EmptyLoop = NotDeployed, false
		} else if r.State == Certain {
			r.State = Conditional
		}
		return
	}
	if r.State == NotDeployed {
		return
	}
	r.State = Maybe
	switch r.Condition.Kind {
	case value.Unknown:
		if !isErr(r.Condition) {
			yes, _ := conditions(r.Condition)
			r.When, _ = r.When.And(yes)
		}
	case value.Choice:
		for _, a := range r.Condition.Alternatives() {
			if b, ok := a.Value.Bool(); !ok || b {
				r.When, _ = r.When.And(a.When)
				break
			}
		}
	}
}

// classify works out the type. Of the old spellings of extension resources
// the name is needed for it.
func (r *Resource) classify() {
	typ, ok := r.env.Eval(r.Decl.Type).Str()
	if !ok {
		r.Instance.u.unsupported("a resource whose type is not known", r.Decl.At)
	}
	r.Type = strings.Trim(typ, "/")
	if r.Parent != nil && !r.complete() {
		r.Type = r.Parent.Type + "/" + r.Type
	}
	if isExtensionType(r.Type) {
		r.identify()
	}
}

// complete tells whether a child in its parent's resources spells its type,
// and so its name, in full.
func (r *Resource) complete() bool {
	return isExtensionType(r.Type) || below(r.Type, r.Parent.Type)
}
