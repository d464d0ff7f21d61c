package eval

import (
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// Reference is what a runtime value is read from.
type Reference struct {
	ID   value.Value   // of the resource, as far as known
	Full bool          // the whole resource, not its properties
	List string        // the name of the list*() function; "" for reference()
	Args []value.Value // of the list*() function, behind the resource

	dep *Deployment
	res *Resource
}

// Resource returns the resource of the deployment that is referred to, nil if
// it is not part of it.
func (r *Reference) Resource() *Resource {
	if r.res == nil && r.dep != nil {
		host, _ := hostOf(r.ID)
		r.res = r.dep.Lookup(host)
	}
	return r.res
}

// ReferenceOf returns the reference that v is read from and the members that
// lead from there to v; nil if v is no such value.
func ReferenceOf(v value.Value) (*Reference, []string) {
	if s := v.Symbol(); s != nil {
		if r, ok := s.Target.(*Reference); ok {
			return r, s.Path
		}
	}
	return nil, nil
}

// runtimeCall is the result of a function that only Azure can compute.
func runtimeCall(c *call, t value.Type) value.Value {
	return value.OfSymbol(&value.Symbol{
		Reason: value.ReasonRuntime, Type: t, Key: value.CallKey(c.fn.name, c.args), Text: expr.Print(c.node),
	})
}

func target(c *call) value.Value {
	c.args = c.x.all(c.node.Args)
	return runtimeCall(c, value.TypeAny)
}

// reference is reference(name, id or symbol, apiVersion, 'Full').
func reference(c *call) value.Value {
	if c.args[0].IsKnown() && c.args[0].Kind != value.String {
		return failf("reference() takes a name, an id or a symbolic name, not %s", kindName(c.args[0]))
	}
	full := false
	for _, a := range c.args[1:] {
		if s, ok := a.Str(); ok && strings.EqualFold(s, "full") {
			full = true
		}
	}
	r := c.x.refer(c.args[0])
	r.Full = full
	return runtime(r, expr.Print(c.node))
}

// refer resolves the first argument of reference() and list*(): a symbolic
// name, an id, or the name of a resource of the template.
func (x *evaluator) refer(v value.Value) *Reference {
	r := &Reference{ID: v, dep: x.in.u.dep}
	host, system := hostOf(v)
	name, ok := v.Str()
	if ok && !strings.HasPrefix(name, "/") {
		if r.res = x.in.named(name); r.res == nil && strings.Contains(name, "/") {
			r.res = x.in.relative(name)
		}
	} else if r.res = x.in.u.dep.Lookup(host); r.res == nil && !ok && !strings.HasPrefix(v.Prefix(), "/") {
		r.res = x.in.byName(v)
	}
	if r.res != nil {
		r.res.recordName()
		if r.ID = r.res.ID(); system {
			r.ID = value.Join(r.ID, value.OfString(systemIdentitySuffix))
		}
	}
	return r
}

// systemIdentitySuffix is the extension by which the system-assigned identity
// of a resource can be read.
const systemIdentitySuffix = "/providers/Microsoft.ManagedIdentity/Identities/default"

// hostOf returns the id of the resource whose system-assigned identity v
// names, else v and false.
func hostOf(v value.Value) (host value.Value, system bool) {
	parts := v.Parts()
	if len(parts) == 0 || parts[len(parts)-1].Hole != nil {
		return v, false
	}
	last := parts[len(parts)-1].Literal
	n := len(last) - len(systemIdentitySuffix)
	if n < 0 || !value.FoldEqual(last[n:], systemIdentitySuffix) {
		return v, false
	}
	cut := make([]value.Value, 0, len(parts))
	for _, p := range parts[:len(parts)-1] {
		if p.Hole != nil {
			cut = append(cut, value.OfSymbol(p.Hole))
		} else {
			cut = append(cut, value.OfString(p.Literal))
		}
	}
	return value.Join(append(cut, value.OfString(last[:n]))...), true
}

// IsSystemIdentity tells whether the reference reads the system-assigned
// identity of a resource through its extension resource.
func (r *Reference) IsSystemIdentity() bool {
	_, system := hostOf(r.ID)
	return r.List == "" && system
}

func runtime(r *Reference, text string) value.Value {
	key := "reference(" + resourceid.Key(r.ID) + ")"
	if r.Full {
		key += "full"
	}
	return value.OfSymbol(&value.Symbol{
		Reason: value.ReasonRuntime, Type: value.TypeObject, NotNull: true, Key: key, Text: text, Target: r,
	})
}

// accessReference is a member of a runtime value. Outputs of deployments that
// are part of the unit are followed; what is fixed by the declaration is
// known.
func (x *evaluator) accessReference(base value.Value, r *Reference, name string) value.Value {
	s := base.Symbol()
	path := append(append([]string(nil), s.Path...), name)
	if v, ok := x.followed(r, path); ok {
		return v
	}
	t := &value.Symbol{
		Reason: s.Reason, Secret: s.Secret, Key: s.Key + "." + value.Fold(name), Text: s.Text + "." + name,
		Target: r, Path: path,
	}
	if value.FoldEqual(name, "principalId") || value.FoldEqual(name, "clientId") || value.FoldEqual(name, "tenantId") {
		t.Type, t.Segment, t.NotNull = value.TypeString, true, true
	}
	return value.OfSymbol(t)
}

func (x *evaluator) followed(r *Reference, path []string) (value.Value, bool) {
	res := r.Resource()
	if res == nil {
		return value.None, false
	}
	if r.Full && len(path) == 1 {
		switch value.Fold(path[0]) {
		case "resourceid", "id":
			return res.ID(), true
		case "type":
			return value.OfString(res.Type), true
		case "name":
			return res.Name(), true
		}
	}
	rest := path
	if r.Full {
		if len(path) == 0 || !value.FoldEqual(path[0], "properties") {
			return value.None, false
		}
		rest = path[1:]
	}
	if len(rest) != 3 || !value.FoldEqual(rest[0], "outputs") || !value.FoldEqual(rest[2], "value") {
		return value.None, false
	}
	in := res.nested()
	if in == nil {
		return value.None, false
	}
	return in.Output(rest[1])
}

// references is references(symbol) over a loop of resources.
func references(c *call) value.Value {
	name, ok := c.args[0].Str()
	if !ok {
		return runtimeCall(c, value.TypeArray)
	}
	full := len(c.args) > 1
	var out []value.Value
	for _, res := range c.x.in.declared(name) {
		if value.FoldEqual(res.Decl.Symbol, name) && res.State != NotDeployed {
			out = append(out, runtime(&Reference{ID: res.ID(), Full: full, dep: c.x.in.u.dep, res: res}, expr.Print(c.node)+"["+strconv.Itoa(len(out))+"]"))
		}
	}
	if len(out) == 0 {
		return runtimeCall(c, value.TypeArray)
	}
	return value.OfArray(out)
}

// resourceInfo is {id, name, type, apiVersion} of a symbolic name.
func resourceInfo(c *call) value.Value {
	name, ok := c.args[0].Str()
	if ok {
		if res := c.x.in.named(name); res != nil {
			res.recordName()
			return place("", "", "id", res.ID(), "name", res.Name(), "type", res.Type, "apiVersion", res.APIVersion())
		}
	}
	return runtimeCall(c, value.TypeObject)
}

// list is list*(): secret unless only outputs of a deployment are listed.
func (x *evaluator) list(n *expr.Node) value.Value {
	args := x.all(n.Args)
	if len(args) < 1 {
		return failf("%s() takes the name or id of a resource", n.Text)
	}
	for _, a := range args {
		if isErr(a) {
			return a
		}
	}
	r := x.refer(args[0])
	r.List, r.Args = n.Text, args[1:]
	return value.OfSymbol(&value.Symbol{
		Reason: value.ReasonRuntime, Type: value.TypeAny, NotNull: true, Secret: true,
		Key: value.Fold(n.Text) + "(" + resourceid.Key(r.ID) + ")", Text: expr.Print(n), Target: r,
	})
}

// roleDefinitions is a built-in role by its name: a symbol that names it.
func roleDefinitions(c *call) value.Value {
	name, ok := c.args[0].Str()
	if !ok {
		if c.args[0].IsKnown() {
			return failf("roleDefinitions() takes the name of a role, not %s", kindName(c.args[0]))
		}
		return c.derived()
	}
	role := &value.Symbol{
		Reason: value.ReasonRole, Type: value.TypeString, Segment: true, NotNull: true,
		Key: "role:" + value.Fold(name), Text: name,
	}
	id := resourceid.Join(c.x.in.roleScope(), "Microsoft.Authorization/roleDefinitions", []value.Value{value.OfSymbol(role)})
	return place("", "", "id", id, "roleDefinitionId", value.OfSymbol(role))
}

func (in *Instance) roleScope() value.Value {
	if in.Scope.Subscription.Kind == value.Missing {
		return value.OfString("")
	}
	return in.Scope.SubscriptionID()
}
