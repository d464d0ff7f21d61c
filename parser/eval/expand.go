package eval

import (
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/resourceid"
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

// identity is the name of a resource and what follows from it. It is worked
// out when it is first asked for.
type identity struct {
	state      expansion
	apiVersion value.Value
	name       value.Value
	scope      value.Value
	id         value.Value
}

// APIVersion is the api version that the declaration gives.
func (r *Resource) APIVersion() value.Value { return r.identify().apiVersion }

// Name is the full name: with the names of the parents.
func (r *Resource) Name() value.Value { return r.identify().name }

// Scope is the id of what the resource is deployed to, or extends; "" is the
// tenant.
func (r *Resource) Scope() value.Value { return r.identify().scope }

// ID is the id of the resource.
func (r *Resource) ID() value.Value { return r.identify().id }

func (r *Resource) identify() *identity {
	i := &r.id
	switch i.state {
	case expanded:
		return i
	case expanding:
		bad := r.Instance.u.cycle("the name of the resource refers to the resource itself")
		return &identity{name: bad, scope: bad, id: bad}
	}
	i.state = expanding
	u := r.Instance.u
	cycles := u.cycles
	leave, ok := u.enter()
	if ok {
		r.work(i)
	} else {
		deep := limit("values nest too deeply")
		*i = identity{name: deep, scope: deep, id: deep}
	}
	leave()
	if i.state = expanded; u.spoilt(cycles) {
		i.state = unexpanded
	}
	return i
}

func (r *Resource) work(i *identity) {
	d := r.Decl
	i.apiVersion = r.env.Eval(d.APIVersion)
	i.name = r.env.Eval(d.Name)
	if i.name.IsNull() {
		i.name = value.OfSymbol(&value.Symbol{Reason: value.ReasonError, Key: "error:no name", Text: "the resource has no name"})
	}
	switch {
	case d.Import != "": // a resource of another provider: type@version, no ARM id
		i.scope = value.OfString("")
		i.id = value.Join(value.OfString(d.Import+":"+r.Type+"/"), value.OfString(r.Instance.key+d.Symbol), copyText(r.Copy))
	case isExtensionType(r.Type):
		r.legacyExtension(i)
	default:
		if r.Parent != nil && !r.inFull() {
			i.name = value.LiftTwo(r.Parent.Name(), i.name, func(parent, own value.Value) value.Value {
				return value.Join(parent, value.OfString("/"), own)
			})
		}
		i.scope = r.scope()
		i.id = joinID(i.scope, r.Type, i.name)
	}
}

// inFull tells whether a child was declared with its full type and name.
func (r *Resource) inFull() bool {
	typ, _ := r.env.Eval(r.Decl.Type).Str()
	return below(strings.Trim(typ, "/"), r.Parent.Type)
}

// below tells whether a type is spelled as one of children of another.
func below(typ, parent string) bool {
	n := len(parent)
	return len(typ) > n && typ[n] == '/' && value.FoldEqual(typ[:n], parent)
}

func copyText(n int) value.Value {
	if n < 0 {
		return value.OfString("")
	}
	return value.OfString("[" + strconv.Itoa(n) + "]")
}

// joinID builds an id from a full name, for each alternative that scope and
// name have.
func joinID(scope value.Value, typ string, name value.Value) value.Value {
	return value.LiftTwo(scope, name, func(scope, name value.Value) value.Value {
		return resourceid.Join(scope, typ, splitName(name, typ))
	})
}

// splitName splits a full name into the names that the type has. If the parts
// do not show them, each is a symbol of its own.
func splitName(name value.Value, typ string) []value.Value {
	want := strings.Count(typ, "/")
	if want <= 1 {
		return []value.Value{name}
	}
	segments, exact := name.Segments()
	if len(segments) == want {
		return segments
	}
	out := make([]value.Value, want)
	for i := range out {
		out[i] = value.Derived("segment", value.TypeString, name, value.OfInt(int64(i)))
		if s := out[i].Symbol(); s.Op != "" {
			s.Segment = true
			if s.Reason == value.ReasonUnsupported && exact {
				s.Reason = value.ReasonError
			}
		}
	}
	return out
}

// isExtensionType tells whether a type has the segment "providers" before its
// last one.
func isExtensionType(typ string) bool {
	for {
		segment, rest, more := strings.Cut(typ, "/")
		if !more {
			return false
		}
		if value.FoldEqual(segment, "providers") {
			return true
		}
		typ = rest
	}
}

// legacyExtension reads the old spellings of an extension resource, by type
// Parent/providers/extType and name parent/Namespace/extName, at the top level
// or among the resources of its parent.
func (r *Resource) legacyExtension(i *identity) {
	at := strings.LastIndex(value.Fold(r.Type), "providers/")
	host, ext := strings.TrimSuffix(r.Type[:at], "/"), r.Type[at+len("providers/"):]
	segments, _ := i.name.Segments()
	names := strings.Count(ext, "/") + 1
	if strings.Contains(ext, ".") { // the namespace stands in the type as well
		names--
	}
	if len(segments) <= names {
		names = len(segments) - 1
	}
	ns, ok := "", false
	if k := len(segments) - names - 1; k >= 0 && names > 0 {
		ns, ok = segments[k].Str()
	}
	if k := strings.IndexByte(ext, '/'); !ok && strings.Contains(ext, ".") && k > 0 {
		ns, ok = ext[:k], true
	}
	if !ok {
		ns = extensionNamespace(ext)
	}
	r.Type = ns + "/" + ext
	if strings.Contains(ext, ".") {
		r.Type = ext
	}
	r.extend(i, host, segments, names)
}

func extensionNamespace(ext string) string {
	switch value.Fold(ext) {
	case "roleassignments", "roledefinitions", "locks", "policyassignments":
		return "Microsoft.Authorization"
	case "diagnosticsettings":
		return "Microsoft.Insights"
	case "eventsubscriptions":
		return "Microsoft.EventGrid"
	}
	return "unknown"
}

// extend sets scope, name and id of a legacy extension resource.
func (r *Resource) extend(i *identity, host string, segments []value.Value, names int) {
	cut := max(len(segments)-names-1, 0)
	own := segments[min(cut+1, len(segments)):]
	if len(own) == 0 {
		own = []value.Value{i.name}
	}
	switch {
	case r.Parent != nil && (host == "" || cut == 0):
		i.scope = r.Parent.ID()
	case host == "":
		i.scope = r.Instance.scopeID()
	case strings.Count(host, "/") == cut:
		i.scope = resourceid.Join(r.Instance.scopeID(), host, segments[:cut])
	default:
		i.scope = resourceid.Join(r.Instance.scopeID(), host, splitName(value.Derived("host", value.TypeString, i.name), host))
	}
	i.name = resourceid.ID{Names: own}.Name()
	i.id = resourceid.Join(i.scope, r.Type, own)
}

// scope returns the id of what the resource is deployed to.
func (r *Resource) scope() value.Value {
	if r.Decl.Existing && (r.Decl.ResourceGroup != nil || r.Decl.SubscriptionID != nil) {
		return r.placed().ID()
	}
	if r.Decl.Scope != nil && !r.Is(deploymentsType) {
		v := r.env.Eval(r.Decl.Scope)
		if !v.IsNull() {
			return value.LiftOne(v, r.scopeID)
		}
	}
	if r.Parent != nil {
		return r.Parent.Scope()
	}
	if resourceid.Is(r.Type, "Microsoft.Management/managementGroups", "Microsoft.Subscription/aliases") {
		return value.OfString("")
	}
	if r.Is(deploymentsType) {
		return r.placed().ID()
	}
	return r.Instance.scopeID()
}

// scopeID turns a scope member into an id: "/" is the tenant, a path that
// begins with a type is relative to the deployment's scope.
func (r *Resource) scopeID(v value.Value) value.Value {
	if s, ok := v.Str(); ok && s == "/" {
		return value.OfString("")
	}
	prefix := v.Prefix()
	if prefix == "" || prefix[0] == '/' {
		return v
	}
	base := r.Instance.scopeID()
	if strings.HasPrefix(value.Fold(prefix), "microsoft.management/managementgroups/") {
		base = value.OfString("")
	}
	return value.Join(base, value.OfString("/providers/"), v)
}
