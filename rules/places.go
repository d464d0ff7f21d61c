package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// place is one alternative of what stands at a path.
type place = facts.Place

// places returns what stands at a path, see [facts.Places].
func places(v value.Value, path string) (out []place, exact bool) { return facts.Places(v, path) }

// lastSegment is the last segment of a name or id.
func lastSegment(v value.Value) value.Value {
	segments, _ := v.Segments()
	return segments[len(segments)-1]
}

// scalar is the text of a known string, bool or number, as conditions compare
// it.
func scalar(v value.Value) (string, bool) {
	switch v.Kind {
	case value.String:
		return v.Str()
	case value.Bool:
		if b, _ := v.Bool(); b {
			return "true", true
		}
		return "false", true
	case value.Int, value.Float:
		return v.Number(), true
	}
	return "", false
}

// literals joins the parts of a text that are known, with a mark for each
// hole.
func literals(v value.Value) string {
	var b strings.Builder
	for _, p := range v.Parts() {
		if p.Hole != nil {
			b.WriteByte(0)
		} else {
			b.WriteString(p.Literal)
		}
	}
	return b.String()
}
