package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/abac"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// condition is one alternative of a condition that binds a role assignment, a
// request for one, or the permissions of a custom role.
type condition struct {
	Resource *eval.Resource
	Path     []string // of the object that holds it
	Value    value.Value
	Text     string // of Value, with holes
	Version  value.Value
	When     value.Condition
	Bound    []boundRole

	Expr abac.Expr   // nil if it has an error
	Err  *abac.Error // nil if it has none
}

// boundRole is a role that a condition binds.
type boundRole struct {
	Subject string // who holds it, for messages
	Name    string
	Blocks  []azure.Permissions // those that the condition is for
	When    value.Condition
}

// conditions yields the conditions that the template chooses and that are
// known, or known but for some holes.
func (p *Pass) conditions(yield func(*condition) bool) {
	for r := range p.deployed {
		if r.Is(facts.RoleAssignments, "Microsoft.Authorization/roleAssignmentScheduleRequests", "Microsoft.Authorization/roleEligibilityScheduleRequests") {
			props := r.Get("properties")
			for _, alt := range chosen(props.Get("condition"), nil) {
				c := condition{Resource: r, Path: []string{"properties"}, Version: props.Get("conditionVersion"), Bound: p.boundTo(r)}
				if !yield(c.parse(alt)) {
					return
				}
			}
		}
	}
	for d := range p.customRoles {
		for i, b := range d.Bound {
			for _, alt := range chosen(b.Condition, d.When) {
				c := condition{Resource: d.Resource, Path: []string{"properties", "permissions"}, Version: b.Version, Bound: boundBlock(d, i)}
				if !yield(c.parse(alt)) {
					return
				}
			}
		}
	}
}

// chosen returns the alternatives of a condition that the template itself
// chooses and that are texts, with holes or without.
func chosen(v value.Value, when value.Condition) []value.Alternative {
	var out []value.Alternative
	for _, alt := range v.Alternatives() {
		both, feasible := when.And(alt.When)
		known := alt.Value.Kind == value.String || alt.Value.Kind == value.Text
		if known && feasible && !alt.Offered && alt.Value.Flags&value.Secure == 0 && !noCondition(literals(alt.Value)) {
			out = append(out, value.Alternative{Value: alt.Value, When: both})
		}
	}
	return out
}

func (c condition) parse(alt value.Alternative) *condition {
	c.Value, c.When = alt.Value, alt.When
	c.Text = literals(alt.Value)
	c.Expr, c.Err = abac.Parse(c.Text)
	return &c
}

// noCondition tells whether a text says that there is no condition, or stands
// for one that is to be filled in.
func noCondition(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || value.FoldEqual(text, "string") {
		return true
	}
	switch first, last := text[0], text[len(text)-1]; {
	case first == '[' && last == ']':
		return true
	case first == '{' && last == '}', first == '<' && last == '>':
		return !strings.ContainsAny(text, "'@")
	}
	return false
}

// boundTo returns the roles that a role assignment or a request is for, as far
// as they are known.
func (p *Pass) boundTo(r *eval.Resource) []boundRole {
	var out []boundRole
	for g := range p.Access.GrantsOn(facts.RBAC, facts.PIMActive, facts.PIMEligible) {
		if g.Resource != r {
			continue
		}
		for _, role := range g.Roles {
			if role.Known && !role.Offered {
				out = append(out, boundRole{who(g), role.Name(), role.Blocks(), role.When})
			}
		}
	}
	return out
}

// boundBlock is a custom role as far as one condition in it binds it.
func boundBlock(d *facts.Definition, block int) []boundRole {
	b := d.Blocks[block]
	b.Condition = false // which is the one that is judged
	return []boundRole{{Subject: "the holder of '" + roleTitle(d) + "'", Name: roleTitle(d), Blocks: []azure.Permissions{b}}}
}

// allows tells whether an operation is allowed by a block that no condition of
// its own binds.
func (b boundRole) allows(operation string) bool {
	for _, block := range b.Blocks {
		if !block.Condition && block.Allows(operation) {
			return true
		}
	}
	return false
}

// conditionAt is the place of a part of a condition: in the text if that is written
// where the condition stands, else the property.
func (p *Pass) conditionAt(c *condition, part abac.Span) value.Span {
	if at, ok := p.inText(c, part); ok && writtenIn(c.Resource, at) {
		return at
	}
	return p.firstLine(spot(c.Resource, append(c.Path[:len(c.Path):len(c.Path)], "condition")...))
}

// inText is the place of a part in the string that the condition is written
// as; false if an expression makes the condition.
func (p *Pass) inText(c *condition, part abac.Span) (value.Span, bool) {
	n := nodeAt(p.Unit, c.Value.At)
	if s, ok := c.Value.Str(); !ok || n.Text() != s {
		return value.Span{}, false
	}
	base := int32(n.File().Base)
	start, end := int32(n.Offset(part.Start)), int32(n.Offset(part.End))
	return p.firstLine(value.Span{Start: base + start, End: base + max(end, start+1)}), true
}

// firstLine cuts a span at the end of its first line.
func (p *Pass) firstLine(at value.Span) value.Span {
	f := p.Unit.File(at.Pos())
	if f == nil {
		return at
	}
	_, end := f.LineAt(int(at.Start) - f.Base)
	at.End = max(min(at.End, int32(end+f.Base)), at.Start+1)
	return at
}

// conditionFinding is a finding about a part of a condition.
func (p *Pass) conditionFinding(c *condition, part abac.Span, message string) Finding {
	f := Finding{
		At: p.conditionAt(c, part), Resource: c.Resource, Path: strings.Join(c.Path, ".") + ".condition", When: c.When, Message: message,
	}
	if at, ok := p.inText(c, part); ok && at != f.At {
		f.Related = append(f.Related, Related{at, "it is written here"})
	}
	f.Related = append(f.Related, because(c.Resource, "the condition", append(c.Path[:len(c.Path):len(c.Path)], "condition")...)...)
	return f
}
