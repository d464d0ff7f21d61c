package eval

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// Instance is one template with its arguments, deployed at one scope.
type Instance struct {
	Template *template.Template
	Scope    resourceid.Scope
	Parent   *Instance // the instance that deploys this one; nil for the root
	By       *Resource // the resource of Parent that does; nil for the root
	Embedded string    // what carries the template if it is not deployed with its parent: "policy definition" …
	Path     string    // of the file it stands in, relative to the analysed tree

	u       *unit
	key     string // unique in the unit
	own     []*Resource
	symbols map[string][]*Resource // the first of own by their symbolic names, see declared
	indexed int                    // how many those are
	nested  map[string]int         // how many instances each of its resources deploys, by what they are called
	args    []argument
	argsWhy value.Value // Unknown if arguments were given that cannot be read

	argsTree template.Tree // more arguments, read when they are asked for
	argsEnv  Env
	params   []cell
	vars     []cell
	outs     []cell
	group    value.Value // what resourceGroup() is; Missing until it is asked for
	id       value.Value // of the scope; Missing until it is asked for
	state    expansion
}

type expansion uint8

const (
	unexpanded expansion = iota
	expanding
	declared // its own resources are known
	expanded
)

// argument is a value given for a parameter: a tree in an environment, or a
// value.
type argument struct {
	name   string
	tree   template.Tree // nil: value holds it
	env    Env
	value  value.Value
	data   bool // tree is data, not template language
	secret bool
	at     value.Span
	why    string
}

// cell is a value that is computed at most once.
type cell struct {
	value value.Value
	state uint8 // 0 waiting, 1 running, 2 done
}

// newCells returns n cells out of a piece of memory for many.
func (u *unit) newCells(n int) []cell {
	if len(u.cells) < n {
		u.cells = make([]cell, max(n, 32))
	}
	out := u.cells[:n:n]
	u.cells = u.cells[n:]
	return out
}

func (u *unit) newInstance(t *template.Template, scope resourceid.Scope, parent *Instance, by *Resource) *Instance {
	in := &Instance{
		Template: t, Scope: scope, Parent: parent, By: by, u: u,
		params: u.newCells(len(t.Parameters)),
		vars:   u.newCells(len(t.Variables)),
		outs:   u.newCells(len(t.Outputs)),
	}
	if parent != nil {
		in.key = parent.nestedKey(by)
		in.Path = parent.Path
		in.Embedded = parent.Embedded
	}
	return in
}

// nestedKey is the key of an instance that a resource deploys. It goes by what
// the resource is called in the source and not by its number, so that unknown
// values of the instance keep their keys when the source around it changes.
func (in *Instance) nestedKey(by *Resource) string {
	called := ""
	if by != nil {
		called = label(by.Decl) + "#" + strconv.Itoa(by.Copy)
	}
	if in.nested == nil {
		in.nested = map[string]int{}
	}
	in.nested[called]++
	h := sha256.Sum256([]byte(called))
	return in.key + hex.EncodeToString(h[:16]) + "-" + strconv.Itoa(in.nested[called]) + "."
}

// label is what the source calls a resource.
func label(d *template.Resource) string {
	if d.Symbol != "" {
		return d.Symbol
	}
	text := func(t template.Tree) string {
		if t == nil || t.Kind() != template.String {
			return ""
		}
		return t.Text()
	}
	return text(d.Type) + " " + text(d.Name)
}

// Depth is the number of deployments around the instance.
func (in *Instance) Depth() int {
	n := 0
	for p := in.Parent; p != nil; p = p.Parent {
		n++
	}
	return n
}

// Env returns where the expressions of the template are evaluated that belong
// to no resource.
func (in *Instance) Env() Env { return Env{in: in} }

// scopeID is the id of the scope.
func (in *Instance) scopeID() value.Value {
	if in.id.Kind == value.Missing {
		in.id = in.Scope.ID()
	}
	return in.id
}

// compute runs f for a cell once, with a budget of its own.
func (in *Instance) compute(c *cell, what, name string, f func() value.Value) value.Value {
	if in.u.recorder != nil {
		return in.again(c, what, name, f)
	}
	switch c.state {
	case 2:
		return c.value
	case 1:
		return in.u.cycle(what + " '" + name + "' refers to itself")
	}
	c.state = 1
	cycles := in.u.cycles
	leave, ok := in.u.enter()
	if ok {
		c.value = f()
	} else {
		c.value = limit("values nest too deeply")
	}
	leave()
	if c.state = 2; in.u.forgets || in.u.spoilt(cycles) {
		c.state = 0
	}
	return c.value
}

// again computes a cell anew while an origin is recorded, once for each
// recording.
func (in *Instance) again(c *cell, what, name string, f func() value.Value) value.Value {
	if c.state == 1 {
		return in.u.cycle(what + " '" + name + "' refers to itself")
	}
	r := in.u.recorder
	if d, ok := r.done[c]; ok {
		r.repeat(d.stops)
		return d.value
	}
	leave, ok := in.u.enter()
	defer leave()
	if !ok {
		return limit("values nest too deeply")
	}
	before, stops, cycles := c.state, len(r.stops), in.u.cycles
	c.state = 1
	v := f()
	if c.state = before; !in.u.spoilt(cycles) {
		r.done[c] = told{v, slices.Clone(r.stops[stops:])}
	}
	return v
}

// Parameter returns the value of the parameter called name.
func (in *Instance) Parameter(name string) value.Value {
	for i, p := range in.Template.Parameters {
		if value.FoldEqual(p.Name, name) {
			return in.compute(&in.params[i], "the parameter", p.Name, func() value.Value { return in.parameter(p) })
		}
	}
	return failf("there is no parameter '%s'", name)
}

// Variable returns the value of the variable called name.
func (in *Instance) Variable(name string) value.Value {
	for i, v := range in.Template.Variables {
		if value.FoldEqual(v.Name, name) {
			return in.compute(&in.vars[i], "the variable", v.Name, func() value.Value { return in.variable(v) })
		}
	}
	return failf("there is no variable '%s'", name)
}

func (in *Instance) variable(v *template.Variable) value.Value {
	if v.Copy != nil {
		in.u.record(Stop{Kind: "variable", Name: v.Name, At: spanOf(v.Copy.Tree)})
		return Env{in: in}.loop(v.Copy, false)
	}
	in.u.record(Stop{Kind: "variable", Name: v.Name, At: spanOf(v.Value)})
	return Env{in: in}.Eval(v.Value)
}

// Output returns the value of the output called name. If the template has no
// such output, or not with these values, ok is false.
func (in *Instance) Output(name string) (v value.Value, ok bool) {
	for i, o := range in.Template.Outputs {
		if value.FoldEqual(o.Name, name) {
			v := in.compute(&in.outs[i], "the output", o.Name, func() value.Value { return in.output(o) })
			return v, v.Kind != value.Missing
		}
	}
	return value.None, false
}

func (in *Instance) output(o *template.Output) value.Value {
	env := Env{in: in}
	in.u.record(Stop{Kind: "output", Name: o.Name, At: spanOf(o.Tree)})
	if o.Condition != nil {
		if b, ok := env.Eval(o.Condition).Bool(); ok && !b {
			return value.None
		}
	}
	var v value.Value
	switch {
	case o.Copy != nil:
		v = env.loop(o.Copy, true)
	case o.Value != nil:
		v = env.Eval(o.Value)
	default:
		return value.None
	}
	if o.Secure {
		v.Flags |= value.Secure
	}
	return v
}
