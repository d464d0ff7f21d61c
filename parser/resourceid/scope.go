package resourceid

import "github.com/rolecall/rolecall/parser/value"

// Scope is where a deployment goes: its level, and the parts of its id that
// the level has.
type Scope struct {
	Level           Level
	ManagementGroup value.Value // the name
	Subscription    value.Value // the id without slashes
	ResourceGroup   value.Value // the name
	Whole           value.Value // the id, where its level is not known
}

// ID returns the id of the scope: "" for the tenant.
func (s Scope) ID() value.Value {
	switch s.Level {
	case ManagementGroup:
		return value.Join(value.OfString("/providers/Microsoft.Management/managementGroups/"), s.ManagementGroup)
	case Subscription:
		return s.SubscriptionID()
	case ResourceGroup:
		return value.Join(s.SubscriptionID(), value.OfString("/resourceGroups/"), s.ResourceGroup)
	case Tenant:
		return value.OfString("")
	}
	if s.Whole.Kind != value.Missing {
		return s.Whole
	}
	return value.OfSymbol(&value.Symbol{Reason: value.ReasonMetadata, Type: value.TypeString, NotNull: true, Key: "scope", Text: "scope"})
}

// SubscriptionID returns the id of the subscription: /subscriptions/….
func (s Scope) SubscriptionID() value.Value {
	return value.Join(value.OfString("/subscriptions/"), s.Subscription)
}

// ScopeOf reads the scope with the given id; false if its literal parts do
// not show a level that deployments go to.
func ScopeOf(id value.Value, from Scope) (Scope, bool) {
	switch LevelOf(id) {
	case Tenant:
		return Scope{Level: Tenant}, true
	case ManagementGroup:
		p, _ := Parse(id)
		return Scope{Level: ManagementGroup, ManagementGroup: p.Names[0]}, true
	case Subscription:
		p, _ := Parse(id)
		return Scope{Level: Subscription, Subscription: p.Names[0], ManagementGroup: from.ManagementGroup}, true
	case ResourceGroup:
		p, _ := Parse(id)
		sub, ok := Parse(p.Scope)
		if !ok || len(sub.Names) == 0 {
			return Scope{}, false
		}
		return Scope{Level: ResourceGroup, Subscription: sub.Names[0], ResourceGroup: p.Names[0]}, true
	}
	return Scope{}, false
}
