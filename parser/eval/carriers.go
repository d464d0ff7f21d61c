package eval

import (
	"go/token"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

type posT = token.Pos

// somewhere is the scope of a template that is deployed later, by someone
// else: of the template's level, its place unknown.
func (in *Instance) somewhere(l template.Level, key string) resourceid.Scope {
	return resourceid.Scope{
		Level:           levelOf(l),
		ManagementGroup: metadata(key+"managementGroup", "managementGroup().name", value.TypeString, true),
		Subscription:    metadata(key+"subscription", "subscription().subscriptionId", value.TypeString, true),
		ResourceGroup:   metadata(key+"resourceGroup", "resourceGroup().name", value.TypeString, true),
	}
}

// embed adds a template that a resource carries, to be deployed later.
func (in *Instance) embed(r *Resource, what string, t template.Tree, scope *template.Level) *Instance {
	child := in.u.newInstance(in.u.template(t), resourceid.Scope{}, in, r)
	level := child.Template.Level
	if scope != nil {
		level = *scope
	}
	child.Scope = in.somewhere(level, child.key)
	child.Embedded = what
	return child
}

// carry embeds a template that the parent evaluates first, as part of the
// body that carries it.
func (in *Instance) carry(r *Resource, what string, path ...string) {
	v := r.Get(path...)
	if v.Kind != value.Object {
		if !v.IsNull() {
			in.u.unsupported("the template of a "+what+" that is not known", r.Decl.At)
		}
		return
	}
	r.Nested = in.embed(r, what, valueTree{v}, nil)
	r.Nested.expand()
}

// stack is a deployment stack: its template is evaluated on its own.
func (in *Instance) stack(r *Resource) {
	tree := template.Path(r.Decl.Properties, "template")
	if tree == nil || tree.Kind() != template.Object {
		if tree != nil && tree.Kind() != template.Null {
			in.u.unsupported("the template of a deployment stack that is not known", r.Decl.At)
		}
		return
	}
	child := in.u.newInstance(in.u.template(tree), in.Scope, in, r)
	if s := r.Get("properties", "deploymentScope"); s.Kind == value.String || s.Kind == value.Text {
		if to, ok := resourceid.ScopeOf(s, in.Scope); ok {
			child.Scope = to
		}
	}
	child.arguments(r.env, template.Path(r.Decl.Properties, "parameters"))
	r.Nested = child
	child.expand()
}

func (in *Instance) blueprint(r *Resource) {
	kind, _ := r.Get("kind").Str()
	tree := template.Path(r.Decl.Properties, "template")
	if !value.FoldEqual(kind, "template") || tree == nil || tree.Kind() != template.Object {
		return
	}
	r.Nested = in.embed(r, "blueprint", tree, nil)
	r.Nested.expand()
}

// policy embeds the template of a policy definition that is a resource. The
// resource's body is evaluated first.
func (in *Instance) policy(r *Resource) {
	props := r.Get("properties")
	if props.Kind != value.Object {
		return
	}
	p, ok := template.NewPolicy(valueTree{props})
	if ok {
		in.remediation(r, p)
	}
}

// remediation embeds the template that a policy deploys to mend a resource.
func (in *Instance) remediation(r *Resource, p template.Policy) {
	if p.Deployment == nil {
		return
	}
	tree := template.Path(p.Deployment, "properties", "template")
	if tree == nil || tree.Kind() != template.Object {
		return
	}
	level := template.ResourceGroupLevel
	if value.FoldEqual(p.Scope, "subscription") {
		level = template.SubscriptionLevel
	}
	child := in.embed(r, "policy definition", tree, &level)
	child.policyArguments(template.Path(p.Deployment, "properties", "parameters"))
	if r != nil {
		r.Nested = child
	}
	child.expand()
}

// policyArguments reads the arguments that a policy gives to its template.
// Their expressions are the policy's own language: what they yield is only
// known when the policy mends something.
func (in *Instance) policyArguments(t template.Tree) {
	if t == nil || t.Kind() != template.Object {
		return
	}
	t.Members(func(key string, at posT, v template.Tree) bool {
		a, ok := template.NewArgument(key, at, v)
		span := value.Span{Start: int32(at), End: int32(at) + int32(len(key)) + 2}
		arg := argument{name: key, at: span}
		switch {
		case a.Secret:
			arg.secret, arg.why = true, in.key
		case ok && isConstant(a.Value):
			arg.tree, arg.data = a.Value, true
		default:
			arg.value = value.OfSymbol(&value.Symbol{
				Reason: value.ReasonParameter, NotNull: true,
				Key: in.key + "policy:" + value.Fold(key), Text: "parameters('" + key + "')",
			})
		}
		in.args = append(in.args, arg)
		return true
	})
}

// isConstant tells whether nothing in t is an expression.
func isConstant(t template.Tree) bool {
	ok := true
	switch t.Kind() {
	case template.String:
		ok = expr.FormOf(t.Text()) == expr.Literal
	case template.Array:
		t.Elements(func(v template.Tree) bool { ok = ok && isConstant(v); return ok })
	case template.Object:
		t.Members(func(_ string, _ posT, v template.Tree) bool { ok = ok && isConstant(v); return ok })
	case template.Unknown, template.Expression:
		ok = false
	}
	return ok
}
