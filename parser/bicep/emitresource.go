package bicep

import (
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

func integerText(e syntax.Expr) (string, bool) {
	switch e := e.(type) {
	case *syntax.Int:
		return strconv.FormatUint(e.Value, 10), true
	case *syntax.Unary:
		if i, ok := e.X.(*syntax.Int); ok && e.Op == syntax.Minus {
			return "-" + strconv.FormatUint(i.Value, 10), true
		}
	}
	return "", false
}

// resources writes all resources and modules.
func (e *emitter) resources() *Node {
	at := e.top()
	list := at.array()
	if e.symbolic {
		list = at.object()
	}
	for _, r := range e.m.resources {
		if r.body == nil || r.existing && (!e.symbolic || e.dropped(r)) {
			continue
		}
		e.guard(e.m.place(r.decl), func() {
			n := e.resource(r)
			list.members = append(list.members, member{key: r.key(), at: e.m.place(r.at), value: n})
		})
	}
	return list
}

// resource writes one declaration.
func (e *emitter) resource(r *resource) *Node {
	c := e.of(r)
	at := e.m.place(r.decl)
	name := e.m.place(r.at)
	n := at.object()
	if cond := c.condition(ref{res: r}); cond != nil {
		n.add("condition", boolean(cond))
	}
	if r.loop != nil {
		n.add("copy", e.copy(r))
	}
	if r.existing {
		n.add("existing", name.bool(true))
	}
	e.options(n, r, c)
	typ := e.typePlace(r)
	if !r.azure() {
		e.extensionResource(n, r, c, typ)
		return n
	}
	n.add("type", typ.str(r.typ))
	n.add("apiVersion", typ.str(r.version))
	e.scope(n, r, c)
	own := e.name(r, c)
	if r.module != nil {
		name = place{own.start, own.end}
	}
	n.addAt("name", name, own)
	if r.module != nil {
		e.moduleBody(n, r, c)
	} else {
		e.body(n, r.body, c, "name", "scope", "parent", "dependsOn")
	}
	if d := e.dependsOn(r, e.m.place(r.at)); d != nil {
		n.add("dependsOn", d)
	}
	e.description(n, r, c)
	return n
}

// description writes what @description says.
func (e *emitter) description(n *Node, r *resource, c *conv) {
	if d := decorator(r.decl.Decorated(), "description"); d != nil && len(d.Args) == 1 {
		meta := e.m.place(d).object()
		meta.add("description", c.tree(d.Args[0]))
		n.add("metadata", meta)
	}
}

// typePlace is where the type of a resource is written.
func (e *emitter) typePlace(r *resource) place {
	if s, ok := r.decl.(*syntax.Resource); ok {
		return e.m.place(s.Type)
	}
	return e.m.place(r.module.Path)
}

// name is the name member, at the name that is written.
func (e *emitter) name(r *resource, c *conv) *Node {
	at := e.m.place(r.at)
	if x := r.prop("name"); x != nil {
		at = e.m.place(x)
	}
	return at.tree(c.fullName(r, at))
}

// boolean is a condition as a tree: a literal if it is one.
func boolean(n *expr.Node) *Node {
	at := placeOf(n)
	if n.Kind == expr.Bool {
		return at.bool(n.Int != 0)
	}
	return at.tree(n)
}

func (e *emitter) copy(r *resource) *Node {
	at := e.m.place(r.loop)
	n := at.object()
	n.add("name", at.str(r.key()))
	n.add("count", (&conv{e: e, m: e.m}).count(r.loop))
	if d := decorator(r.decl.Decorated(), "batchSize"); d != nil && len(d.Args) == 1 {
		n.add("mode", at.str("serial"))
		n.add("batchSize", (&conv{e: e, m: e.m}).tree(d.Args[0]))
	}
	return n
}

// options writes what decorators ask of the deployment engine.
func (e *emitter) options(n *Node, r *resource, c *conv) {
	list := r.decl.Decorated()
	o := e.m.place(r.at).object()
	for _, name := range [...]string{"onlyIfNotExists", "retryOn", "waitUntil", "nullIfNotFound"} {
		d := decorator(list, name)
		if d == nil {
			continue
		}
		args := e.m.place(d).array()
		for _, a := range d.Args {
			args.members = append(args.members, member{value: c.tree(a)})
		}
		o.add(name, args)
	}
	e.addNonEmpty(n, "@options", o)
}

// body writes the members of a resource but some.
func (e *emitter) body(n *Node, body *syntax.Object, c *conv, without ...string) {
	var rest []*syntax.Item
	for _, i := range body.Items {
		k, ok := plainKey(i)
		if ok && contains(without, k) {
			continue
		}
		rest = append(rest, i)
	}
	o, ok := c.tree(&syntax.Object{Span: body.Span, Items: rest}).(*Node)
	if !ok || o.kind != template.Object {
		e.p.unsupported("a resource whose members are spread from a value", c.m.place(body).start)
		return
	}
	n.members = append(n.members, o.members...)
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// extensionResource writes a resource that is not one of Azure's.
func (e *emitter) extensionResource(n *Node, r *resource, c *conv, typ place) {
	n.add("import", e.m.place(r.at).str(e.providerOf(r)))
	t := r.typ
	if r.version != "" {
		t += "@" + r.version
	}
	n.add("type", typ.str(t))
	props := e.m.place(r.body).object()
	e.body(props, r.body, c, "dependsOn")
	n.add("properties", props)
	if d := e.dependsOn(r, e.m.place(r.at)); d != nil {
		n.add("dependsOn", d)
	}
}

// providerOf is the alias of the extension that a resource belongs to: the one
// that it names, else the one
// whose name its type begins with, or that speaks of its version, else the first
// one.
func (e *emitter) providerOf(r *resource) string {
	if r.space != "" {
		return r.space
	}
	best, points := "", -1
	for _, s := range e.m.order {
		x, ok := s.decl.(*syntax.Extension)
		if !ok {
			continue
		}
		p, name := 0, specName(x)
		if len(r.typ) >= len(name) && strings.EqualFold(r.typ[:len(name)], name) {
			p += 2
		}
		if v := strings.ToLower(r.version); v != "" && strings.Contains(strings.ToLower(x.Spec.Parts[0]+s.name), v) {
			p++
		}
		if p > points {
			best, points = s.name, p
		}
	}
	return best
}

// providers is the imports member.
func (e *emitter) providers() *Node {
	out := e.top().object()
	c := &conv{e: e, m: e.m}
	for _, s := range e.m.order {
		x, ok := s.decl.(*syntax.Extension)
		if !ok {
			continue
		}
		at := e.m.place(x)
		n := at.object()
		n.add("provider", at.str(specName(x)))
		if x.Config != nil {
			e.guard(at, func() { n.add("config", c.tree(x.Config)) })
		}
		out.addAt(s.name, at, n)
	}
	return out
}

// scope writes where a resource is deployed.
func (e *emitter) scope(n *Node, r *resource, c *conv) {
	at := e.m.place(r.at)
	in, root := c, r
	if list := r.ancestors(); len(list) > 0 {
		in, root = c.names(r)[0], list[0]
	}
	x := root.prop("scope")
	if x == nil {
		return
	}
	if r == root {
		at = in.m.place(x)
	}
	s := in.scope(x, e.m.target)
	key := e.m.place(r.at)
	if r.module != nil {
		key = at
	}
	own, _ := scopeNamed(e.m.target)
	add := func(name string, v *expr.Node) {
		if v != nil {
			n.addAt(name, key, at.tree(v))
		}
	}
	switch s.kind {
	case scopeTenant:
		if own != scopeTenant {
			n.addAt("scope", key, at.str("/"))
		}
	case scopeManagementGroup:
		switch {
		case s.mgmt == nil:
		case own == scopeTenant || own == scopeManagementGroup:
			add("scope", at.format([]string{managementGroups + "/", ""}, []*expr.Node{s.mgmt}))
		default:
			add("scope", at.call("tenantResourceId", at.lit(managementGroups), s.mgmt))
		}
	case scopeSubscription:
		add("subscriptionId", s.sub)
		if s.sub == nil && own == scopeResourceGroup {
			add("subscriptionId", at.property(at.call("subscription"), "subscriptionId"))
		}
	case scopeResourceGroup:
		add("subscriptionId", s.sub)
		add("resourceGroup", s.group)
	case scopeResource:
		add("scope", s.of(at))
	}
}
