package facts

import (
	"go/token"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// stateRead is a reference(), list*() or the like in the text of a resource or of
// a variable that it uses.
type stateRead struct {
	target readTarget // what it names
	lazy   bool       // it may not be evaluated
}

// readTarget is a piece of an expression, to be evaluated on its own.
type readTarget struct {
	template.Parsed
	node *expr.Node
}

// Expression implements [template.Parsed].
func (a readTarget) Expression() (*expr.Node, *expr.Error) { return a.node, nil }

// looseText is an expression that stands in no file, such as a name of a member.
type looseText struct {
	template.Tree
	node *expr.Node
}

// Expression implements [template.Parsed].
func (t looseText) Expression() (*expr.Node, *expr.Error) { return t.node, nil }

// Offset implements [template.Parsed].
func (t looseText) Offset(int32) token.Pos { start, _ := t.Span(); return start }

type variableKey struct {
	in   *eval.Instance
	name string
}

// calls returns the calls in what is evaluated when r is deployed. A nested
// template counts if it is evaluated with its parent.
func (o *order) calls(r *eval.Resource) []stateRead {
	w := callWalker{order: o, env: r.Env(), in: r.Instance}
	for _, m := range r.Decl.Members {
		switch value.Fold(m.Name) {
		case "type", "apiversion", "name", "location", "dependson", "copy", "condition", "metadata":
			continue // Azure evaluates these before the deployment begins
		case "properties":
			if isNestedTemplate(r) && m.Value.Kind() == template.Object {
				w.deployment(m.Value, innerScope(r))
				continue
			}
		}
		w.tree(m.Value, false)
	}
	return w.found
}

func isNestedTemplate(r *eval.Resource) bool {
	return r.Is("Microsoft.Resources/deployments", "Microsoft.Resources/deploymentStacks")
}

// innerScope tells whether a nested template is evaluated on its own.
func innerScope(r *eval.Resource) bool {
	if r.Is("Microsoft.Resources/deploymentStacks") {
		return true
	}
	s, _ := r.Get("properties", "expressionEvaluationOptions", "scope").Str()
	return value.FoldEqual(s, "inner")
}

// callWalker collects calls.
type callWalker struct {
	order *order
	env   eval.Env
	in    *eval.Instance
	found []stateRead
}

func (w *callWalker) deployment(properties template.Tree, inner bool) {
	properties.Members(func(key string, _ token.Pos, v template.Tree) bool {
		if !inner || !value.FoldEqual(key, "template") || v.Kind() != template.Object {
			w.tree(v, false)
		}
		return true
	})
}

func (w *callWalker) tree(t template.Tree, lazy bool) {
	if t == nil {
		return
	}
	switch t.Kind() {
	case template.Object:
		t.Members(func(key string, _ token.Pos, v template.Tree) bool {
			w.text(key, v, lazy)
			w.tree(v, lazy)
			return true
		})
	case template.Array:
		t.Elements(func(v template.Tree) bool {
			w.tree(v, lazy)
			return true
		})
	default:
		if p, ok := t.(template.Parsed); !ok {
			w.text(t.Text(), t, lazy)
		} else if n, _ := p.Expression(); n != nil {
			w.expression(n, p, lazy)
		}
	}
}

// text reads an expression out of a text; at is where it stands.
func (w *callWalker) text(s string, at template.Tree, lazy bool) {
	if expr.FormOf(s) != expr.Expression {
		return
	}
	if n, err := expr.Parse(s, &expr.Arena{}); err == nil {
		w.expression(n, looseText{at, n}, lazy)
	}
}

func (w *callWalker) expression(n *expr.Node, in template.Parsed, lazy bool) {
	if n.Kind != expr.Call || len(n.Args) == 0 {
		w.all(n.Args, in, lazy)
		return
	}
	name := value.Fold(n.Text)
	switch {
	case readsState(name):
		w.found = append(w.found, stateRead{readTarget{in, n.Args[0]}, lazy})
	case name == "variables" && n.Args[0].Kind == expr.String:
		w.variable(n.Args[0].Text, lazy)
	case name == "if" && len(n.Args) == 3:
		w.choice(n, in, lazy)
		return
	case name == "and" || name == "or" || name == "coalesce":
		w.expression(n.Args[0], in, lazy)
		w.all(n.Args[1:], in, true)
		return
	case name == "lambda":
		lazy = true
	}
	w.all(n.Args, in, lazy)
}

func (w *callWalker) all(nodes []*expr.Node, in template.Parsed, lazy bool) {
	for _, n := range nodes {
		w.expression(n, in, lazy)
	}
}

// choice reads if(): of a branch that is not surely taken nothing is sure.
func (w *callWalker) choice(n *expr.Node, in template.Parsed, lazy bool) {
	w.expression(n.Args[0], in, lazy)
	taken, known := w.env.Eval(readTarget{in, n.Args[0]}).Bool()
	w.expression(n.Args[1], in, lazy || !known || !taken)
	w.expression(n.Args[2], in, lazy || !known || taken)
}

// readsState tells whether a function, in lower case, reads the state of the
// resource that its first argument names.
func readsState(name string) bool {
	return name == "reference" || name == "references" || name == "resourceinfo" ||
		strings.HasPrefix(name, "list") && !strings.Contains(name, ".")
}

// variable adds the calls in a variable, each of which is read once.
func (w *callWalker) variable(name string, lazy bool) {
	key := variableKey{w.in, value.Fold(name)}
	calls, done := w.order.variables[key]
	if !done {
		w.order.variables[key] = nil // against variables that use themselves
		in := callWalker{order: w.order, env: w.env, in: w.in}
		for _, v := range w.in.Template.Variables {
			switch {
			case !value.FoldEqual(v.Name, name):
			case v.Copy != nil:
				in.tree(v.Copy.Input, false)
			default:
				in.tree(v.Value, false)
			}
		}
		calls = in.found
		w.order.variables[key] = calls
	}
	for _, c := range calls {
		w.found = append(w.found, stateRead{c.target, c.lazy || lazy})
	}
}
