package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/abac"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// delegatingRoles may assign roles without a condition.
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged
var delegatingRoles = []string{ownerRole, "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "f58310d9-a9f6-439a-9e8d-f62e7b41a168"}

// principalKinds are the values of the attribute PrincipalType.
// https://learn.microsoft.com/azure/role-based-access-control/conditions-authorization-actions-attributes
var principalKinds = []string{"User", "Group", "ServicePrincipal"}

// request is an attempt to write or to delete a role assignment, for a
// principal that no condition names.
type request struct {
	Operation     string
	Role          string // GUID in lower case; "" is one that no condition names
	PrincipalType string
}

// allowedBy tells whether a condition lets the request through.
func (q request) allowedBy(e abac.Expr) abac.Truth { return abac.Eval(e, q.leaf) }

func (q request) leaf(e abac.Expr) abac.Truth {
	switch e := e.(type) {
	case *abac.Matches:
		return q.matches(e)
	case *abac.Compare:
		return q.compare(e)
	}
	return abac.Maybe
}

func (q request) matches(m *abac.Matches) abac.Truth {
	result := abac.False
	for _, pattern := range m.Patterns {
		switch {
		case m.SubOperation, pattern.HasHole():
			result = abac.Maybe
		case azure.Match(pattern.Text, q.Operation):
			return abac.True
		}
	}
	return result
}

// compare answers for the three attributes that role assignments have: of the
// request when one is written, of the resource when one is deleted.
func (q request) compare(c *abac.Compare) abac.Truth {
	switch {
	case q.about(c, "RoleDefinitionId"):
		return q.guid(c, q.Role)
	case q.about(c, "PrincipalId"):
		return q.guid(c, "")
	case q.about(c, "PrincipalType"):
		return quantified(c, strings.HasPrefix(c.Operator.Name, "String"), func(v string) bool {
			return v == q.PrincipalType || strings.HasSuffix(c.Operator.Name, "IgnoreCase") && strings.EqualFold(v, q.PrincipalType)
		})
	}
	return abac.Maybe
}

func (q request) about(c *abac.Compare, member string) bool {
	source := "Request"
	if q.Operation == removeRole {
		source = "Resource"
	}
	a, ok := c.Left.(*abac.Attribute)
	return ok && a.Is(source, facts.RoleAssignments+":"+member)
}

func (q request) guid(c *abac.Compare, id string) abac.Truth {
	return quantified(c, strings.HasPrefix(c.Operator.Name, "Guid"), func(v string) bool { return strings.EqualFold(v, id) })
}

// quantified compares one value on the left with those on the right, which
// equal tells apart. Only equality and its negation are known.
func quantified(c *abac.Compare, known bool, equal func(string) bool) abac.Truth {
	op := c.Operator
	if !known || !op.Known || !strings.Contains(op.Name, "Equals") {
		return abac.Maybe
	}
	values, all := abac.Values(c.Right)
	if op.Quantifier == abac.None && len(values) > 1 || all && len(values) == 0 {
		return abac.Maybe
	}
	anyOf := op.Quantifier == abac.AnyOfAny || op.Quantifier == abac.AllOfAny
	for _, v := range values {
		if (equal(v.Text) != op.Negative()) == anyOf {
			return abac.TruthOf(anyOf) // one value decides
		}
	}
	if !all {
		return abac.Maybe
	}
	return abac.TruthOf(!anyOf)
}

// alwaysTrue recognises a negative comparison with any of several values: what
// equals one of them differs from the others.
func alwaysTrue(c *abac.Compare) bool {
	q := c.Operator.Quantifier
	if !c.Operator.Negative() || q != abac.AnyOfAny && q != abac.AllOfAny || !strings.HasPrefix(c.Operator.Name, "Guid") {
		return false
	}
	return len(distinct(c.Right)) > 1
}

// distinct are the values of an operand without case, each once.
func distinct(o abac.Operand) []string {
	values, _ := abac.Values(o)
	var out []string
	for _, v := range values {
		if id := strings.ToLower(v.Text); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// delegationWeakness is where a condition is weak, and how.
type delegationWeakness struct {
	At      abac.Span
	Message string
}

// weakness looks for a role that can give itself any other and that the
// condition lets be assigned.
func (p *Pass) weakness(e abac.Expr, subject string) (delegationWeakness, bool) {
	for _, id := range append(p.listedDelegating(e), delegatingRoles...) {
		for _, kind := range principalKinds {
			if q := (request{assignRole, id, kind}); q.allowedBy(e) == abac.True {
				role, _ := p.Unit.Role(q.Role)
				return q.reason(e, subject, role.Name), true
			}
		}
	}
	return delegationWeakness{}, false
}

// listedDelegating are the roles that a condition names and that can give
// themselves any other.
func (p *Pass) listedDelegating(e abac.Expr) []string {
	var out []string
	for part := range abac.All(e) {
		c, ok := part.(*abac.Compare)
		if !ok || c.Operator.Negative() {
			continue
		}
		for _, id := range distinct(c.Right) {
			role, known := p.Unit.Role(id)
			if class, _ := azure.Classify(role.Blocks); known && class&azure.Escalate != 0 {
				out = append(out, id)
			}
		}
	}
	return out
}

// reason finds the part of the condition that lets the request through.
func (q request) reason(e abac.Expr, subject, role string) delegationWeakness {
	for part := range abac.All(e) {
		c, ok := part.(*abac.Compare)
		if !ok || !q.about(c, "RoleDefinitionId") || q.compare(c) != abac.True {
			continue
		}
		switch values, _ := abac.Values(c.Right); {
		case alwaysTrue(c):
			return delegationWeakness{c.Operator.Span, fmt.Sprintf("'%s' with %d values is true of every role: %s can assign '%s'; to exclude several roles takes ForAnyOfAllValues",
				c.Operator.Text, len(values), subject, role)}
		case c.Operator.Negative():
			return delegationWeakness{c.Right.At(), fmt.Sprintf("the condition does not exclude '%s', which can give itself any role: %s can assign it", role, subject)}
		default:
			return delegationWeakness{roleLiteral(values, q.Role), fmt.Sprintf("the condition lets %s assign '%s', which can give itself any role", subject, role)}
		}
	}
	return delegationWeakness{firstAction(e), fmt.Sprintf("the condition does not bind '%s': %s can assign any role", assignRole, subject)}
}

func roleLiteral(values []*abac.Literal, id string) abac.Span {
	for _, v := range values {
		if strings.EqualFold(v.Text, id) {
			return v.Span
		}
	}
	return values[0].Span
}

// firstAction is the place of the first pattern of an action, or of the whole
// condition if it names none.
func firstAction(e abac.Expr) abac.Span {
	for part := range abac.All(e) {
		if m, ok := part.(*abac.Matches); ok && !m.SubOperation && len(m.Patterns) > 0 {
			return m.Patterns[0].Span
		}
	}
	return e.At()
}

// anyPrincipal tells whether some role can be assigned to principals of every
// kind, and where that role is named.
func anyPrincipal(e abac.Expr) (abac.Span, bool) {
	for part := range abac.All(e) {
		c, ok := part.(*abac.Compare)
		if !ok || !(request{Operation: assignRole}).about(c, "RoleDefinitionId") {
			continue
		}
		for _, id := range append(distinct(c.Right), "") {
			if toEveryKind(e, id) {
				return c.Left.At(), true
			}
		}
	}
	return abac.Span{}, false
}

func toEveryKind(e abac.Expr, role string) bool {
	for _, kind := range principalKinds {
		if (request{assignRole, role, kind}).allowedBy(e) != abac.True {
			return false
		}
	}
	return true
}
