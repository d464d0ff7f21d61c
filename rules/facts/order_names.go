package facts

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// roster finds the resources of one template by what a template may call
// them.
type roster struct {
	all    []*eval.Resource
	names  map[string][]*eval.Resource // nil until it is asked for
	choice []*eval.Resource            // whose id is one of several
}

// The kinds of name, in the order in which Azure looks for them.
var nameKinds = [...]string{"symbol ", "id ", "relative ", "loop ", "name "}

func (o *roster) index() {
	if o.names != nil {
		return
	}
	o.names = map[string][]*eval.Resource{}
	for _, r := range o.all {
		if s := value.Fold(r.Decl.Symbol); s != "" {
			o.call("symbol "+s, r)
			if r.Copy >= 0 {
				o.call("symbol "+s+"["+strconv.Itoa(r.Copy)+"]", r)
			}
		}
		if c := r.Decl.Copy; c != nil && c.Name != "" {
			o.call("loop "+value.Fold(c.Name), r)
		}
		if r.ID().Kind == value.Choice {
			o.choice = append(o.choice, r)
			continue
		}
		o.call("id "+resourceid.Key(r.ID()), r)
		o.call("name "+resourceid.Key(r.Name()), r)
		for _, v := range relativeNames(r) {
			o.call("relative "+resourceid.Key(v), r)
		}
	}
}

func (o *roster) call(name string, r *eval.Resource) {
	if have := o.names[name]; len(have) == 0 || have[len(have)-1] != r {
		o.names[name] = append(have, r)
	}
}

// relativeNames returns what r is called by type and name: Type/name, and where the
// type has several segments also Type/name/type/name.
func relativeNames(r *eval.Resource) []value.Value {
	out := []value.Value{value.Join(value.OfString(r.Type+"/"), r.Name())}
	id, ok := resourceid.Parse(r.ID())
	if !ok || len(id.Names) < 2 {
		return out
	}
	segments := strings.Split(id.Type, "/")
	parts := []value.Value{value.OfString(segments[0])}
	for i, n := range id.Names {
		parts = append(parts, value.OfString("/"+segments[i+1]+"/"), n)
	}
	return append(out, value.Join(parts...))
}

// find returns the resources that are surely, and those that are perhaps,
// called v. It is open if v says nothing.
func (o *roster) find(v value.Value) waitEdges {
	o.index()
	alts := v.Alternatives()
	if len(alts) == 1 {
		return o.findOne(alts[0].Value)
	}
	var out waitEdges
	for _, alt := range alts {
		e := o.findOne(alt.Value)
		out.perhaps = append(append(out.perhaps, e.sure...), e.perhaps...)
		out.open = out.open || e.open
	}
	for _, r := range o.choice { // chosen as v is
		if value.Equal(r.ID(), v) == value.Yes || value.Equal(r.Name(), v) == value.Yes {
			out.sure = append(out.sure, r)
		}
	}
	return out
}

func (o *roster) findOne(v value.Value) waitEdges {
	if v.IsNull() || v.IsKnown() && v.Kind != value.String {
		return waitEdges{}
	}
	out, others := waitEdges{sure: o.exactly(v)}, o.choice
	if out.sure == nil {
		if others = o.all; v.Kind != value.String && v.Prefix() == "" && v.Suffix() == "" {
			return waitEdges{open: true}
		}
	}
	for _, r := range others {
		if mayBeCalled(r, v) {
			out.perhaps = append(out.perhaps, r)
		}
	}
	return out
}

// exactly returns the resources that are surely called v.
func (o *roster) exactly(v value.Value) []*eval.Resource {
	key := resourceid.Key(v)
	for _, kind := range nameKinds {
		if rs := o.names[kind+key]; rs != nil {
			return rs
		}
	}
	return nil
}

// mayBeCalled tells whether v, or what it is with its holes filled, may name
// r. Ids are compared without their scopes.
func mayBeCalled(r *eval.Resource, v value.Value) bool {
	if id, ok := resourceid.Parse(v); ok {
		return slices.ContainsFunc(r.ID().Alternatives(), func(alt value.Alternative) bool {
			own, parsed := resourceid.Parse(alt.Value)
			return parsed && value.FoldEqual(id.Type, own.Type) && maySameNames(id.Names, own.Names)
		})
	}
	names := append(relativeNames(r), r.Name(), value.OfString(r.Decl.Symbol))
	if c := r.Decl.Copy; c != nil {
		names = append(names, value.OfString(c.Name), copySymbol(r))
	}
	if r.Parent != nil {
		segments, _ := r.Name().Segments()
		names = append(names, segments[len(segments)-1])
	}
	return slices.ContainsFunc(names, func(name value.Value) bool {
		return slices.ContainsFunc(name.Alternatives(), func(alt value.Alternative) bool { return maySame(v, alt.Value) })
	})
}

// copySymbol is the symbolic name of a copy: name[0].
func copySymbol(r *eval.Resource) value.Value {
	index := value.OfInt(int64(r.Copy))
	if r.Copy < 0 {
		index = value.OfSymbol(&value.Symbol{Reason: value.ReasonElement, Type: value.TypeInt, Key: "copy", Text: "copyIndex()"})
	}
	return value.Join(value.OfString(r.Decl.Symbol+"["), index, value.OfString("]"))
}

func maySameNames(a, b []value.Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !maySame(a[i], b[i]) {
			return false
		}
	}
	return true
}

// maySame tells whether two texts may be equal but for case: their literal
// ends do not rule it out.
func maySame(a, b value.Value) bool {
	s, known := a.Str()
	t, known2 := b.Str()
	switch {
	case known && known2:
		return value.FoldEqual(s, t)
	case known:
		return mayFill(b, s)
	case known2:
		return mayFill(a, t)
	}
	return agreeingEnds(a.Prefix(), b.Prefix(), strings.HasPrefix) && agreeingEnds(a.Suffix(), b.Suffix(), strings.HasSuffix)
}

// mayFill tells whether a text with holes may be s.
func mayFill(v value.Value, s string) bool {
	p, q := v.Prefix(), v.Suffix()
	return len(p)+len(q) <= len(s) && agreeingEnds(p, s, strings.HasPrefix) && agreeingEnds(q, s, strings.HasSuffix)
}

// agreeingEnds tells whether one of the two texts is an end of the other.
func agreeingEnds(a, b string, is func(s, end string) bool) bool {
	a, b = value.Fold(a), value.Fold(b)
	return is(a, b) || is(b, a)
}
