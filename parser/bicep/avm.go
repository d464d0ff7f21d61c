package bicep

import (
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

// What follows stands for the modules for resources of the Azure Verified
// Modules that cannot be seen into. Two of their parameters mean the same in all
// of them: roleAssignments, a role assignment on the resource for each entry,
// and managedIdentities, the identities of the resource.
//
// The interfaces: https://azure.github.io/Azure-Verified-Modules/specs/bcp/res/interfaces/

// verified is where the module cache has the modules for resources.
const verified = "br/mcr.microsoft.com/bicep$avm$res$"

// wider are the modules whose roleAssignments are not on a resource, or may
// not be.
var wider = []string{"authorization/", "management/", "resources/resource-group"}

// verifiedModule is what stands for the type of the resource that a module is
// for, given its path in the module cache: "avm.res.web/site". It is "" if the
// module is not known to be for one resource.
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
	return template.ClosedType(name)
}

// The parameters that are known.
const (
	grantsParam     = "roleAssignments"
	identitiesParam = "managedIdentities"
)

// closed is a module that cannot be seen into, as one of the [verified].
type closed struct {
	typ   string // see verifiedModule
	named bool   // the resource has a name
	waits bool   // the resource is in the template: see [closed.host]
}

// closedTemplate is what is certain of what a module deploys that cannot be
// seen into, and the parameters that say it; nil if nothing is.
func (e *emitter) closedTemplate(r *resource, typ string, at place) (t *Node, from []string) {
	params, _ := syntax.Bare(r.prop("params")).(*syntax.Object)
	grants, identities := params.Get(grantsParam), params.Get(identitiesParam)
	if typ == "" || grants == nil && identities == nil {
		return nil, nil
	}
	m := closed{typ: typ, named: params.Get("name") != nil, waits: identities != nil}
	list, resources, outputs := at.object(), at.object(), at.object()
	if m.named {
		list.add("name", at.parameter("string", false))
	}
	if grants != nil {
		from = append(from, grantsParam)
		list.add(grantsParam, at.parameter("array", true))
		m.grants(resources, e.of(r), grants.Value)
	}
	if identities != nil {
		from = append(from, identitiesParam)
		list.add(identitiesParam, at.parameter("object", true))
		resources.addAt(hostSymbol, e.m.place(identities.Key), m.host(e.of(r), identities, at))
		outputs.add(principalOutput, m.principal(at))
	}
	t = at.object()
	t.add("$schema", at.str(schemaOf("resourceGroup")))
	t.add("languageVersion", at.str("2.0"))
	t.add("contentVersion", at.str("1.0.0.0"))
	t.add("parameters", list)
	t.add("resources", resources)
	t.add("outputs", outputs)
	return t, from
}

// seen tells people what of a module was seen.
func seen(params []string) string {
	if len(params) == 0 {
		return ""
	}
	return ": only its " + strings.Join(params, " and ") + " were checked"
}

func (p place) parameter(kind string, nullable bool) *Node {
	n := p.object()
	n.add("type", p.str(kind))
	n.add("nullable", p.bool(nullable))
	return n
}

// name is the name of the resource, or another text if the module chooses it.
func (m closed) name(at place) *expr.Node {
	if m.named {
		return at.call("parameters", at.lit("name"))
	}
	return at.property(at.call("deployment"), "name")
}

// grants adds the role assignments that a value of roleAssignments makes: one
// for each entry if the entries are written out, else a loop over them.
func (m closed) grants(list *Node, c *conv, x syntax.Expr) {
	c, x = c.behind(x)
	if a, ok := x.(*syntax.Array); ok && !spreads(a.Items) {
		for i, item := range a.Items {
			c, x := c.behind(item.Value)
			at := c.m.place(x)
			list.addAt(grantsParam+itoa(int64(i)), at, m.grant(c, x, at.int(int64(i))))
		}
		return
	}
	if l, ok := x.(*syntax.For); ok {
		x = syntax.Bare(l.Body)
	}
	at := c.m.place(x)
	loop := at.object()
	loop.add("name", at.str(grantsParam))
	given := at.call("coalesce", at.call("parameters", at.lit(grantsParam)), at.call("createArray"))
	loop.add("count", at.tree(at.call("length", given)))
	n := m.grant(c, x, at.call("copyIndex"))
	n.add("copy", loop)
	list.addAt(grantsParam, at, n)
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
	if m.waits {
		n.add("dependsOn", at.array(at.str(hostSymbol)))
	}
	return n
}

// target is the id of the resource.
func (m closed) target(at place) *expr.Node {
	return at.format([]string{"", "/providers/" + m.typ + "/", ""}, []*expr.Node{at.property(at.call("resourceGroup"), "id"), m.name(at)})
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
