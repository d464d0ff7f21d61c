package bicep

import (
	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
)

const (
	// hostSymbol is the symbolic name of the resource of a closed module.
	hostSymbol = "resource"
	// principalOutput is the output that each module has whose resource may
	// have a system-assigned identity: the principal id of that.
	//
	// https://azure.github.io/Azure-Verified-Modules/spec/RMFR7
	principalOutput = "systemAssignedMIPrincipalId"
	// hostVersion is the API version of the resource, which nobody asks.
	hostVersion = "2020-01-01"
)

// host is the resource of a module, of which nothing but its identities is
// known.
func (m closed) host(c *conv, identities *syntax.Item, at place) *Node {
	n := c.m.place(identities.Key).object()
	n.add("type", at.str(m.typ))
	n.add("apiVersion", at.str(hostVersion))
	n.add("name", at.tree(m.name(at)))
	n.addAt("identity", c.m.place(identities.Key), m.identity(c, identities.Value))
	return n
}

// principal is the output with the principal id of the resource.
func (m closed) principal(at place) *Node {
	n := at.parameter("string", true)
	whole := at.call("reference", at.lit(hostSymbol), at.lit(hostVersion), at.lit("full"))
	n.add("value", at.tree(at.call("tryGet", whole, at.lit("identity"), at.lit("principalId"))))
	return n
}

// identity is the identity block that a value of managedIdentities makes. What
// is written out in it keeps its place.
func (m closed) identity(c *conv, x syntax.Expr) *Node {
	c, x = c.behind(x)
	at := c.m.place(x)
	o, ok := x.(*syntax.Object)
	if !ok || spreads(o.Items) || len(o.Items) == 0 {
		block := at.expr(expr.Object)
		block.Args = []*expr.Node{at.lit("type"), identityKind(at), at.lit("userAssignedIdentities"), identityMap(at)}
		return at.tree(at.call("if", at.call("empty", given(at)), at.null(), block))
	}
	n := at.object()
	kind := at
	if i := o.Get("systemAssigned"); i != nil {
		kind = c.m.place(i.Value)
	}
	n.add("type", kind.tree(identityKind(kind)))
	if i := o.Get("userAssignedResourceIds"); i != nil {
		n.addAt("userAssignedIdentities", c.m.place(i.Key), userMap(c, i.Value))
	}
	return n
}

// userMap is the map of identities that a value of userAssignedResourceIds
// makes.
func userMap(c *conv, x syntax.Expr) *Node {
	c, x = c.behind(x)
	at := c.m.place(x)
	a, ok := x.(*syntax.Array)
	if !ok || spreads(a.Items) {
		return at.tree(identityMap(at))
	}
	n := at.object()
	for i, item := range a.Items {
		at := c.m.place(syntax.Bare(item.Value))
		id := at.index(userIDs(at), at.int(int64(i)))
		n.members = append(n.members, member{"", id, at, at.object()})
	}
	return n
}

// given is the value of managedIdentities.
func given(at place) *expr.Node { return at.call("parameters", at.lit(identitiesParam)) }

// userIDs are the ids in the value of managedIdentities.
func userIDs(at place) *expr.Node {
	ids := at.call("tryGet", given(at), at.lit("userAssignedResourceIds"))
	return at.call("coalesce", ids, at.call("createArray"))
}

// identityKind is identity.type.
func identityKind(at place) *expr.Node {
	none := at.call("empty", userIDs(at))
	either := func(without, with string) *expr.Node { return at.call("if", none, at.lit(without), at.lit(with)) }
	system := at.call("coalesce", at.call("tryGet", given(at), at.lit("systemAssigned")), at.boolean(false))
	return at.call("if", system, either("SystemAssigned", "SystemAssigned, UserAssigned"), either("None", "UserAssigned"))
}

// identityMap is identity.userAssignedIdentities, however the ids are written.
func identityMap(at place) *expr.Node {
	id := at.call("lambda", at.lit("id"), at.call("lambdaVariables", at.lit("id")))
	return at.call("toObject", userIDs(at), id, at.call("lambda", at.lit("id"), at.expr(expr.Object)))
}
