package eval

import (
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// Deploy evaluates the document, a template or a policy definition, for cfg.
// The error is a [*LimitError] if the unit is too large.
func Deploy(doc template.Tree, kind template.DocumentKind, cfg Config) (*Deployment, error) {
	return newUnit(cfg).deploy(doc, kind)
}

func (u *unit) deploy(doc template.Tree, kind template.DocumentKind) (*Deployment, error) {
	err := Within(func() {
		if kind == template.PolicyDefinition {
			u.policies(doc)
			return
		}
		root := u.root(doc)
		root.expand()
		if u.early {
			u.dep.Resources = root.written(u.dep.Resources[:0])
		}
	})
	return u.dep, err
}

// Within runs what asks for values of a unit, which are evaluated only then. The
// error is the [*LimitError] of a unit that turns out to be too large.
func Within(f func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			l, ok := p.(*LimitError)
			if !ok {
				panic(p)
			}
			err = l
		}
	}()
	f()
	return nil
}

func (u *unit) root(doc template.Tree) *Instance {
	t := u.template(doc)
	in := u.newInstance(t, u.rootScope(t.Level), nil, nil)
	in.Path = u.cfg.Path
	in.fileArguments(u.cfg.Arguments)
	for name, v := range u.cfg.Values {
		in.args = append(in.args, argument{name: name, value: v.With(value.Supplied)})
	}
	u.dep.Root = in
	return in
}

// fileArguments takes the arguments of parameter files; the last file wins.
func (in *Instance) fileArguments(args []template.Argument) {
	var home *Instance
	for _, a := range args {
		at := value.Span{Start: int32(a.At), End: int32(a.At) + int32(len(a.Name)) + 2}
		switch {
		case a.Secret:
			in.args = append(in.args, argument{name: a.Name, secret: true, at: at, why: in.key})
		case a.Expression:
			if home == nil || home.Template.Tree != a.Home {
				home = in.home(a.Home)
			}
			in.args = append(in.args, argument{name: a.Name, tree: a.Value, env: Env{in: home}, at: at})
		case a.Value != nil:
			in.args = append(in.args, argument{name: a.Name, tree: a.Value, data: true, at: at})
		}
	}
}

// home is where the expressions of a parameter file are evaluated: with its own
// functions and variables, if it has some.
func (in *Instance) home(doc template.Tree) *Instance {
	if doc == nil {
		return in
	}
	out := in.u.newInstance(template.New(doc), in.Scope, nil, nil)
	out.Path, out.key = in.Path, in.key+"parameters."
	return out
}

// policies evaluates the templates that policy definitions embed.
func (u *unit) policies(doc template.Tree) {
	root := u.newInstance(&template.Template{Tree: doc, Level: template.SubscriptionLevel}, u.rootScope(template.SubscriptionLevel), nil, nil)
	root.Path = u.cfg.Path
	u.dep.Root = root
	for _, p := range template.Policies(doc) {
		root.remediation(nil, p)
	}
}
