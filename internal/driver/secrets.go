package driver

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// masked returns a line with the literal values of secure parameters and
// other credentials blanked out.
func (p *places) masked(f *template.File, start, end int) string {
	line := f.Text[start:end]
	var b []byte
	for _, s := range p.secretsOf(f) {
		from, to := max(s.start, start), min(s.end, end)
		if from >= to {
			continue
		}
		if b == nil {
			b = []byte(line)
		}
		for i := from; i < to; i++ {
			b[i-start] = '*'
		}
	}
	if b != nil {
		return string(b)
	}
	return line
}

// secretsOf returns where literals for secure parameters stand in a file: as
// defaults, as arguments of modules, or in a parameter file.
func (p *places) secretsOf(f *template.File) []span {
	have, ok := p.secrets[f]
	if !ok {
		have = p.findSecrets(f)
		p.secrets[f] = have
	}
	return have
}

func (p *places) findSecrets(f *template.File) []span {
	s := secrets{f: f, seen: map[*template.Template]bool{}}
	if root := p.u.Deployment.Root; root != nil {
		s.defaults(root)
		for _, name := range p.params {
			if name == f.Name {
				s.file(root.Template.Parameters)
			}
		}
	}
	for _, r := range p.u.Deployment.Resources {
		if r.Nested != nil {
			s.defaults(r.Nested)
			s.arguments(template.Path(r.Decl.Properties, "parameters"), r.Nested.Template.Parameters)
		}
	}
	s.credentials(p.u)
	return s.out
}

// secrets collects the places of literal secrets in a file.
type secrets struct {
	f    *template.File
	seen map[*template.Template]bool
	out  []span
}

func (s *secrets) add(t template.Tree) {
	if t == nil || !holdsLiteral(t) {
		return
	}
	start, end := t.Span()
	s.span(value.Span{Start: int32(start), End: int32(end)})
}

// credentials adds what is a credential by its shape, and the passwords of
// resources.
func (s *secrets) credentials(u *facts.Unit) {
	for _, c := range facts.SecretsOf(s.f) {
		s.span(c.At)
	}
	for _, w := range facts.WrittenPasswords(u) {
		s.span(w.At)
	}
}

func (s *secrets) span(at value.Span) {
	if start := int(at.Start) - s.f.Base; start >= 0 && start < len(s.f.Text) {
		s.out = append(s.out, span{start, int(at.End) - s.f.Base})
	}
}

func (s *secrets) defaults(in *eval.Instance) {
	if s.seen[in.Template] {
		return
	}
	s.seen[in.Template] = true
	for _, param := range in.Template.Parameters {
		if param.Secure {
			s.add(param.Default)
			s.add(param.Allowed)
		}
	}
}

func (s *secrets) arguments(t template.Tree, params []*template.Parameter) {
	for _, param := range params {
		if param.Secure {
			s.add(template.Path(t, param.Name, "value"))
		}
	}
}

func (s *secrets) file(params []*template.Parameter) {
	for _, a := range template.NewParameterFile(s.f.Tree()).Arguments {
		for _, param := range params {
			if param.Secure && strings.EqualFold(param.Name, a.Name) {
				s.add(a.Value)
			}
		}
	}
}

// holdsLiteral tells whether a value is more than an expression over other
// values.
func holdsLiteral(t template.Tree) bool {
	if t.Kind() != template.String {
		return true
	}
	parsed, ok := t.(template.Parsed)
	if !ok {
		return true
	}
	n, _ := parsed.Expression()
	return n == nil || literalIn(n)
}

// literalIn tells whether an expression has a text that is no mere name.
func literalIn(n *expr.Node) bool {
	if n.Kind == expr.String {
		return true
	}
	if n.Kind == expr.Call && takesNames(strings.ToLower(n.Text)) {
		return false
	}
	for i, a := range n.Args {
		if !(n.Kind == expr.Index && i == 1) && literalIn(a) {
			return true
		}
	}
	return false
}

func takesNames(call string) bool {
	switch call {
	case "parameters", "variables", "reference", "lambdavariables", "copyindex":
		return true
	}
	return strings.HasPrefix(call, "list") || strings.HasSuffix(call, "resourceid")
}
