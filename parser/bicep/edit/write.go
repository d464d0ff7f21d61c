package edit

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/source"
)

// same tells whether an expression is just the value that a template has there.
func same(e syntax.Expr, old source.Node) bool {
	switch e := e.(type) {
	case *syntax.String:
		s, plain := syntax.Plain(e)
		return plain && old.Kind() == source.String && expr.FormOf(old.Text()) != expr.Expression && expr.Unescape(old.Text()) == s
	case *syntax.Bool:
		return old.Source() == fmt.Sprint(e.Value)
	case *syntax.Null:
		return old.Kind() == source.Null
	case *syntax.Object:
		return old.Kind() == source.Object
	}
	return false
}

// write is the Bicep for a value of a template that belongs to a member; false
// if Bicep has no such value. It goes over several lines if members have lines of
// their own.
func (f *File) write(json string, item *syntax.Item) (string, bool) {
	l := layout{open: " ", between: ", ", end: " "}
	if item != nil && f.begins(item.Start) {
		l = f.layout(item.Start)
	}
	return f.value(source.Parse("", []byte(json)).Root(), l)
}

// layout is what stands around the members of an object.
type layout struct{ open, between, end string }

// layout is that of an object which belongs to a member that begins at an offset.
func (f *File) layout(at int32) layout {
	br := f.lineBreak() + f.indent(at)
	line := br + f.unit(at)
	return layout{line, line, br}
}

func (f *File) value(n source.Node, l layout) (string, bool) {
	switch n.Kind() {
	case source.Null, source.True, source.False:
		return n.Source(), true
	case source.String:
		if expr.FormOf(n.Text()) == expr.Expression {
			return call(n.Text())
		}
		return quote(expr.Unescape(n.Text())), true
	case source.Object:
		return f.object(n, l)
	}
	return "", false
}

// object writes an object whose members are no objects.
func (f *File) object(n source.Node, l layout) (string, bool) {
	if n.Len() == 0 {
		return "{}", true
	}
	var members []string
	for key, v := range n.Members() {
		text, ok := f.value(v, l)
		if !ok || v.Kind() == source.Object {
			return "", false
		}
		members = append(members, keyOf(key.Text())+": "+text)
	}
	return "{" + l.open + strings.Join(members, l.between) + l.end + "}", true
}

// call writes an expression that is a call with texts for arguments, of a
// function that both languages have.
func call(text string) (string, bool) {
	n, err := expr.Parse(text, &expr.Arena{})
	if err != nil || n.Kind != expr.Call || n.Text != "subscriptionResourceId" && n.Text != "tenantResourceId" {
		return "", false
	}
	var args []string
	for _, a := range n.Args {
		if a.Kind != expr.String {
			return "", false
		}
		args = append(args, quote(a.Text))
	}
	return n.Text + "(" + strings.Join(args, ", ") + ")", true
}

var escapes = strings.NewReplacer(`\`, `\\`, `'`, `\'`, "${", `\${`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// quote writes a text as a string.
func quote(s string) string { return "'" + escapes.Replace(s) + "'" }

// keyOf writes the name of a member.
func keyOf(name string) string {
	toks := syntax.Lex(name).List
	if len(toks) == 2 && toks[0].Kind == syntax.Identifier && int(toks[0].End) == len(name) {
		return name
	}
	return quote(name)
}
