package eval

import (
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// Query is an expression to be evaluated on its own, in a template that may
// give variables, functions and parameters.
type Query struct {
	Expression template.Tree
	Template   template.Tree  // nil: empty
	Level      template.Level // where it is deployed to; LevelUnknown: a resource group
	Copies     map[string]int64
	Default    string // the loop that a bare copyIndex() means
}

// Ask evaluates the query for cfg. A function that is not known fails.
func Ask(q Query, cfg Config) value.Value {
	u := newUnit(cfg)
	u.strict = true
	t := &template.Template{}
	if q.Template != nil {
		t = u.template(q.Template)
	}
	t.Level = q.Level
	in := u.newInstance(t, u.rootScope(q.Level), nil, nil)
	in.fileArguments(cfg.Arguments)
	for name, v := range cfg.Values {
		in.args = append(in.args, argument{name: name, value: v})
		if !declares(t, name) {
			t.Parameters = append(t.Parameters, &template.Parameter{Name: name, Nullable: true})
			in.params = append(in.params, cell{})
		}
	}
	u.dep.Root = in
	env := Env{in: in}
	for name, i := range q.Copies {
		if name != q.Default {
			env = env.bind(copyFrame, name, value.OfInt(i))
		}
	}
	if i, ok := q.Copies[q.Default]; ok {
		env = env.bind(outerFrame, q.Default, value.OfInt(i))
	}
	return env.Eval(q.Expression)
}

func declares(t *template.Template, name string) bool {
	for _, p := range t.Parameters {
		if value.FoldEqual(p.Name, name) {
			return true
		}
	}
	return false
}

// LevelNamed returns the level that a scope is called by.
func LevelNamed(name string) template.Level {
	switch value.Fold(name) {
	case "tenant":
		return template.TenantLevel
	case "managementgroup":
		return template.ManagementGroupLevel
	case "subscription":
		return template.SubscriptionLevel
	}
	return template.ResourceGroupLevel
}

// Data returns a tree as a value in which nothing is an expression.
func Data(t template.Tree) value.Value { return newUnit(Config{}).data(t) }

// FirstError returns the message of the first failed evaluation in v, its
// members included.
func FirstError(v value.Value) (string, bool) {
	var message string
	found := false
	visit(v, func(v value.Value) bool {
		if message, found = v.Err(); found && isSecure(v) {
			message = "the evaluation of a secure value fails"
		}
		return !found
	})
	return message, found
}

// FirstUnknown returns why something in v, its members included, is not
// known; "" if all of it is.
func FirstUnknown(v value.Value) string {
	why := ""
	visit(v, func(v value.Value) bool {
		if s := v.Why(); s != nil {
			why = s.Reason.String() + ": " + s.Text
			if s.Secret || isSecure(v) {
				why = "secret"
			}
		} else if v.Kind == value.Choice {
			why = "one of several values"
		}
		return why == ""
	})
	return why
}

// visit calls f for v and what is in it until f returns false. A container
// that stands in several places is looked at once.
func visit(v value.Value, f func(value.Value) bool) {
	w := visitor{f: f, seen: map[any]bool{}}
	w.visit(v)
}

type visitor struct {
	f    func(value.Value) bool
	seen map[any]bool
}

func (w *visitor) visit(v value.Value) bool {
	if !w.f(v) {
		return false
	}
	if a := v.Array(); a != nil && !w.seen[a] {
		w.seen[a] = true
		for i := range a.Len() {
			if !w.visit(a.At(i)) {
				return false
			}
		}
	}
	if o := v.Object(); o != nil && !w.seen[o] {
		w.seen[o] = true
		for _, m := range o.Values() {
			if !w.visit(m) {
				return false
			}
		}
	}
	for _, a := range choices(v) {
		if !w.visit(a.Value) {
			return false
		}
	}
	return true
}

func choices(v value.Value) []value.Alternative {
	if v.Kind == value.Choice {
		return v.Alternatives()
	}
	return nil
}
