package bicep

import (
	"errors"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/template"
)

// Expression lowers a Bicep expression that stands alone. The offsets of a
// [syntax.Error] are those of the text.
func Expression(text string) (template.Tree, error) {
	const head = "var it = "
	f := syntax.Parse(head+text, false)
	for _, e := range f.Errors {
		e.Start, e.End = max(0, e.Start-int32(len(head))), max(0, e.End-int32(len(head)))
		return nil, &e
	}
	v, ok := f.Statements[0].(*syntax.Var)
	if !ok || len(f.Statements) != 1 || v.Type != nil {
		return nil, errors.New("one expression is expected")
	}
	p := NewProgram(nothing{})
	m := &model{p: p, file: f, base: 1}
	p.models["it.bicep"] = m
	m.path = "it.bicep"
	m.declare()
	m.bind()
	e := newEmitter(p, m)
	e.alone = true
	out := e.top().node(template.Expression)
	e.guard(e.top(), func() { out.expr = (&conv{e: e, m: m}).expr(v.Value) })
	if len(p.Unsupported) > 0 {
		return nil, errors.New("not understood: " + p.Unsupported[0].Name)
	}
	return out, nil
}

// nothing is no files.
type nothing struct{}

func (nothing) Bicep(string) (string, int, error)            { return "", 0, errNoFile }
func (nothing) JSON(string) (template.Tree, error)           { return nil, errNoFile }
func (nothing) Bytes(string) ([]byte, error)                 { return nil, errNoFile }
func (nothing) List(string) ([]string, error)                { return nil, errNoFile }
func (nothing) Cached(string, string) (template.Tree, error) { return nil, errNoFile }
