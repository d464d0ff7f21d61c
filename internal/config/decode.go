package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/internal/names"
	"github.com/rolecall/rolecall/parser/source"
)

// decoder reads one file and collects what is wrong with it.
type decoder struct {
	file *source.File
	name string // of the file, for errors
	errs Errors
}

// readable records a syntax error, if there is one.
func (d *decoder) readable() bool {
	for _, e := range d.file.Errors {
		d.errs = append(d.errs, &Error{File: d.name, At: d.file.Position(e.Offset), Message: e.Message})
	}
	return len(d.errs) == 0
}

// failf records what is wrong at a node.
func (d *decoder) failf(at source.Node, format string, args ...any) {
	d.errs = append(d.errs, &Error{File: d.name, At: d.file.Position(at.Start()), Message: fmt.Sprintf(format, args...)})
}

// members says who reads the values of an object, by their names.
type members map[string]func(source.Node)

// names in a fixed order.
func (m members) names() []string {
	out := make([]string, 0, len(m))
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// object reads an object whose members are known; what is the object's name in
// messages. Unknown and repeated members are errors, as are missing ones.
func (d *decoder) object(n source.Node, what string, m members, required ...string) {
	if !d.is(n, what, source.Object) {
		return
	}
	d.each(n, func(name string, key, v source.Node) {
		if read := m[name]; read != nil {
			read(v)
			return
		}
		if near := names.Nearest(name, m.names()...); near != "" {
			d.failf(key, "there is no key %q in %s; did you mean %q?", name, what, near)
			return
		}
		d.failf(key, "there is no key %q in %s; it has %s", name, what, list(m.names()))
	})
	for _, name := range required {
		if v := exact(n, name); v.IsZero() {
			d.failf(n, "%s needs the key %q", what, name)
		}
	}
}

// each goes through the members of an object, and records repeated ones.
func (d *decoder) each(n source.Node, visit func(name string, key, v source.Node)) {
	seen := map[string]bool{}
	for key, v := range n.Members() {
		name := key.Text()
		if seen[name] {
			d.failf(key, "the key %q stands here twice; remove one", name)
			continue
		}
		seen[name] = true
		visit(name, key, v)
	}
}

// exact is the member of that very spelling.
func exact(n source.Node, name string) source.Node {
	if key, v := n.Member(name); key.Text() == name {
		return v
	}
	return source.Node{}
}

// is records an error unless the node is of the kind.
func (d *decoder) is(n source.Node, what string, want source.Kind) bool {
	if n.Kind() != want {
		d.failf(n, "%s is %s, not %s", what, article(want), article(n.Kind()))
		return false
	}
	return true
}

// text reads a string that is not empty.
func (d *decoder) text(n source.Node, what string) string {
	if !d.is(n, what, source.String) {
		return ""
	}
	s := n.Text()
	if strings.TrimSpace(s) == "" {
		d.failf(n, "%s is empty", what)
		return ""
	}
	return s
}

// oneOf reads one of several words.
func (d *decoder) oneOf(n source.Node, what string, words ...string) string {
	s := d.text(n, what)
	if s == "" || slices.Contains(words, s) {
		return s
	}
	if near := names.Nearest(s, words...); near != "" {
		d.failf(n, "%s is not %q; did you mean %q?", what, s, near)
		return ""
	}
	d.failf(n, "%s is %s, not %q", what, list(words), s)
	return ""
}

// texts reads an array of strings.
func (d *decoder) texts(n source.Node, what string) []string {
	if !d.is(n, what, source.Array) {
		return nil
	}
	var out []string
	for e := range n.Elements() {
		if s := d.text(e, "an entry of "+what); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// article names a kind as in a sentence.
func article(k source.Kind) string {
	switch k {
	case source.Array, source.Object:
		return "an " + k.String()
	case source.True, source.False, source.Null:
		return k.String()
	}
	return "a " + k.String()
}

// list joins words: "a, b or c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
