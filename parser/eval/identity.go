package eval

import (
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// identity is the name of a resource and what follows from it. It is worked
// out when it is first asked for.
type identity struct {
	state      expansion
	apiVersion value.Value
	name       value.Value
	scope      value.Value
	id         value.Value
}

// APIVersion is the api version that the declaration gives.
func (r *Resource) APIVersion() value.Value { return r.identify().apiVersion }

// Name is the full name: with the names of the parents.
func (r *Resource) Name() value.Value { return r.identify().name }

// Scope is the id of what the resource is deployed to, or extends; "" is the
// tenant.
func (r *Resource) Scope() value.Value { return r.identify().scope }

// ID is the id of the resource.
func (r *Resource) ID() value.Value { return r.identify().id }

func (r *Resource) identify() *identity {
	i := &r.id
	switch i.state {
	case expanded:
		return i
	case expanding:
		bad := r.Instance.u.cycle("the name of the resource refers to the resource itself")
		return &identity{name: bad, scope: bad, id: bad}
	}
	i.state = expanding
	u := r.Instance.u
	cycles := u.cycles
	leave, ok := u.enter()
	if ok {
		r.work(i)
	} else {
		deep := limit("values nest too deeply")
		*i = identity{name: deep, scope: deep, id: deep}
	}
	leave()
	if i.state = expanded; u.spoilt(cycles) {
		i.state = unexpanded
	}
	return i
}

func (r *Resource) work(i *identity) {
	d := r.Decl
	i.apiVersion = r.env.Eval(d.APIVersion)
	i.name = r.env.Eval(d.Name)
	if i.name.IsNull() {
		i.name = value.OfSymbol(&value.Symbol{Reason: value.ReasonError, Key: "error:no name", Text: "the resource has no name"})
	}
	switch {
	case d.Import != "": // a resource of another provider: type@version, no ARM id
		i.scope = value.OfString("")
		i.id = value.Join(value.OfString(d.Import+":"+r.Type+"/"), value.OfString(r.Instance.key+d.Symbol), copyText(r.Copy))
	case isExtensionType(r.Type):
		r.legacyExtension(i)
	default:
		if r.Parent != nil && !r.inFull() {
			i.name = value.LiftTwo(r.Parent.Name(), i.name, func(parent, own value.Value) value.Value {
				return value.Join(parent, value.OfString("/"), own)
			})
		}
		i.scope = r.scope()
		i.id = joinID(i.scope, r.Type, i.name)
	}
}

// inFull tells whether a child was declared with its full type and name.
func (r *Resource) inFull() bool {
	typ, _ := r.env.Eval(r.Decl.Type).Str()
	return below(strings.Trim(typ, "/"), r.Parent.Type)
}

// below tells whether a type is spelled as one of children of another.
func below(typ, parent string) bool {
	n := len(parent)
	return len(typ) > n && typ[n] == '/' && value.FoldEqual(typ[:n], parent)
}

func copyText(n int) value.Value {
	if n < 0 {
		return value.OfString("")
	}
	return value.OfString("[" + strconv.Itoa(n) + "]")
}

// joinID builds an id from a full name, for each alternative that scope and
// name have.
func joinID(scope value.Value, typ string, name value.Value) value.Value {
	return value.LiftTwo(scope, name, func(scope, name value.Value) value.Value {
		return resourceid.Join(scope, typ, splitName(name, typ))
	})
}

// splitName splits a full name into the names that the type has. If the parts
// do not show them, each is a symbol of its own.
func splitName(name value.Value, typ string) []value.Value {
	want := strings.Count(typ, "/")
	if want <= 1 {
		return []value.Value{name}
	}
	segments, exact := name.Segments()
	if len(segments) == want {
		return segments
	}
	out := make([]value.Value, want)
	for i := range out {
		out[i] = value.Derived("segment", value.TypeString, name, value.OfInt(int64(i)))
		if s := out[i].Symbol(); s.Op != "" {
			s.Segment = true
			if s.Reason == value.ReasonUnsupported && exact {
				s.Reason = value.ReasonError
			}
		}
	}
	return out
}

// isExtensionType tells whether a type has the segment "providers" before its
// last one.
func isExtensionType(typ string) bool {
	for {
		segment, rest, more := strings.Cut(typ, "/")
		if !more {
			return false
		}
		if value.FoldEqual(segment, "providers") {
			return true
		}
		typ = rest
	}
}

// legacyExtension reads the old spellings of an extension resource, by type
// Parent/providers/extType and name parent/Namespace/extName, at the top level
// or among the resources of its parent.
func (r *Resource) legacyExtension(i *identity) {
	at := strings.LastIndex(value.Fold(r.Type), "providers/")
	host, ext := strings.TrimSuffix(r.Type[:at], "/"), r.Type[at+len("providers/"):]
	segments, _ := i.name.Segments()
	names := strings.Count(ext, "/") + 1
	if strings.Contains(ext, ".") { // the namespace stands in the type as well
		names--
	}
	if len(segments) <= names {
		names = len(segments) - 1
	}
	ns, ok := "", false
	if k := len(segments) - names - 1; k >= 0 && names > 0 {
		ns, ok = segments[k].Str()
	}
	if k := strings.IndexByte(ext, '/'); !ok && strings.Contains(ext, ".") && k > 0 {
		ns, ok = ext[:k], true
	}
	if !ok {
		ns = extensionNamespace(ext)
	}
	r.Type = ns + "/" + ext
	if strings.Contains(ext, ".") {
		r.Type = ext
	}
	r.extend(i, host, segments, names)
}

func extensionNamespace(ext string) string {
	switch value.Fold(ext) {
	case "roleassignments", "roledefinitions", "locks", "policyassignments":
		return "Microsoft.Authorization"
	case "diagnosticsettings":
		return "Microsoft.Insights"
	case "eventsubscriptions":
		return "Microsoft.EventGrid"
	}
	return "unknown"
}

// extend sets scope, name and id of a legacy extension resource.
func (r *Resource) extend(i *identity, host string, segments []value.Value, names int) {
	cut := max(len(segments)-names-1, 0)
	own := segments[min(cut+1, len(segments)):]
	if len(own) == 0 {
		own = []value.Value{i.name}
	}
	switch {
	case r.Parent != nil && (host == "" || cut == 0):
		i.scope = r.Parent.ID()
	case host == "":
		i.scope = r.Instance.scopeID()
	case strings.Count(host, "/") == cut:
		i.scope = resourceid.Join(r.Instance.scopeID(), host, segments[:cut])
	default:
		i.scope = resourceid.Join(r.Instance.scopeID(), host, splitName(value.Derived("host", value.TypeString, i.name), host))
	}
	i.name = resourceid.ID{Names: own}.Name()
	i.id = resourceid.Join(i.scope, r.Type, own)
}

// scope returns the id of what the resource is deployed to.
func (r *Resource) scope() value.Value {
	if r.Decl.Existing && (r.Decl.ResourceGroup != nil || r.Decl.SubscriptionID != nil) {
		return r.placed().ID()
	}
	if r.Decl.Scope != nil && !r.Is(deploymentsType) {
		v := r.env.Eval(r.Decl.Scope)
		if !v.IsNull() {
			return value.LiftOne(v, r.scopeID)
		}
	}
	if r.Parent != nil {
		return r.Parent.Scope()
	}
	if resourceid.Is(r.Type, "Microsoft.Management/managementGroups", "Microsoft.Subscription/aliases") {
		return value.OfString("")
	}
	if r.Is(deploymentsType) {
		return r.placed().ID()
	}
	return r.Instance.scopeID()
}

// scopeID turns a scope member into an id: "/" is the tenant, a path that
// begins with a type is relative to the deployment's scope.
func (r *Resource) scopeID(v value.Value) value.Value {
	if s, ok := v.Str(); ok && s == "/" {
		return value.OfString("")
	}
	prefix := v.Prefix()
	if prefix == "" || prefix[0] == '/' {
		return v
	}
	base := r.Instance.scopeID()
	if strings.HasPrefix(value.Fold(prefix), "microsoft.management/managementgroups/") {
		base = value.OfString("")
	}
	return value.Join(base, value.OfString("/providers/"), v)
}
