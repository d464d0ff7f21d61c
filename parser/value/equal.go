package value

import "strings"

// Tri is the answer to a question about values that may be unknown.
type Tri uint8

// The three answers.
const (
	Maybe Tri = iota
	Yes
	No
)

func (t Tri) String() string { return [...]string{"maybe", "yes", "no"}[t] }

// TriOf returns b as an answer.
func TriOf(b bool) Tri {
	if b {
		return Yes
	}
	return No
}

// Equal tells whether a and b are the same value, as equals() does: of the
// same kind, text with case, arrays in order, objects by their members.
func Equal(a, b Value) Tri {
	left := comparer(16 * maxNodes)
	return left.equal(a, b)
}

// comparer is how many values may still be compared. Beyond that nothing is
// claimed.
type comparer int

func (c *comparer) equal(a, b Value) Tri {
	if *c--; *c < 0 {
		return Maybe
	}
	if a.Kind == Choice || b.Kind == Choice {
		return c.choices(a, b)
	}
	if a.Kind == Unknown || b.Kind == Unknown {
		return equalUnknown(a, b)
	}
	if a.Kind == Text || b.Kind == Text {
		return equalTexts(a, b)
	}
	if a.Kind != b.Kind {
		return TriOf(a.IsNull() && b.IsNull() && a.Kind == b.Kind)
	}
	switch a.Kind {
	case Bool, Int:
		return TriOf(a.ref == b.ref)
	case String, Float:
		return TriOf(a.text() == b.text())
	case Array:
		return c.arrays(a.Array(), b.Array())
	case Object:
		return c.objects(a.Object(), b.Object())
	}
	return Yes
}

func (c *comparer) choices(a, b Value) Tri {
	answer := Maybe
	for i, x := range a.Alternatives() {
		for j, y := range b.Alternatives() {
			if _, ok := x.When.And(y.When); !ok {
				continue
			}
			t := c.equal(x.Value, y.Value)
			if t == Maybe || (i+j > 0 && answer != Maybe && t != answer) {
				return Maybe
			}
			answer = t
		}
	}
	return answer
}

func equalUnknown(a, b Value) Tri {
	s, t := a.Symbol(), b.Symbol()
	if s != nil && t != nil {
		if s.Key != "" && s.Key == t.Key && s.Reason != ReasonError {
			return Yes
		}
		return Maybe
	}
	known, sym := a, t
	if s != nil {
		known, sym = b, s
	}
	if known.IsNull() && sym.NotNull {
		return No
	}
	if k := typeOf(known); sym.Type != TypeAny && k != TypeAny && k != sym.Type {
		return No
	}
	return Maybe
}

func typeOf(v Value) Type {
	switch v.Kind {
	case String, Text:
		return TypeString
	case Int:
		return TypeInt
	case Bool:
		return TypeBool
	case Array:
		return TypeArray
	case Object:
		return TypeObject
	}
	return TypeAny
}

// equalTexts compares strings at least one of which has holes: literal ends
// that differ rule equality out.
func equalTexts(a, b Value) Tri {
	if !a.IsStringLike() || !b.IsStringLike() {
		return No
	}
	p, q := a.Parts(), b.Parts()
	if sameParts(p, q) {
		return Yes
	}
	if !prefixes(a.Prefix(), b.Prefix()) || !suffixes(a.Suffix(), b.Suffix()) {
		return No
	}
	if b.Kind == String && len(literals(p)) > len(b.text()) || a.Kind == String && len(literals(q)) > len(a.text()) {
		return No
	}
	return Maybe
}

func sameParts(p, q []Part) bool {
	if len(p) != len(q) {
		return false
	}
	for i := range p {
		if (p[i].Hole == nil) != (q[i].Hole == nil) || p[i].Literal != q[i].Literal {
			return false
		}
		if p[i].Hole != nil && p[i].Hole.Key != q[i].Hole.Key {
			return false
		}
	}
	return true
}

func literals(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Literal)
	}
	return b.String()
}

func prefixes(a, b string) bool { n := min(len(a), len(b)); return a[:n] == b[:n] }

func suffixes(a, b string) bool {
	n := min(len(a), len(b))
	return a[len(a)-n:] == b[len(b)-n:]
}

func (c *comparer) arrays(a, b *ArrayValue) Tri {
	if a == b {
		return Yes
	}
	if a.Open == nil && b.Open == nil && a.Len() != b.Len() {
		return No
	}
	answer := Yes
	if a.Open != nil || b.Open != nil {
		answer = Maybe
	}
	for i := range min(a.Len(), b.Len()) {
		switch c.equal(a.At(i), b.At(i)) {
		case No:
			return No
		case Maybe:
			answer = Maybe
		}
	}
	return answer
}

func (c *comparer) objects(a, b *ObjectValue) Tri {
	if a == b {
		return Yes
	}
	if a.Open == nil && b.Open == nil && a.Len() != b.Len() {
		return No
	}
	answer := Yes
	if a.Open != nil || b.Open != nil {
		answer = Maybe
	}
	for i, m := range a.Names {
		j := b.Index(m.Name)
		if j < 0 {
			if b.Open == nil {
				return No
			}
			continue
		}
		switch c.equal(a.At(i), b.At(j)) {
		case No:
			return No
		case Maybe:
			answer = Maybe
		}
	}
	return answer
}
