package rules

import (
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// neverEnding returns where the schedule of a request says that it has no end,
// and when it does.
func neverEnding(g *facts.Grant) []value.Alternative {
	var out []value.Alternative
	types, _ := places(g.Entry, "scheduleInfo.expiration.type")
	for _, t := range types {
		s, ok := t.Value.Str()
		when, feasible := joined(g.When, t.When)
		if ok && !t.Offered && feasible && value.FoldEqual(s, "NoExpiration") {
			out = append(out, value.Alternative{Value: t.Value, When: when})
		}
	}
	return out
}

// asks tells whether a request is surely of one of the types.
func asks(g *facts.Grant, types ...string) bool {
	found, exact := places(g.Entry, "requestType")
	for _, t := range found {
		s, _ := t.Value.Str()
		if !resourceid.Is(s, types...) {
			return false
		}
	}
	return exact && len(found) > 0
}

// scheduleAt is where a request says how long it holds.
func scheduleAt(g *facts.Grant, end value.Value) value.Span {
	if end.At.IsValid() {
		return end.At
	}
	return spot(g.Resource, "properties", "scheduleInfo")
}

// privileged tells whether a role, without a condition on its assignment, may
// change nearly everything or give itself any role.
func privileged(g *facts.Grant, role facts.Role) azure.Class {
	if conditioned(g) {
		return 0
	}
	return classes(role) & (azure.Escalate | azure.Broad)
}

// power says in words what a privileged role can do.
func power(c azure.Class) string {
	if c&azure.Escalate != 0 {
		return "can give itself any role"
	}
	return "may change nearly everything"
}
