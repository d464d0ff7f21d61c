package edit

import (
	"slices"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
)

// Secure makes the parameter secure whose type stands at the span.
func (f *File) Secure(at value.Span) []source.Edit {
	s := f.span(at)
	for _, st := range f.tree.Statements {
		p, ok := st.(*syntax.Param)
		if !ok || p.Type == nil || s.Start < p.Start || s.End > p.End {
			continue
		}
		if !securable(p.Type) || f.directed(p.Start) || !f.begins(p.Start) {
			return nil
		}
		return f.insert(p.Start, "@secure()"+f.lineBreak()+f.indent(p.Start))
	}
	return nil
}

// securable tells whether a type is one that @secure() is for.
func securable(t syntax.Type) bool {
	if n, ok := t.(*syntax.TypeNullable); ok {
		t = n.X
	}
	n, ok := t.(*syntax.TypeName)
	return ok && n.Base == nil && (n.Name == "string" || n.Name == "object")
}

// Principal reads the principal of an identity of the file where its id is read.
func (f *File) Principal(at value.Span) []source.Edit {
	p, ok := f.find(f.span(at)).expr.(*syntax.Property)
	if !ok || p.Safe || p.Name.Text != "id" {
		return nil
	}
	base := p.Base
	if i, ok := base.(*syntax.Index); ok && !i.Safe && !i.FromEnd {
		base = i.Base
	}
	v, ok := base.(*syntax.Variable)
	if !ok || !f.resourceNamed(v.Name) {
		return nil
	}
	return f.edits(p.Name.Span, "properties.principalId")
}

// Wait makes the resource whose type stands at one span wait for the one whose
// type stands at another: both are declared in the file, neither in another one,
// and that it waits for is no loop.
func (f *File) Wait(at, target value.Span) []source.Edit {
	d, to := f.declaredAt(f.span(at)), f.declaredAt(f.span(target))
	if d == nil || to == nil || d.nested || to.nested || len(to.locals) > 0 || d.name == to.name || slices.Contains(d.locals, to.name) {
		return nil
	}
	item := d.body.Get("dependsOn")
	if item == nil {
		return f.newWait(d, to.name)
	}
	list, ok := item.Value.(*syntax.Array)
	if !ok || f.commented(list.Span) && len(list.Items) == 0 {
		return nil
	}
	if len(list.Items) == 0 {
		return f.edits(list.Span, "["+f.lines(item, to.name)+"]")
	}
	return f.behind(list.Items[len(list.Items)-1], to.name)
}

// newWait writes dependsOn at the end of a declaration.
func (f *File) newWait(d *declaration, name string) []source.Edit {
	if len(d.body.Items) == 0 {
		return nil
	}
	item := d.body.Items[len(d.body.Items)-1]
	return f.behind(item, "dependsOn: ["+f.lines(item, name)+"]")
}

// lines is a text on a line of its own within a member, if members have lines of
// their own.
func (f *File) lines(item *syntax.Item, text string) string {
	if !f.begins(item.Start) {
		return text
	}
	l := f.layout(item.Start)
	return l.open + text + l.end
}
