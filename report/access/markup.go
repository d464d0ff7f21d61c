package access

import (
	"bytes"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// markup writes HTML and SVG. Whatever it is given as text or as the value of an attribute comes out harmless and on
// one line; the names of elements and attributes are the program's own.
type markup struct {
	bytes.Buffer
}

// open begins an element. The attributes are pairs of name and value.
func (m *markup) open(name string, attributes ...string) {
	m.start(name, attributes)
	m.WriteByte('>')
}

// close ends an element.
func (m *markup) close(name string) {
	m.WriteString("</" + name + ">")
}

// leaf writes an element that holds nothing but text.
func (m *markup) leaf(name, text string, attributes ...string) {
	m.open(name, attributes...)
	m.text(text)
	m.close(name)
}

// path writes an element that holds a path, which may go on in the next line after each slash.
func (m *markup) path(name, path string) {
	m.open(name)
	m.WriteString(strings.ReplaceAll(special.Replace(clean(path)), "/", "/<wbr/>"))
	m.close(name)
}

// raw writes an element that holds a style or script of the program's own.
func (m *markup) raw(name, content string, attributes ...string) {
	m.open(name, attributes...)
	m.WriteString(content)
	m.close(name)
}

// empty writes an element without content.
func (m *markup) empty(name string, attributes ...string) {
	m.start(name, attributes)
	m.WriteString("/>")
}

func (m *markup) start(name string, attributes []string) {
	m.WriteString("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		m.WriteString(" " + attributes[i] + `="`)
		m.text(attributes[i+1])
		m.WriteByte('"')
	}
}

// text writes what others wrote.
func (m *markup) text(s string) {
	m.WriteString(special.Replace(clean(s)))
}

// special spells what is special in markup.
var special = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// clean makes text that others wrote fit for one line: what [report.Clean] does, and without the two characters that
// it lets pass and XML forbids (https://www.w3.org/TR/xml/#charsets).
func clean(s string) string {
	return forbidden.Replace(report.Clean(s))
}

var forbidden = strings.NewReplacer("\ufffe", "\ufffd", "\uffff", "\ufffd")
