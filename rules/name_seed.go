package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// sources is what a value depends on: the parameters of the deployment, with
// a default or without, and what is known of its place. The keys are those of
// symbols, or names of parameters; the values are their texts for people.
type sources struct {
	of    map[string]string
	vague bool // it may depend on anything
}

func (s *sources) add(key, text string) {
	if s.of == nil {
		s.of = map[string]string{}
	}
	s.of[key] = text
}

func (s sources) has(key string) bool {
	_, ok := s.of[key]
	return ok
}

// symbols adds the symbols that the value is made from.
func (s *sources) symbols(v value.Value) {
	whole := eachBasis(v, func(sym *value.Symbol) {
		if sym.Target != nil {
			return // its id follows
		}
		switch sym.Reason {
		case value.ReasonUnsupported, value.ReasonLimit, value.ReasonError, value.ReasonSecret:
			s.vague = true
		default:
			s.add(sourceKey(sym))
		}
	})
	s.vague = s.vague || !whole || v.Flags&value.Secure != 0
}

// sourceKey makes all members of a parameter one source.
func sourceKey(s *value.Symbol) (key, text string) {
	if i := strings.Index(s.Text, "')"); strings.HasPrefix(s.Text, "parameters('") && i > 0 {
		return value.Fold(s.Text[:i+2]), s.Text[:i+2]
	}
	return s.Key, s.Text
}

// parameters adds those parameters among the stops of a value of r that are
// the caller's to choose: whose default is used, or whose argument stands in a
// parameter file.
func (p *Pass) parameters(s *sources, r *eval.Resource, stops []eval.Stop) {
	s.vague = s.vague || len(stops) >= eval.MaxSources
	root := rootOf(r.Instance)
	for _, stop := range stops {
		if stop.Kind == "default" && isDefaultOf(root.Template, stop) || stop.Kind == "argument" && p.inParameterFile(stop.At) {
			text := "parameters('" + stop.Name + "')"
			s.add(value.Fold(text), text)
		}
	}
}

func (p *Pass) inParameterFile(at value.Span) bool {
	f := p.Unit.File(at.Pos())
	return f != nil && template.KindOf(f.Tree()) == template.Parameters
}

// isDefaultOf tells whether a stop is the default of a parameter of a template,
// or a member of one.
func isDefaultOf(t *template.Template, s eval.Stop) bool {
	for _, p := range t.Parameters {
		if p.Default != nil && p.Name == s.Name {
			start, end := p.Default.Span()
			return start <= s.At.Pos() && s.At.EndPos() <= end
		}
	}
	return false
}

// rootOf is the instance that is deployed or assigned as a whole.
func rootOf(in *eval.Instance) *eval.Instance {
	for in.Parent != nil && (in.Embedded == "" || in.Parent.Embedded != "") {
		in = in.Parent
	}
	return in
}

// written is where a member is written, and where that is evaluated. Of a
// nested template that its parent evaluates both belong to the parent.
type written struct {
	tree template.Tree // nil if the resource has no such member
	env  eval.Env
}

// written finds the source of a member; false if it cannot be told.
func (p *Pass) written(r *eval.Resource, path ...string) (written, bool) {
	if _, ok := r.Decl.Tree.(*template.JSON); ok {
		return written{template.Path(r.Decl.Tree, path...), r.Env()}, true
	}
	v := r.Get(path...)
	node := nodeAt(p.Unit, v.At)
	if node.IsZero() {
		return written{}, v.Kind == value.Missing
	}
	for by := r.Instance.By; by != nil; by = by.Instance.By {
		if _, ok := by.Decl.Tree.(*template.JSON); ok {
			return written{&template.JSON{F: p.Unit.File(v.At.Pos()), N: node}, by.Env()}, true
		}
	}
	return written{}, false
}

// stops returns the stops of all that the member depends on.
func (w written) stops() []eval.Stop {
	if w.tree == nil {
		return nil
	}
	return w.env.Sources(w.tree)
}

// expression is the expression that the member is; nil if it is none.
func (w written) expression() *expr.Node {
	if t, ok := w.tree.(template.Parsed); ok {
		n, _ := t.Expression()
		return n
	}
	return nil
}

// calls tells whether the member is an expression with a call of the function.
func (w written) calls(function string) bool {
	found := false
	expr.Walk(w.expression(), func(n *expr.Node) bool {
		found = found || n.Kind == expr.Call && value.FoldEqual(n.Text, function)
		return !found
	})
	return found
}

// piece is one node of a parsed tree.
type piece struct {
	template.Parsed
	node *expr.Node
}

// Expression implements [template.Parsed].
func (t piece) Expression() (*expr.Node, *expr.Error) { return t.node, nil }

// namesHost tells whether a role assignment is of the type
// X/providers/roleAssignments, whose name begins with that of the host.
func namesHost(r *eval.Resource) bool {
	t, _ := r.Get("type").Str()
	return !value.FoldEqual(t, facts.RoleAssignments)
}

// splitHost takes the name of a role assignment on a host apart, where it is
// concat(host, '/Microsoft.Authorization/', name) or the like with format().
func splitHost(w written) (host, name written, ok bool) {
	n := w.expression()
	t, parsed := w.tree.(template.Parsed)
	if n == nil || !parsed || n.Kind != expr.Call {
		return written{}, written{}, false
	}
	part := func(args []*expr.Node) written {
		if len(args) == 1 {
			return written{piece{t, args[0]}, w.env}
		}
		return written{piece{t, &expr.Node{Kind: expr.Call, Text: "concat", Args: args}}, w.env}
	}
	const provider = "/microsoft.authorization/"
	last := len(n.Args) - 1
	switch {
	case value.FoldEqual(n.Text, "concat"):
		for i, a := range n.Args {
			if a.Kind == expr.String && strings.HasSuffix(value.Fold(a.Text), provider) && i > 0 && i < last {
				return part(n.Args[:i]), part(n.Args[i+1:]), true
			}
		}
	case value.FoldEqual(n.Text, "format") && last > 1 && n.Args[0].Kind == expr.String:
		if strings.HasSuffix(value.Fold(n.Args[0].Text), provider+"{"+value.OfInt(int64(last-1)).Number()+"}") {
			return part(n.Args[1:last]), part(n.Args[last:]), true
		}
	}
	return written{}, written{}, false
}
