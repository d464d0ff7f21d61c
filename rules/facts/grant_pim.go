package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// The requests of Privileged Identity Management.
// https://learn.microsoft.com/azure/templates/microsoft.authorization/roleassignmentschedulerequests
const (
	activeRequests   = "Microsoft.Authorization/roleAssignmentScheduleRequests"
	eligibleRequests = "Microsoft.Authorization/roleEligibilityScheduleRequests"
)

// pimGrants reads a request for a role. One that takes a role away is none.
func pimGrants(a *Access, r *eval.Resource) []*Grant {
	plane := PIMActive
	switch {
	case r.Is(eligibleRequests):
		plane = PIMEligible
	case !r.Is(activeRequests):
		return nil
	}
	props := r.Get("properties")
	if takesAway(member(props, "requestType")) {
		return nil
	}
	g := a.authorization(plane, r, "", entry{Value: props})
	g.Scope, g.Level = r.Scope(), resourceid.LevelOf(r.Scope())
	g.Condition = member(props, "condition")
	return []*Grant{g}
}

// takesAway tells whether a type of request surely ends an assignment.
func takesAway(requestType value.Value) bool {
	for _, alt := range requestType.Alternatives() {
		s, _ := alt.Value.Str()
		if !value.FoldEqual(s, "AdminRemove") && !value.FoldEqual(s, "SelfDeactivate") {
			return false
		}
	}
	return true
}
