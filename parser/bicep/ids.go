package bicep

import (
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
)

// declaredName is the name of a resource as it is declared, without those of
// its parents.
func (c *conv) declaredName(r ref, at place) *expr.Node {
	return c.at(r).ownName(r.res, at)
}

// ownName is the declared name; c is within the declaration.
func (c *conv) ownName(res *resource, at place) *expr.Node {
	if n := res.prop("name"); n != nil {
		return c.expr(n)
	}
	if res.module == nil {
		return at.lit("")
	}
	return c.generatedName(res, at)
}

// generatedName is the name that a module without one gets.
func (c *conv) generatedName(res *resource, at place) *expr.Node {
	name := res.at.Text
	hash := at.call("uniqueString", at.lit(name), at.property(at.call("deployment"), "name"))
	prefix := name[:min(50, len(name))]
	if res.loop == nil {
		return at.format([]string{prefix + "-", ""}, []*expr.Node{hash})
	}
	index := c.env.find(res.loop).index(at)
	return at.format([]string{prefix + "-", "-", ""}, []*expr.Node{index, hash})
}

// segments are the names of a resource and its parents; c is within the
// declaration of res.
func (c *conv) segments(res *resource, at place) []*expr.Node {
	depth := strings.Count(res.typ, "/")
	list := res.ancestors()
	own := c.ownName(res, at)
	if len(list) == 0 {
		return split(own, depth, at)
	}
	var out []*expr.Node
	for i, in := range c.names(res) {
		n := in.ownName(list[i], at)
		if first := depth - len(list); i == 0 && first > 1 {
			out = append(out, split(n, first, at)...)
			continue
		}
		out = append(out, n)
	}
	return append(out, own)
}

// split cuts a name of n segments.
func split(name *expr.Node, n int, at place) []*expr.Node {
	if n <= 1 {
		return []*expr.Node{name}
	}
	out := make([]*expr.Node, n)
	for i := range out {
		out[i] = at.index(at.call("split", name, at.lit("/")), at.int(int64(i)))
	}
	return out
}

// fullName is the name that the template gives a resource.
func (c *conv) fullName(res *resource, at place) *expr.Node {
	if len(res.ancestors()) == 0 {
		return c.ownName(res, at)
	}
	return at.joined(c.segments(res, at))
}

// id is the resource id of what r refers to.
func (c *conv) id(r ref, at place) *expr.Node {
	leave := c.e.enter()
	defer leave()
	in := c.at(r)
	args := append([]*expr.Node{at.lit(r.res.typ)}, in.segments(r.res, at)...)
	return in.scopeOf(r.res).id(at, args)
}

// scopeOf is the scope of a resource: that of its outermost parent; c is
// within the declaration.
func (c *conv) scopeOf(res *resource) scope {
	in, root := c, res
	if list := res.ancestors(); len(list) > 0 {
		in, root = c.names(res)[0], list[0]
	}
	return in.scope(root.prop("scope"), root.m.target)
}

// scopeKind is the kind of a scope.
type scopeKind uint8

const (
	scopeTenant scopeKind = iota
	scopeManagementGroup
	scopeSubscription
	scopeResourceGroup
	scopeResource // an extension of a resource
	scopeUnknown
)

// scope is where a resource is deployed: nil parts are those of the template.
type scope struct {
	kind             scopeKind
	group, sub, mgmt *expr.Node
	of               func(at place) *expr.Node // the id of the resource that is extended
}

// scopeNamed is the kind of scope that a target scope, or a function, names.
func scopeNamed(name string) (kind scopeKind, ok bool) {
	switch name {
	case "tenant":
		return scopeTenant, true
	case "managementGroup":
		return scopeManagementGroup, true
	case "subscription":
		return scopeSubscription, true
	case "resourceGroup":
		return scopeResourceGroup, true
	}
	return 0, false
}

// scope reads the value of a scope property; nil is the template's own scope.
func (c *conv) scope(e syntax.Expr, target string) scope {
	leave := c.e.enter()
	defer leave()
	own, ok := scopeNamed(target)
	if !ok {
		own = scopeResourceGroup
	}
	switch e := syntax.Bare(e).(type) {
	case nil:
		return scope{kind: own}
	case *syntax.Call:
		if s, ok := c.scopeCall(e); ok {
			return s
		}
	}
	if r, ok := c.m.refer(e); ok {
		return c.scopeRef(r, e)
	}
	if v, ok := syntax.Bare(e).(*syntax.Variable); ok {
		if s := c.m.uses[v]; s != nil && s.kind == symVar {
			return c.file(s.m).scope(s.value, target)
		}
	}
	c.e.p.unsupported("a scope that is one of several", c.m.place(e).start)
	return scope{kind: scopeUnknown}
}

// scopeCall is resourceGroup(…), subscription(…), managementGroup(…) or
// tenant().
func (c *conv) scopeCall(e *syntax.Call) (scope, bool) {
	kind, ok := scopeNamed(e.Name.Text)
	if !ok {
		return scope{}, false
	}
	s := scope{kind: kind}
	arg := func(i int) *expr.Node {
		if i >= len(e.Args) {
			return nil
		}
		return c.expr(e.Args[i])
	}
	switch kind {
	case scopeManagementGroup:
		s.mgmt = arg(0)
	case scopeSubscription:
		s.sub = arg(0)
	case scopeResourceGroup:
		if len(e.Args) > 1 {
			s.sub, s.group = arg(0), arg(1)
		} else {
			s.group = arg(0)
		}
	}
	return s, true
}

// scopeRef is a resource as scope: that of the group it declares, else an
// extension of it.
func (c *conv) scopeRef(r ref, e syntax.Expr) scope {
	at := c.m.place(e)
	switch strings.ToLower(r.res.typ) {
	case "microsoft.resources/resourcegroups":
		outer := c.at(r).scopeOf(r.res)
		return scope{kind: scopeResourceGroup, group: c.declaredName(r, at), sub: outer.sub}
	case "microsoft.management/managementgroups":
		return scope{kind: scopeManagementGroup, mgmt: c.declaredName(r, at)}
	case "microsoft.subscription/aliases":
		return scope{kind: scopeSubscription, sub: at.property(c.reference(r, at, false), "subscriptionId")}
	}
	return scope{kind: scopeResource, of: func(at place) *expr.Node { return c.id(r, at) }}
}

const managementGroups = "Microsoft.Management/managementGroups"

// id is the call that makes the id of a resource in the scope; args are its
// type and names.
func (s scope) id(at place, args []*expr.Node) *expr.Node {
	switch s.kind {
	case scopeTenant:
		return at.call("tenantResourceId", args...)
	case scopeManagementGroup:
		of := at.property(at.call("managementGroup"), "id")
		if s.mgmt != nil {
			of = at.call("tenantResourceId", at.lit(managementGroups), s.mgmt)
		}
		return at.call("extensionResourceId", append([]*expr.Node{of}, args...)...)
	case scopeSubscription:
		if s.sub != nil {
			args = append([]*expr.Node{s.sub}, args...)
		}
		return at.call("subscriptionResourceId", args...)
	case scopeResource:
		return at.call("extensionResourceId", append([]*expr.Node{s.of(at)}, args...)...)
	}
	if s.group == nil && s.sub == nil {
		return at.call("resourceId", args...)
	}
	sub, group := s.sub, s.group
	if sub == nil {
		sub = at.property(at.call("subscription"), "subscriptionId")
	}
	if group == nil {
		group = at.property(at.call("resourceGroup"), "name")
	}
	of := at.format([]string{"/subscriptions/", "/resourceGroups/", ""}, []*expr.Node{sub, group})
	return at.call("extensionResourceId", append([]*expr.Node{of}, args...)...)
}
