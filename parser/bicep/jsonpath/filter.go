package jsonpath

import (
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/template"
)

// condition is a filter: a comparison, something that must be there, or several
// of them.
type condition struct {
	all, some   []*condition // which must hold, of which one must
	left, right *operand     // right is nil if left must be there
	op          string
}

// operand is a path from the element or the document, or a literal.
type operand struct {
	steps    []step
	document bool
	literal  *scalar
}

// scalar is a value that can be compared.
type scalar struct {
	kind   template.Kind
	text   string
	number float64
}

// deepest is how deep conditions may stand in each other.
const deepest = 32

// condition reads a condition in parentheses.
func (r *reader) condition() *condition {
	if !r.skip("(") {
		r.fail()
		return nil
	}
	c := r.either(0)
	if r.blanks(); !r.skip(")") {
		r.fail()
	}
	return c
}

func (r *reader) either(depth int) *condition {
	c := &condition{some: []*condition{r.both(depth)}}
	for r.blanks(); r.skip("||"); r.blanks() {
		c.some = append(c.some, r.both(depth))
	}
	return c
}

func (r *reader) both(depth int) *condition {
	c := &condition{all: []*condition{r.one(depth)}}
	for r.blanks(); r.skip("&&"); r.blanks() {
		c.all = append(c.all, r.one(depth))
	}
	return c
}

// operators are all comparisons; a longer one stands before its beginning.
const operators = "== != <= >= < >"

func (r *reader) one(depth int) *condition {
	if r.blanks(); depth < deepest && r.skip("(") {
		c := r.either(depth + 1)
		if r.blanks(); !r.skip(")") {
			r.fail()
		}
		return c
	}
	c := &condition{left: r.operand()}
	r.blanks()
	for op := range strings.FieldsSeq(operators) {
		if r.skip(op) {
			c.op = op
			r.blanks()
			c.right = r.operand()
			break
		}
	}
	return c
}

func (r *reader) operand() *operand {
	switch {
	case r.skip("@"):
		return &operand{steps: r.steps()}
	case r.skip("$"):
		return &operand{steps: r.steps(), document: true}
	case r.quoted():
		return &operand{literal: &scalar{kind: template.String, text: r.str()}}
	}
	end := r.at
	for end < len(r.text) && strings.IndexByte(" )&|=<>!", r.text[end]) < 0 {
		end++
	}
	word := r.text[r.at:end]
	r.at = end
	switch word {
	case "true":
		return &operand{literal: &scalar{kind: template.True}}
	case "false":
		return &operand{literal: &scalar{kind: template.False}}
	case "null":
		return &operand{literal: &scalar{kind: template.Null}}
	}
	n, err := strconv.ParseFloat(word, 64)
	if err != nil {
		r.fail()
	}
	return &operand{literal: &scalar{kind: template.Number, number: n}}
}

// holds tells whether a condition holds for an element.
func (c *condition) holds(s *selection, element template.Tree) bool {
	switch {
	case c.some != nil:
		for _, x := range c.some {
			if x.holds(s, element) {
				return true
			}
		}
		return false
	case c.all != nil:
		for _, x := range c.all {
			if !x.holds(s, element) {
				return false
			}
		}
		return true
	}
	left := c.left.values(s, element)
	if c.right == nil {
		return len(left) > 0
	}
	for _, a := range left {
		for _, b := range c.right.values(s, element) {
			if s.compare(a, c.op, b) {
				return true
			}
			if s.unclear {
				return false
			}
		}
	}
	return false
}

// values are those that an operand stands for; nil among them for objects and
// arrays.
func (o *operand) values(s *selection, element template.Tree) []*scalar {
	if o.literal != nil {
		return []*scalar{o.literal}
	}
	from := element
	if o.document {
		from = s.document
	}
	var out []*scalar
	for _, t := range s.follow(o.steps, []template.Tree{from}) {
		out = append(out, scalarOf(t))
	}
	return out
}

func scalarOf(t template.Tree) *scalar {
	x := &scalar{kind: t.Kind()}
	switch x.kind {
	case template.Object, template.Array:
		return nil
	case template.Number:
		x.number, _ = strconv.ParseFloat(t.Text(), 64)
	case template.True, template.False, template.Null:
	default:
		x.kind, x.text = template.String, t.Text()
	}
	return x
}

// compare compares two values. Which of two kinds comes first is not known.
func (s *selection) compare(a *scalar, op string, b *scalar) bool {
	s.look()
	if a == nil || b == nil {
		return op == "!="
	}
	equal := *a == *b
	if op == "==" || op == "!=" {
		return equal == (op == "==")
	}
	if a.kind != b.kind || a.kind != template.Number && a.kind != template.String {
		s.unclear = true
		return false
	}
	less := a.number < b.number || a.text < b.text
	switch op {
	case "<":
		return less
	case "<=":
		return less || equal
	case ">":
		return !less && !equal
	}
	return !less
}
