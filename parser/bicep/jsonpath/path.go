// Package jsonpath picks values out of documents by the paths that
// loadJsonContent() and loadYamlContent() take. Their dialect is that of the
// library which the official compiler uses, not the one of RFC 9535: a path need
// not begin with $, names may hold hyphens, and a comparison with what is not
// there never holds. No library for Go speaks it.
//
// https://www.newtonsoft.com/json/help/html/QueryJsonSelectTokenJsonPath.htm
package jsonpath

import (
	"strconv"
	"strings"
)

// Path is a path that was read.
type Path struct{ steps []step }

// step leads from values to values in them.
type step struct {
	deep    bool     // not only in the values, but at any depth
	names   []string // members with these names
	indexes []int    // elements at these places
	slice   *slice
	any     bool // all members of objects
	each    bool // all elements of arrays
	filter  *condition
}

// slice is [from:to:by].
type slice struct {
	from, to *int
	by       int
}

// reader reads a path. What it does not understand makes it fail for good.
type reader struct {
	text string
	at   int
	bad  bool
}

// longest is how long a path may be in bytes.
const longest = 4096

// Parse reads a path; false if it is none, or has something that is rarely
// used: regular expressions, negative steps, an index at any depth.
func Parse(text string) (Path, bool) {
	if len(text) > longest {
		return Path{}, false
	}
	r := &reader{text: text}
	switch {
	case r.skip("$"), strings.HasPrefix(text, "."), strings.HasPrefix(text, "["), text == "":
	default:
		r.text = "." + text
	}
	p := Path{r.steps()}
	return p, !r.bad && r.at == len(r.text)
}

func (r *reader) skip(s string) bool {
	if !strings.HasPrefix(r.text[r.at:], s) {
		return false
	}
	r.at += len(s)
	return true
}

func (r *reader) blanks() {
	for r.skip(" ") || r.skip("\t") {
	}
}

// fail makes the path one that is not understood.
func (r *reader) fail() { r.bad, r.at = true, len(r.text) }

// steps reads as many steps as there are.
func (r *reader) steps() []step {
	var out []step
	for !r.bad {
		switch {
		case r.skip(".."):
			s := r.name()
			s.deep = true
			out = append(out, s)
		case r.skip("."):
			if !strings.HasPrefix(r.text[r.at:], "[") { // $.['name'] is allowed
				out = append(out, r.name())
			}
		case r.skip("["):
			out = append(out, r.bracket())
		default:
			return out
		}
	}
	return out
}

// name reads a name without quotes, or *.
func (r *reader) name() step {
	end := r.at
	for end < len(r.text) && !strings.ContainsRune(".[]()=<>!&| ", rune(r.text[end])) {
		end++
	}
	name := r.text[r.at:end]
	r.at = end
	switch name {
	case "":
		r.fail()
	case "*":
		return step{any: true}
	}
	return step{names: []string{name}}
}

// bracket reads what stands in brackets, and the closing one.
func (r *reader) bracket() step {
	var s step
	r.blanks()
	switch {
	case r.skip("*"):
		s.each = true
	case r.skip("?"):
		r.blanks()
		s.filter = r.condition()
	case r.quoted():
		s.names = r.list()
	default:
		s = r.numbers()
	}
	r.blanks()
	if !r.skip("]") {
		r.fail()
	}
	return s
}

func (r *reader) quoted() bool {
	return strings.HasPrefix(r.text[r.at:], "'") || strings.HasPrefix(r.text[r.at:], `"`)
}

// list reads names in quotes with commas between them.
func (r *reader) list() []string {
	out := []string{r.str()}
	for r.blanks(); r.skip(","); r.blanks() {
		r.blanks()
		out = append(out, r.str())
	}
	return out
}

// str reads a text in quotes of either kind.
func (r *reader) str() string {
	if !r.quoted() {
		r.fail()
		return ""
	}
	quote := r.text[r.at]
	var b strings.Builder
	for r.at++; r.at < len(r.text); r.at++ {
		switch c := r.text[r.at]; {
		case c == quote:
			r.at++
			return b.String()
		case c == '\\' && r.at+1 < len(r.text) && strings.IndexByte(`\'"/`, r.text[r.at+1]) >= 0:
			r.at++
			b.WriteByte(r.text[r.at])
		case c == '\\':
			r.fail()
			return ""
		default:
			b.WriteByte(c)
		}
	}
	r.fail()
	return ""
}

// numbers reads indexes, or a slice.
func (r *reader) numbers() step {
	end := strings.IndexByte(r.text[r.at:], ']')
	if end < 0 {
		r.fail()
		return step{}
	}
	text := r.text[r.at : r.at+end]
	r.at += end
	if parts := strings.Split(text, ":"); len(parts) > 1 {
		return r.sliced(parts)
	}
	var s step
	for part := range strings.SplitSeq(text, ",") {
		i := r.integer(part)
		if i == nil || *i < 0 {
			r.fail()
			return step{}
		}
		s.indexes = append(s.indexes, *i)
	}
	return s
}

func (r *reader) sliced(parts []string) step {
	s := &slice{by: 1}
	if s.from, s.to = r.integer(parts[0]), r.integer(parts[1]); len(parts) > 2 {
		if by := r.integer(parts[2]); by != nil {
			s.by = *by
		}
	}
	if len(parts) > 3 || s.by < 1 {
		r.fail()
	}
	return step{slice: s}
}

// integer is a number, nil for blanks.
func (r *reader) integer(text string) *int {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	i, err := strconv.Atoi(text)
	if err != nil {
		r.fail()
	}
	return &i
}
