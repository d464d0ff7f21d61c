package bicep

import (
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
)

// What follows stands for the modules for resources of the Azure Verified
// Modules that cannot be seen into. Their parameter roleAssignments means the
// same in all of them: a role assignment on the resource for each entry.
//
// The interface: https://azure.github.io/Azure-Verified-Modules/specs/bcp/res/interfaces/

// verified is where the module cache has the modules for resources.
const verified = "br/mcr.microsoft.com/bicep$avm$res$"

// wider are the modules whose roleAssignments are not on a resource, or may
// not be.
var wider = []string{"authorization/", "management/", "resources/resource-group"}

// verifiedModule is the name of a module, given its path in the module cache,
// if its parameter roleAssignments is for role assignments on a resource, else
// "".
func verifiedModule(cached string) string {
	rest, ok := strings.CutPrefix(strings.ToLower(cached), verified)
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	name = strings.ReplaceAll(name, "$", "/")
	for _, w := range wider {
		if strings.HasPrefix(name, w) {
			return ""
		}
	}
	return "avm/res/" + name
}

// grantsParam is the parameter with the role assignments.
const grantsParam = "roleAssignments"

// closed is a module that cannot be seen into, as one of the [verified].
type closed struct {
	name  string // what the type of its resource is called, since it is not known
	named bool   // the resource has a name
}

// closedTemplate is what is certain of what a module deploys that cannot be
// seen into, nil if that is nothing.
func (e *emitter) closedTemplate(r *resource, name string, at place) *Node {
	params, _ := syntax.Bare(r.prop("params")).(*syntax.Object)
	item := params.Get(grantsParam)
	if name == "" || item == nil || e.p.literal {
		return nil
	}
	m := closed{name: name, named: params.Get("name") != nil}
	list := at.object()
	list.add(grantsParam, at.parameter("array", true))
	list.add(name, at.parameter("string", false))
	if m.named {
		list.add("name", at.parameter("string", false))
	}
	t := at.object()
	t.add("$schema", at.str(schemaOf("resourceGroup")))
	t.add("languageVersion", at.str("2.0"))
	t.add("contentVersion", at.str("1.0.0.0"))
	t.add("parameters", list)
	t.add("resources", m.grants(e.of(r), item.Value, at))
	return t
}

func (p place) parameter(kind string, nullable bool) *Node {
	n := p.object()
	n.add("type", p.str(kind))
	n.add("nullable", p.bool(nullable))
	return n
}

// grants are the role assignments that a value of roleAssignments makes: one
// for each entry if the entries are written out, else a loop over them.
func (m closed) grants(c *conv, x syntax.Expr, at place) *Node {
	c, x = c.behind(x)
	list := at.object()
	if a, ok := x.(*syntax.Array); ok && !spreads(a.Items) {
		for i, item := range a.Items {
			c, x := c.behind(item.Value)
			at := c.m.place(x)
			list.addAt(grantsParam+itoa(int64(i)), at, m.grant(c, x, at.int(int64(i))))
		}
		return list
	}
	if l, ok := x.(*syntax.For); ok {
		x = syntax.Bare(l.Body)
	}
	at = c.m.place(x)
	loop := at.object()
	loop.add("name", at.str(grantsParam))
	given := at.call("coalesce", at.call("parameters", at.lit(grantsParam)), at.call("createArray"))
	loop.add("count", at.tree(at.call("length", given)))
	n := m.grant(c, x, at.call("copyIndex"))
	n.add("copy", loop)
	list.addAt(grantsParam, at, n)
	return list
}

// grant is the role assignment of an entry.
func (m closed) grant(c *conv, entry syntax.Expr, index *expr.Node) *Node {
	at := c.m.place(entry)
	member := func(name string) *expr.Node { return c.entryMember(entry, index, name) }
	role := roleID(member("roleDefinitionIdOrName"))
	props := at.object()
	add := func(name string, x *expr.Node) { props.addAt(name, placeOf(x), placeOf(x).tree(x)) }
	add("roleDefinitionId", role)
	for _, name := range [...]string{"principalId", "principalType", "condition", "conditionVersion", "delegatedManagedIdentityResourceId"} {
		add(name, member(name))
	}
	n := at.object()
	n.add("type", at.str("Microsoft.Authorization/roleAssignments"))
	n.add("apiVersion", at.str("2022-04-01"))
	n.add("scope", at.tree(m.target(at)))
	n.add("name", at.tree(at.call("guid", m.target(at), member("principalId"), role)))
	n.add("properties", props)
	return n
}

// target is the id of the resource. Nobody gives a value for what its type is.
func (m closed) target(at place) *expr.Node {
	name := at.property(at.call("deployment"), "name")
	if m.named {
		name = at.call("parameters", at.lit("name"))
	}
	return at.format([]string{"", "/providers/", "/", ""}, []*expr.Node{
		at.property(at.call("resourceGroup"), "id"), at.call("parameters", at.lit(m.name)), name,
	})
}

// entryMember reads a member of an entry, where that is written, or at the
// entry.
func (c *conv) entryMember(entry syntax.Expr, index *expr.Node, name string) *expr.Node {
	at := c.m.place(entry)
	if o, ok := entry.(*syntax.Object); ok {
		if i := o.Get(name); i != nil {
			at = c.m.place(syntax.Bare(i.Value))
		}
	}
	return at.call("tryGet", at.index(at.call("parameters", at.lit(grantsParam)), index), at.lit(name))
}

// roleID is the id of the role that is given as an id, a GUID or a name.
func roleID(x *expr.Node) *expr.Node {
	at := placeOf(x)
	dash := func(function string, i int64) *expr.Node {
		return at.call("equals", at.call(function, x, at.lit("-")), at.int(i))
	}
	guid := at.call("and", at.call("equals", at.call("length", x), at.int(36)), dash("indexOf", 8), dash("lastIndexOf", 23))
	byGUID := at.call("subscriptionResourceId", at.lit("Microsoft.Authorization/roleDefinitions"), x)
	byName := at.property(at.call("roleDefinitions", x), "id")
	return at.call("if", at.call("contains", x, at.lit("/")), x, at.call("if", guid, byGUID, byName))
}
