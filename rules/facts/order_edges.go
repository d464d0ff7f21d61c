package facts

import (
	"slices"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// of returns the edges from r.
func (o *order) of(r *eval.Resource) waitEdges {
	e, ok := o.edges[r]
	if !ok {
		o.dependsOn(r, &e)
		o.references(r, &e)
		o.serial(r, &e)
		o.edges[r] = e
	}
	return e
}

func (e *waitEdges) add(f waitEdges, sure bool) {
	if sure {
		e.sure = append(e.sure, f.sure...)
	} else {
		e.perhaps = append(e.perhaps, f.sure...)
	}
	e.perhaps = append(e.perhaps, f.perhaps...)
	e.open = e.open || f.open
}

// dependsOn reads the member dependsOn. Of several lists each of which is
// chosen under a condition, only what all have is sure.
func (o *order) dependsOn(r *eval.Resource, e *waitEdges) {
	if r.Decl.DependsOn == nil {
		return
	}
	var lists []waitEdges
	for _, alt := range r.Get("dependsOn").Alternatives() {
		if _, feasible := alt.When.And(r.When); feasible {
			lists = append(lists, o.list(r, alt.Value))
		}
	}
	for _, l := range lists {
		var common, rest waitEdges
		for _, n := range l.sure {
			if slices.ContainsFunc(lists, func(other waitEdges) bool { return !slices.Contains(other.sure, n) }) {
				rest.perhaps = append(rest.perhaps, n)
			} else {
				common.sure = append(common.sure, n)
			}
		}
		e.add(common, true)
		e.add(waitEdges{perhaps: append(rest.perhaps, l.perhaps...), open: l.open}, true)
	}
}

func (o *order) list(r *eval.Resource, v value.Value) waitEdges {
	a := v.Array()
	if a == nil { // one entry may stand without its list
		return o.own[r.Instance].find(v)
	}
	out := waitEdges{open: a.Open != nil}
	for _, entry := range a.All() {
		out.add(o.own[r.Instance].find(entry), true)
	}
	return out
}

// references reads the calls that need the state of another resource. By a
// name or symbol they make r wait for it; by an id they may.
func (o *order) references(r *eval.Resource, e *waitEdges) {
	for _, c := range o.calls(r) {
		v := r.Env().Eval(c.target)
		for _, alt := range v.Alternatives() {
			byID := len(alt.Value.Prefix()) > 0 && alt.Value.Prefix()[0] == '/'
			e.add(o.own[r.Instance].find(identityHost(alt.Value)), !c.lazy && !byID && v.Kind != value.Choice)
		}
	}
}

// identityHost is the resource whose system-assigned identity v names, else v.
func identityHost(v value.Value) value.Value {
	if id, ok := resourceid.Parse(v); ok && value.FoldEqual(id.Type, "Microsoft.ManagedIdentity/Identities") {
		return id.Scope
	}
	return v
}

// serial reads the mode of a loop: each batch of copies waits for the one
// before it.
func (o *order) serial(r *eval.Resource, e *waitEdges) {
	c := r.Decl.Copy
	if c == nil || r.Copy <= 0 || c.Mode == nil {
		return
	}
	mode, known := r.Env().Eval(c.Mode).Str()
	if known && !value.FoldEqual(mode, "serial") {
		return
	}
	size := int64(1)
	if c.Batch != nil {
		n, ok := r.Env().Eval(c.Batch).Int()
		size, known = max(n, 1), known && ok
	}
	start := int64(r.Copy) / size * size
	for _, n := range o.own[r.Instance].all {
		if n.Decl != r.Decl || n.Parent != r.Parent {
			continue
		}
		if i := int64(n.Copy); known && i < start && i >= start-size {
			e.sure = append(e.sure, n)
		} else if !known && n.Copy < r.Copy {
			e.perhaps = append(e.perhaps, n)
		}
	}
}
