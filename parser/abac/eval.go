package abac

// Truth is what is known of an expression. The zero value is Maybe.
type Truth uint8

// The answers.
const (
	Maybe Truth = iota
	True
	False
)

func (t Truth) String() string { return [...]string{"maybe", "true", "false"}[t] }

// TruthOf returns b as an answer.
func TruthOf(b bool) Truth {
	if b {
		return True
	}
	return False
}

// Not is the negation.
func (t Truth) Not() Truth { return [...]Truth{Maybe, False, True}[t] }

// Eval tells whether an expression is true, given what is known of its leaves:
// those that are neither chains nor negations nor groups. A chain with both
// operators is known only if it comes to the same in every order that Azure
// may take.
func Eval(e Expr, leaf func(Expr) Truth) Truth {
	switch e := e.(type) {
	case *Chain:
		return e.eval(leaf)
	case *Not:
		return Eval(e.X, leaf).Not()
	case *Group:
		return Eval(e.X, leaf)
	}
	return leaf(e)
}

func (c *Chain) eval(leaf func(Expr) Truth) Truth {
	terms := make([]Truth, len(c.Terms))
	for i, t := range c.Terms {
		terms[i] = Eval(t, leaf)
	}
	result := c.inOrder(terms)
	if _, mixed := c.Mixed(); mixed && (c.binding(terms, false) != result || c.binding(terms, true) != result) {
		return Maybe
	}
	return result
}

// inOrder takes the operators from left to right.
func (c *Chain) inOrder(terms []Truth) Truth {
	result := terms[0]
	for i, op := range c.Ops {
		result = join(result, terms[i+1], op.Or)
	}
	return result
}

// binding takes first the operators that are, or are not, OR.
func (c *Chain) binding(terms []Truth, or bool) Truth {
	var parts []Truth
	part := terms[0]
	for i, op := range c.Ops {
		if op.Or == or {
			part = join(part, terms[i+1], or)
			continue
		}
		parts, part = append(parts, part), terms[i+1]
	}
	for i := len(parts) - 1; i >= 0; i-- {
		part = join(parts[i], part, !or)
	}
	return part
}

func join(a, b Truth, or bool) Truth {
	decides := TruthOf(or)
	switch {
	case a == decides || b == decides:
		return decides
	case a == Maybe || b == Maybe:
		return Maybe
	}
	return decides.Not()
}
