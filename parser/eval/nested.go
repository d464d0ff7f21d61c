package eval

import (
	"path"
	"strings"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

const deploymentsType = "Microsoft.Resources/deployments"

// placed returns the scope that a nested deployment (or an existing resource)
// names with resourceGroup, subscriptionId and scope.
//
// https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-to-resource-group
func (r *Resource) placed() resourceid.Scope {
	s := r.Instance.Scope
	if r.Decl.Scope != nil {
		if v := r.env.Eval(r.Decl.Scope); !v.IsNull() {
			id := r.scopeID(v)
			if t, ok := resourceid.ScopeOf(id, s); ok {
				return t
			}
			return resourceid.Scope{Level: resourceid.LevelUnknown, Whole: id}
		}
	}
	if v := r.env.Eval(r.Decl.SubscriptionID); !v.IsNull() {
		s = resourceid.Scope{Level: resourceid.Subscription, Subscription: onePart(v)}
	}
	if v := r.env.Eval(r.Decl.ResourceGroup); !v.IsNull() {
		s.Level, s.ResourceGroup = resourceid.ResourceGroup, onePart(v)
		if s.Subscription.Kind == value.Missing {
			s.Subscription = r.Instance.subscriptionID()
		}
	}
	return s
}

// onePart is v as one segment of an id.
func onePart(v value.Value) value.Value {
	s := v.Symbol()
	if s == nil || s.Segment || isErr(v) {
		return v
	}
	t := *s
	t.Segment = true
	return value.OfSymbol(&t).With(v.Flags)
}

// nested is what the resource deploys, nil if that is not known. An expression may
// read the outputs of a deployment that is written behind it: that is expanded
// then, before its turn.
func (r *Resource) nested() *Instance {
	if in := r.Instance; r.Nested == nil && !r.nests && in.state >= declared {
		leave, ok := in.u.enter()
		defer leave()
		if ok {
			in.u.early = true
			in.nest(r)
		}
	}
	return r.Nested
}

// nest reads and expands what the resource deploys or carries, once.
func (in *Instance) nest(r *Resource) {
	if r.Existing || r.nests {
		return
	}
	r.nests = true
	switch {
	case r.Is(deploymentsType):
		in.deploy(r)
	case r.Is("Microsoft.Resources/deploymentStacks"):
		in.stack(r)
	case r.Is("Microsoft.Authorization/policyDefinitions"):
		in.policy(r)
	case r.Is("Microsoft.Resources/templateSpecs/versions"):
		in.carry(r, "template spec", "properties", "mainTemplate")
	case r.Is("Microsoft.Solutions/applicationDefinitions"):
		in.carry(r, "managed application", "properties", "mainTemplate")
	case r.Is("Microsoft.Blueprint/blueprints/artifacts"):
		in.blueprint(r)
	}
}

// deploy handles Microsoft.Resources/deployments.
func (in *Instance) deploy(r *Resource) {
	if in.Depth() >= maxNesting {
		in.u.unsupported("deployments nested more than 64 levels", r.Decl.At)
		return
	}
	tree, link := template.Path(r.Decl.Properties, "template"), template.Path(r.Decl.Properties, "templateLink")
	if r.Decl.Properties != nil && r.Decl.Properties.Kind() != template.Object {
		in.u.unsupported("a nested deployment whose properties are an expression", r.Decl.At)
		return
	}
	switch {
	case tree != nil && tree.Kind() != template.Null:
		in.inline(r, tree)
	case link != nil:
		in.linked(r, link)
	}
}

// inline deploys a template that stands in the resource. In the inner scope
// it is a template of its own; in the outer scope, which is the default, the
// parent evaluates it first.
//
// https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates#expression-evaluation-scope-in-nested-templates
func (in *Instance) inline(r *Resource, tree template.Tree) {
	inner := false
	if t := template.Path(r.Decl.Properties, "expressionEvaluationOptions", "scope"); t != nil {
		s, _ := r.env.Eval(t).Str()
		inner = value.FoldEqual(s, "inner")
	}
	scope := r.placed()
	if !inner || tree.Kind() != template.Object {
		v := r.env.Eval(tree)
		if v.Kind != value.Object {
			in.u.unsupported("a nested template that is not known before the deployment", r.Decl.At)
			return
		}
		tree = valueTree{v}
	}
	child := in.u.newInstance(in.u.template(tree), scope, in, r)
	if !inner {
		if len(child.Template.Parameters) == 0 && len(child.Template.Resources) == 0 && len(child.Template.Outputs) == 0 {
			return
		}
	}
	child.arguments(r.env, template.Path(r.Decl.Properties, "parameters"))
	r.Nested = child
	child.expand()
}

// arguments reads the parameters member of a deployment.
func (in *Instance) arguments(env Env, t template.Tree) {
	if t == nil {
		return
	}
	if t.Kind() == template.Object {
		if at, c := template.MemberAt(t, "copy"); at == 0 || !isLoops(c) {
			in.argsTree, in.argsEnv = t, env
			return
		}
	}
	v := env.Eval(t)
	o := v.Object()
	if o == nil {
		in.argsWhy = v
		if v.Kind == value.Choice {
			in.argsWhy = value.Derived("arguments", value.TypeObject, v)
		}
		return
	}
	if o.Open != nil {
		in.argsWhy = value.OfSymbol(o.Open)
	}
	for i, m := range o.Names {
		in.args = append(in.args, argument{name: m.Name, at: m.At, value: in.unwrapped(m.Name, o.At(i))})
	}
}

// argumentTree returns the argument for the parameter called name out of a
// parameters member; false if it has none.
func (in *Instance) argumentTree(name string) (argument, bool) {
	at, v := template.MemberAt(in.argsTree, name)
	if v == nil {
		return argument{}, false
	}
	span := value.Span{Start: int32(at), End: int32(at) + int32(len(name)) + 2}
	switch a, ok := template.NewArgument(name, at, v); {
	case ok && a.Secret:
		return argument{name: name, secret: true, at: span, why: in.key}, true
	case ok && !hasLoops(v):
		return argument{name: name, tree: a.Value, env: in.argsEnv, at: span}, true
	}
	return argument{name: name, at: span, value: in.unwrapped(name, in.argsEnv.Eval(v))}, true
}

func hasLoops(t template.Tree) bool {
	c := template.Member(t, "copy")
	return c != nil && isLoops(c)
}

// unwrapped is the value of an argument out of the object {value} or
// {reference} that an evaluation yields.
func (in *Instance) unwrapped(name string, v value.Value) value.Value {
	return value.LiftOne(v, func(v value.Value) value.Value {
		o := v.Object()
		switch {
		case o == nil && v.Kind == value.Unknown:
			return value.Derived("argument "+name, value.TypeAny, v)
		case o == nil:
			return failf("the argument '%s' is no object with a value", name)
		case o.Index("reference") >= 0:
			s := argument{name: name, secret: true, why: in.key}
			return s.eval(in.u)
		}
		return o.Get("value")
	})
}

// linked deploys a template of another file, if that stands in the analysed
// tree.
func (in *Instance) linked(r *Resource, link template.Tree) {
	file, ok := in.linkedPath(r, link)
	if !ok || in.u.cfg.Loader == nil {
		return
	}
	if in.uses(file) {
		in.u.unsupported("a linked template that deploys itself", r.Decl.At)
		return
	}
	doc, err := in.u.cfg.Loader.Load(file)
	if err != nil {
		in.u.unsupported("a linked template that cannot be read", r.Decl.At)
		return
	}
	child := in.u.newInstance(in.u.template(doc.Tree), r.placed(), in, r)
	child.Path = doc.Path
	child.arguments(r.env, template.Path(r.Decl.Properties, "parameters"))
	in.linkedArguments(r, child)
	r.Nested = child
	child.expand()
}

// linkedArguments reads the parameter file that a deployment links to.
func (in *Instance) linkedArguments(r *Resource, child *Instance) {
	link := template.Path(r.Decl.Properties, "parametersLink")
	if link == nil {
		return
	}
	if file, ok := in.linkedPath(r, link); ok {
		if doc, err := in.u.cfg.Loader.Load(file); err == nil {
			child.fileArguments(template.NewParameterFile(doc.Tree).Arguments)
			return
		}
	}
	child.argsWhy = metadata(child.key+"parametersLink", "properties.parametersLink", value.TypeObject, false)
}

func (in *Instance) uses(file string) bool {
	for p := in; p != nil; p = p.Parent {
		if p.Path == file && (p.Parent == nil || p.Parent.Path != file) {
			return true
		}
	}
	return false
}

// linkedPath returns the path in the analysed tree that a link points to: by
// relativePath, or by an address over the place of the template itself.
func (in *Instance) linkedPath(r *Resource, link template.Tree) (string, bool) {
	if t := template.Member(link, "relativePath"); t != nil {
		if s, ok := r.env.Eval(t).Str(); ok {
			return clean(path.Dir(in.Path), strings.TrimPrefix(s, "/"))
		}
		in.u.unsupported("a relativePath that is not known", r.Decl.At)
		return "", false
	}
	t := template.Member(link, "uri")
	if t == nil {
		in.u.unsupported("a linked template without address, or a template spec", r.Decl.At)
		return "", false
	}
	if file, ok := besideTemplate(r.env.Eval(t)); ok {
		return file, true
	}
	in.u.unsupported("a linked template at an address outside of the analysed tree", r.Decl.At)
	return "", false
}

// besideTemplate reads an address over the place of a template: the place,
// then a path to a JSON file, then at most a query or a token.
func besideTemplate(v value.Value) (string, bool) {
	parts := v.Parts()
	if len(parts) < 2 || parts[0].Hole == nil || parts[1].Hole != nil {
		return "", false
	}
	dir, ok := parts[0].Hole.Target.(folder)
	file, query, more := strings.Cut(parts[1].Literal, "?")
	if !ok || !value.FoldEqual(path.Ext(file), ".json") || more && query == "" && len(parts) > 3 {
		return "", false
	}
	return clean(string(dir), strings.TrimLeft(file, "/"))
}

func clean(dir, file string) (string, bool) {
	if file == "" {
		return "", false
	}
	p := path.Join(dir, strings.ReplaceAll(file, "\\", "/"))
	return p, !strings.HasPrefix(p, "../")
}
