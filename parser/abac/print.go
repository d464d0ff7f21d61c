package abac

import "strings"

func (c *Chain) String() string {
	var b strings.Builder
	for i, t := range c.Terms {
		switch {
		case i == 0:
		case c.Ops[i-1].Or:
			b.WriteString(" OR ")
		default:
			b.WriteString(" AND ")
		}
		b.WriteString(t.String())
	}
	return b.String()
}

func (n *Not) String() string   { return "NOT " + n.X.String() }
func (g *Group) String() string { return "(" + g.X.String() + ")" }

func (m *Matches) String() string {
	name := "ActionMatches{"
	if m.SubOperation {
		name = "SubOperationMatches{"
	}
	patterns := make([]string, len(m.Patterns))
	for i, p := range m.Patterns {
		patterns[i] = p.String()
	}
	return name + strings.Join(patterns, ", ") + "}"
}

func (e *Exists) String() string { return "Exists " + e.Attribute.String() }

func (c *Compare) String() string {
	return c.Left.String() + " " + c.Operator.String() + " " + c.Right.String()
}

func (u *Unknown) String() string { return u.Text }

func (o Operator) String() string {
	if o.Quantifier == None {
		return o.Name
	}
	return o.Quantifier.String() + ":" + o.Name
}

func (a *Attribute) String() string { return "@" + a.Source + "[" + a.Name + "]" }

func (l *Literal) String() string {
	if l.Quote == 0 {
		return l.Text
	}
	return string(l.Quote) + l.Text + string(l.Quote)
}

func (s *Set) String() string {
	elements := make([]string, len(s.Elements))
	for i, e := range s.Elements {
		elements[i] = e.String()
	}
	return "{" + strings.Join(elements, ", ") + "}"
}
