package eval

import (
	"strings"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// Deployment is what deploying a root template would do: its resources, those
// of nested deployments and embedded templates included, in the order in which
// they are written.
type Deployment struct {
	Root        *Instance
	Resources   []*Resource
	Unsupported []template.Construct
	Tenant      string // that is deployed to; "" if it is not known

	ids    map[string]*Resource
	byType map[string]*sameType
}

// sameType are the resources of one type. Ids are worked out for those only
// whose name is wanted: what a scope depends on may be just being worked out.
type sameType struct {
	all    []*Resource
	sorted int                    // those before stand in byName or unsure, until they are indexed
	byName map[string][]*Resource // by the last segment of the name
	unsure []*Resource            // no such segment is known
	later  []*Resource            // their names depend on what is being worked out
}

// State tells whether a resource is deployed.
type State uint8

// The states of a resource.
const (
	Certain     State = iota // always
	Maybe                    // under a condition that is not known
	Conditional              // with these values, but a condition stands there
	NotDeployed              // a condition is false, or a loop empty, with these values
)

// Resource is a resource of a deployment: one copy of a declaration.
type Resource struct {
	Decl      *template.Resource
	Instance  *Instance
	Type      string // full, as written; "" if not known
	State     State
	EmptyLoop bool            // stands for the copies of a loop that has none with these values
	When      value.Condition // what must hold if State is Maybe, as far as it can be said
	Condition value.Value     // its own condition; Missing if it has none
	Copy      int             // number of this copy, -1 outside of loops and for a symbolic copy
	Symbolic  bool            // stands for a number of copies that is not known
	Existing  bool            // not deployed, only referred to
	Nested    *Instance       // of a nested deployment that could be read
	Parent    *Resource       // the resource that it is a child of in the template

	env   Env
	none  bool        // of a loop that makes no copies with these values
	nests bool        // its turn in Instance.nest has come
	body  value.Value // Missing until it is asked for
	id    identity
}

// Body returns the whole resource as an object, members computed when asked
// for. Of a deployment the template is left out.
//
//go:noinline // called from a hundred places
func (r *Resource) Body() value.Value {
	if r.body.Kind == value.Missing {
		r.body = r.evalBody()
	}
	return r.body
}

func (r *Resource) evalBody() value.Value {
	n := len(r.Decl.Members)
	l := &lazyTrees{env: r.env, trees: make([]template.Tree, 0, n)}
	names := make([]value.Member, 0, n)
	for _, m := range r.Decl.Members {
		if value.FoldEqual(m.Name, "copy") {
			continue
		}
		names = append(names, value.Member{Name: m.Name, At: value.Span{Start: int32(m.At), End: int32(m.At) + int32(len(m.Name)) + 2}})
		l.trees = append(l.trees, m.Value)
	}
	v := value.LazyObject(names, nil, nil, l)
	return v.WithSpan(spanOf(r.Decl.Tree))
}

// Get returns the member of the body at a path of names.
func (r *Resource) Get(path ...string) value.Value { return r.Body().Get(path...) }

// Env returns where the resource's expressions are evaluated.
func (r *Resource) Env() Env { return r.env }

// Modules returns the deployments that the resource came through, outermost
// first.
func (r *Resource) Modules() []*Resource {
	var out []*Resource
	for in := r.Instance; in != nil && in.By != nil; in = in.Parent {
		out = append([]*Resource{in.By}, out...)
	}
	return out
}

// Is tells whether the resource is of one of the types.
//
//go:noinline // called from a hundred places
func (r *Resource) Is(types ...string) bool { return resourceid.Is(r.Type, types...) }

// Lookup returns the resource with the id, nil if the deployment has none.
// Ids are worked out for the resources of the wanted type only.
func (d *Deployment) Lookup(id value.Value) *Resource {
	if id.Kind == value.Missing || isErr(id) {
		return nil
	}
	p, ok := resourceid.Parse(id.Alternatives()[0].Value)
	if !ok {
		return nil
	}
	same := d.byType[value.Fold(p.Type)]
	if same == nil {
		return nil
	}
	same.sort()
	for _, r := range same.take(p.Names) {
		d.index(r)
	}
	return d.ids[resourceid.Key(id)]
}

// sort notes the resources by their names. Those with names that depend on
// what is being worked out cannot be meant by it, and are asked again later.
func (s *sameType) sort() {
	again := s.later
	s.later = nil
	var later []*Resource
	for _, r := range again {
		if !s.note(r) {
			later = append(later, r)
		}
	}
	for s.sorted < len(s.all) {
		r := s.all[s.sorted]
		s.sorted++
		if !s.note(r) {
			later = append(later, r)
		}
	}
	s.later = append(s.later, later...)
}

// note notes a resource by its name; false if that leads back to what is being
// worked out.
func (s *sameType) note(r *Resource) bool {
	u := r.Instance.u
	cycles := u.cycles
	u.peeking++
	key, ok := r.lastName()
	u.peeking--
	switch {
	case u.cycles > cycles:
		return false
	case !ok:
		s.unsure = append(s.unsure, r)
	default:
		if s.byName == nil {
			s.byName = map[string][]*Resource{}
		}
		s.byName[key] = append(s.byName[key], r)
	}
	return true
}

// take returns the resources that may have the names and are not indexed yet.
func (s *sameType) take(names []value.Value) []*Resource {
	key := resourceid.Key(names[len(names)-1])
	out := append(s.byName[key], s.unsure...)
	delete(s.byName, key)
	s.unsure = nil
	return out
}

// lastName is the key of the last segment of the name; false if the parts of
// the name do not show it.
func (r *Resource) lastName() (key string, ok bool) {
	name := r.env.Eval(r.Decl.Name)
	if name.Kind == value.Choice || name.IsNull() || isErr(name) || r.Decl.Import != "" {
		return "", false
	}
	if strings.Count(r.Type, "/") == 1 {
		return resourceid.Key(name), true
	}
	segments, _ := name.Segments()
	want := strings.Count(r.Type, "/")
	if n := len(segments); n != want && (r.Parent == nil || n != 1) {
		return "", false
	}
	return resourceid.Key(segments[len(segments)-1]), true
}

// index makes the resource known by its id, and by each of the alternatives
// that the id has.
func (d *Deployment) index(r *Resource) {
	id := r.ID()
	d.indexKey(resourceid.Key(id), r)
	if alts := id.Alternatives(); len(alts) > 1 {
		for _, a := range alts {
			d.indexKey(resourceid.Key(a.Value), r)
		}
	}
}

func (d *Deployment) indexKey(key string, r *Resource) {
	if old := d.ids[key]; old == nil || old.Existing && !r.Existing || old.State == NotDeployed && r.State != NotDeployed {
		d.ids[key] = r
	}
}

func (d *Deployment) add(r *Resource) {
	if d.ids == nil {
		d.ids, d.byType = map[string]*Resource{}, map[string]*sameType{}
	}
	d.Resources = append(d.Resources, r)
	var room [128]byte // most types are shorter
	key := value.AppendFold(room[:0], r.Type)
	same := d.byType[string(key)]
	if same == nil {
		same = &sameType{}
		d.byType[string(key)] = same
	}
	same.all = append(same.all, r)
}

// named returns the resource with a symbolic name, with the index of its copy
// where it has one: "name[0]".
func (in *Instance) named(symbol string) *Resource {
	index := -1
	if n := len(symbol); n > 0 && symbol[n-1] == ']' {
		for i := n - 2; i > 0; i-- {
			if symbol[i] == '[' {
				if v, ok := value.OfNumber(symbol[i+1 : n-1]).Int(); ok {
					index, symbol = int(v), symbol[:i]
				}
				break
			}
		}
	}
	var found *Resource
	for _, r := range in.declared(symbol) {
		if r.Decl.Symbol != "" && value.FoldEqual(r.Decl.Symbol, symbol) && (index < 0 || r.Copy == index || r.Symbolic) {
			if r.State != NotDeployed {
				return r
			}
			found = r
		}
	}
	if found != nil {
		return found
	}
	return in.byName(value.OfString(symbol))
}

// declared returns those resources that may have a symbolic name: of a small
// template all of them, so that no index is made.
func (in *Instance) declared(symbol string) []*Resource {
	const small = 32
	if len(in.own) < small {
		return in.own
	}
	if in.symbols == nil {
		in.symbols = map[string][]*Resource{}
	}
	for ; in.indexed < len(in.own); in.indexed++ {
		r := in.own[in.indexed]
		key := value.Fold(r.Decl.Symbol)
		in.symbols[key] = append(in.symbols[key], r)
	}
	return in.symbols[value.Fold(symbol)]
}

// byName returns the only resource of the template with the name.
func (in *Instance) byName(name value.Value) *Resource {
	var found *Resource
	for _, r := range in.own {
		if sameName(r.Name(), name) {
			if found != nil && found.Decl != r.Decl {
				return nil
			}
			found = r
		}
	}
	return found
}

func sameName(a, b value.Value) bool {
	s, ok := a.Str()
	t, ok2 := b.Str()
	if ok && ok2 {
		return value.FoldEqual(s, t)
	}
	return a.Kind == b.Kind && value.Equal(a, b) == value.Yes
}

// relative returns the resource of the template with the relative id
// Type/name.
func (in *Instance) relative(id string) *Resource {
	for _, r := range in.own {
		full, ok := resourceid.Join(value.OfString(""), r.Type, splitName(r.Name(), r.Type)).Str()
		if ok && value.FoldEqual(full, "/providers/"+id) {
			return r
		}
	}
	return nil
}
