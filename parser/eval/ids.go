package eval

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval/armfn"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// idParts splits the arguments of a function of the resourceId family: what
// stands before the type, the type, and the names.
func (c *call) idParts(from int) (before []value.Value, typ string, names []value.Value, bad *value.Value) {
	fail := func(v value.Value) ([]value.Value, string, []value.Value, *value.Value) { return nil, "", nil, &v }
	at := -1
	for i := from; i < len(c.args); i++ {
		a := c.args[i]
		if a.IsKnown() && a.Kind != value.String {
			return fail(failf("%s() takes strings, not %s", c.fn.name, kindName(a)))
		}
		if s, ok := a.Str(); ok && strings.Contains(s, "/") {
			at = i
			break
		}
	}
	if at < 0 {
		for _, a := range c.args[from:] {
			if !a.IsKnown() {
				return fail(c.derived())
			}
		}
		return fail(failf("%s() needs a resource type such as 'Microsoft.Web/sites'", c.fn.name))
	}
	typ, _ = c.args[at].Str()
	typ = strings.Trim(typ, "/")
	names = c.args[at+1:]
	for _, n := range names {
		if n.IsKnown() && n.Kind != value.String {
			return fail(failf("%s() takes strings as names, not %s", c.fn.name, kindName(n)))
		}
	}
	if want := strings.Count(typ, "/"); want != len(names) {
		return fail(failf("%s() of the type '%s' takes %s as names, not %d", c.fn.name, typ, plural(want), len(names)))
	}
	return c.args[from:at], typ, names, nil
}

func resourceID(c *call) value.Value {
	before, typ, names, bad := c.idParts(0)
	if bad != nil {
		return *bad
	}
	s := c.x.in.Scope
	if len(before) < 2 {
		c.x.in.recordPlace(len(before) == 0)
	}
	switch len(before) {
	case 0:
		if s.Level == resourceid.Tenant || s.Level == resourceid.ManagementGroup {
			return resourceid.Join(value.OfString(""), typ, names)
		}
		return resourceid.Join(s.ID(), typ, names)
	case 1:
		if s.Level == resourceid.Subscription && isSubscription(before[0]) {
			s.Subscription = before[0]
		} else {
			s.Level, s.ResourceGroup = resourceid.ResourceGroup, before[0]
		}
	case 2:
		s = resourceid.Scope{Level: resourceid.ResourceGroup, Subscription: before[0], ResourceGroup: before[1]}
	default:
		return failf("resourceId() takes a subscription and a resource group before the type, not %s", plural(len(before)))
	}
	if s.Subscription.Kind == value.Missing {
		s.Subscription = metadata(c.x.in.key+"subscription", "subscription().subscriptionId", value.TypeString, true)
	}
	return resourceid.Join(s.ID(), typ, names)
}

// isSubscription tells whether a value is surely the id of a subscription.
func isSubscription(v value.Value) bool {
	s, ok := v.Str()
	return ok && armfn.LooksLikeGUID(s)
}

func subscriptionResourceID(c *call) value.Value {
	before, typ, names, bad := c.idParts(0)
	switch {
	case bad != nil:
		return *bad
	case len(before) > 1:
		return failf("subscriptionResourceId() takes a subscription before the type, not %s", plural(len(before)))
	}
	var sub value.Value
	if len(before) == 1 {
		sub = before[0]
	} else {
		sub = c.x.in.subscriptionID()
	}
	return resourceid.Join(value.Join(value.OfString("/subscriptions/"), sub), typ, names)
}

// subscriptionID is the subscription that the instance goes to; above
// subscriptions it is one that is not known.
func (in *Instance) subscriptionID() value.Value {
	in.recordPlace(false)
	if in.Scope.Subscription.Kind != value.Missing {
		return in.Scope.Subscription
	}
	return metadata(in.key+"subscription", "subscription().subscriptionId", value.TypeString, true)
}

func tenantResourceID(c *call) value.Value {
	before, typ, names, bad := c.idParts(0)
	switch {
	case bad != nil:
		return *bad
	case len(before) > 0:
		return failf("tenantResourceId() takes the type first")
	}
	return resourceid.Join(value.OfString(""), typ, names)
}

func managementGroupResourceID(c *call) value.Value {
	before, typ, names, bad := c.idParts(0)
	switch {
	case bad != nil:
		return *bad
	case len(before) > 1:
		return failf("managementGroupResourceId() takes a management group before the type, not %s", plural(len(before)))
	}
	s := resourceid.Scope{Level: resourceid.ManagementGroup}
	if len(before) == 1 {
		s.ManagementGroup = before[0]
	} else {
		s.ManagementGroup = c.x.in.managementGroupName()
	}
	return resourceid.Join(s.ID(), typ, names)
}

func (in *Instance) managementGroupName() value.Value {
	in.recordPlace(false)
	if in.Scope.ManagementGroup.Kind != value.Missing {
		return in.Scope.ManagementGroup
	}
	return metadata(in.key+"managementGroup", "managementGroup().name", value.TypeString, true)
}

func extensionResourceID(c *call) value.Value {
	base := c.args[0]
	if base.IsKnown() && base.Kind != value.String {
		return failf("extensionResourceId() takes the id of a resource first, not %s", kindName(base))
	}
	before, typ, names, bad := c.idParts(1)
	switch {
	case bad != nil:
		return *bad
	case len(before) > 0:
		return failf("extensionResourceId() takes the type after the id")
	}
	return resourceid.Join(base, typ, names)
}

// roleAssignmentName is getRoleAssignmentName({scope, principalId,
// roleDefinitionId}).
func roleAssignmentName(c *call) value.Value {
	o := c.args[0].Object()
	if o == nil {
		return failf("getRoleAssignmentName() takes an object, not %s", kindName(c.args[0]))
	}
	var parts []string
	for _, name := range []string{"scope", "principalId", "roleDefinitionId"} {
		s, ok := o.Get(name).Str()
		if !ok {
			return c.derived()
		}
		parts = append(parts, armfn.ToLower(strings.Trim(s, "/")))
	}
	role := parts[2]
	parts[2] = role[strings.LastIndexByte(role, '/')+1:]
	return value.OfString(armfn.GUID(parts...))
}
