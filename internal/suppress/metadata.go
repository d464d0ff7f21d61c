package suppress

import (
	"fmt"
	"math"

	"github.com/rolecall/rolecall/internal/names"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/report"
)

// metadata are the directives in the metadata of a file.
func metadata(f *source.File) []Directive {
	if !f.HasName("rolecall") {
		return nil
	}
	m := &metadataReader{}
	if root := f.Root(); root.Kind() == source.Object {
		m.holder(root, Span{0, math.MaxInt})
	}
	return m.out
}

type metadataReader struct{ out []Directive }

// visit looks for objects that have metadata.
func (m *metadataReader) visit(n source.Node) {
	for e := range n.Elements() {
		m.visit(e)
	}
	if n.Kind() == source.Object {
		m.holder(n, Span{n.Start(), n.End()})
	}
}

func (m *metadataReader) holder(n source.Node, scope Span) {
	for key, v := range n.Members() {
		if source.FoldEqual(key.Text(), "metadata") {
			if _, own := v.Member("rolecall"); !own.IsZero() {
				m.own(own, scope)
			}
		}
		m.visit(v)
	}
}

// own reads what stands below "rolecall".
func (m *metadataReader) own(n source.Node, scope Span) {
	if n.Kind() != source.Object {
		m.fault(n, `metadata of rolecall is written {"ignore": [{"rule": "…", "reason": "…"}]}`)
		return
	}
	for key, v := range n.Members() {
		switch {
		case key.Text() != word:
			m.fault(key, unknown(key.Text(), word))
		case v.Kind() != source.Array:
			m.fault(v, `"ignore" is an array of objects with the keys "rule" and "reason"`)
		default:
			for e := range v.Elements() {
				m.entry(e, scope)
			}
		}
	}
}

func (m *metadataReader) entry(n source.Node, scope Span) {
	d := Directive{By: report.ByMetadata, Span: spanOf(n), Scope: scope}
	if n.Kind() != source.Object {
		d.Fault = `an entry of "ignore" is an object with the keys "rule" and "reason"`
	}
	for key, v := range n.Members() {
		switch key.Text() {
		case "rule":
			d.rules(v)
		case "reason":
			d.Reason = reason(v.Text())
		default:
			d.Fault = unknown(key.Text(), "rule", "reason")
		}
	}
	if len(d.Names) == 0 && d.Fault == "" {
		d.Fault = `the entry of "ignore" names no rule: it needs the key "rule"`
	}
	m.out = append(m.out, d)
}

// rules reads a name, or an array of them.
func (d *Directive) rules(n source.Node) {
	if n.Kind() == source.String {
		d.Names = append(d.Names, Name{n.Text(), spanOf(n)})
		return
	}
	for e := range n.Elements() {
		if e.Kind() != source.String {
			d.Fault = `"rule" is a rule, or an array of rules`
			return
		}
		d.Names = append(d.Names, Name{e.Text(), spanOf(e)})
	}
}

func (m *metadataReader) fault(n source.Node, message string) {
	m.out = append(m.out, Directive{By: report.ByMetadata, Span: spanOf(n), Fault: message})
}

func unknown(key string, known ...string) string {
	if near := names.Nearest(key, known...); near != "" {
		return fmt.Sprintf("there is no key %q in metadata of rolecall; did you mean %q?", key, near)
	}
	return fmt.Sprintf("there is no key %q in metadata of rolecall", key)
}

func spanOf(n source.Node) Span { return Span{n.Start(), n.End()} }
