package access

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	model "github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// principals are who a grant may be for.
func (r *reader) principals(g *facts.Grant) []either[model.Principal] {
	if g.Principal.IsIdentity() || g.Principal.Value.Kind != value.Choice {
		return []either[model.Principal]{{is: r.principal(g.Principal, g)}}
	}
	all := alternatives(g.Principal.Value, func(v value.Value) model.Principal {
		return r.principal(facts.PrincipalOf(v), g)
	})
	some := slices.DeleteFunc(slices.Clone(all), func(p either[model.Principal]) bool { return p.is.Name == noPrincipal })
	if len(some) > 0 {
		return some
	}
	return all
}

// noPrincipal is what a principal is called that nobody is.
const noPrincipal = "‹no principal›"

// principal describes who a grant is for.
func (r *reader) principal(p facts.Principal, g *facts.Grant) model.Principal {
	p = r.mapped(p)
	if p.IsIdentity() {
		return r.identity(p)
	}
	switch {
	case g.Plane == facts.GraphAppRole && g.Path != "":
		return r.application(g.Resource)
	case g.Plane == facts.OtherPlane && p.Value.Kind == value.Missing:
		return model.Principal{
			Kind: model.OtherPrincipal, Name: "whoever creates an environment", Known: true,
			Key: r.key("creator", resourceid.Key(g.Resource.ID())),
		}
	}
	out := r.made(p.Value)
	if out.Name == "" {
		out = r.byID(p, g)
	}
	if out.Kind == "" {
		out.Kind = kindNamed(g)
	}
	if name := r.called(g); name != "" {
		out.Name = name + " (" + out.Name + ")"
	}
	return out
}

// mapped leads a principal to the identity that it is read from, where the
// facts are more careful: the map of user-assigned identities of a resource,
// and what has nothing but a principalId.
func (r *reader) mapped(p facts.Principal) facts.Principal {
	ref, path := eval.ReferenceOf(p.Value)
	if ref != nil && ref.List == "" && !ref.Full && ref.Resource() == nil && len(path) == 1 && value.FoldEqual(path[0], "principalId") {
		if _, other := resourceid.Parse(ref.ID); !other {
			return facts.Principal{Value: p.Value, Outside: ref.ID}
		}
	}
	if p.IsIdentity() || len(path) != 4 || !value.FoldEqual(path[1], "userAssignedIdentities") || !strings.HasPrefix(path[2], "/") {
		return p
	}
	id := value.OfString(path[2])
	if res := r.access.Unit.Deployment.Lookup(id); res != nil {
		return facts.Principal{Value: p.Value, Resource: res}
	}
	return facts.Principal{Value: p.Value, Outside: id}
}

// identity describes a managed identity.
func (r *reader) identity(p facts.Principal) model.Principal {
	key := p.Key()
	if out, ok := r.known[key]; ok {
		return out
	}
	id := p.Outside
	if p.Resource != nil {
		id = p.Resource.ID()
	}
	out := model.Principal{Kind: model.UserAssigned, ID: r.exact(id), Key: r.key("", key), Known: true}
	if p.System {
		out.Kind = model.SystemAssigned
	}
	switch other := r.otherType(p); {
	case p.Resource != nil:
		out.Name = r.name(p.Resource)
	case other != "":
		out.Name = r.nameOf(id) + " (" + other + ")"
	default:
		out.Name = r.nameOf(id)
	}
	if p.Resource == nil {
		out.Known = !strings.Contains(out.Name, "‹")
	}
	for _, at := range r.access.HostsOf(p) {
		out.Hosts = append(out.Hosts, r.host(at))
	}
	out.Hosts = distinct(out.Hosts)
	r.known[key] = out
	return out
}

// otherType is the type in the id of a user-assigned identity, if it is that of
// something else.
func (r *reader) otherType(p facts.Principal) string {
	id, ok := resourceid.Parse(p.Outside)
	if !ok || p.System || resourceid.Is(id.Type, facts.UserAssignedIdentities) {
		return ""
	}
	return r.Plain(id.Type)
}

// nameOf is the name in an id, or in each that it may be; the id itself if it
// shows none.
func (r *reader) nameOf(id value.Value) string {
	var names []string
	for _, alt := range id.Alternatives() {
		names = append(names, r.nameIn(alt.Value))
	}
	return strings.Join(names, " or ")
}

func (r *reader) nameIn(id value.Value) string {
	parsed, ok := resourceid.Parse(id)
	if !ok {
		return r.whole(id)
	}
	return r.whole(parsed.Name())
}

func (r *reader) host(at facts.Attachment) model.Host {
	return r.hostOf(at.Host, at.At, r.maybe(at.Host, at.When))
}

func (r *reader) hostOf(res *eval.Resource, at value.Span, maybe string) model.Host {
	return model.Host{Type: r.Plain(res.Type), Name: r.name(res), ID: r.exact(res.ID()), At: r.place(at, res), Maybe: maybe}
}

// distinct leaves out hosts that are told already.
func distinct(hosts []model.Host) []model.Host {
	seen := map[[3]string]bool{}
	var out []model.Host
	for _, h := range hosts {
		k := [3]string{h.Type, h.ID, h.Maybe}
		if !seen[k] {
			seen[k] = true
			out = append(out, h)
		}
	}
	return out
}

// made describes a principal that Azure makes for a resource, such as the
// kubelet identity of a cluster, or that a module gives out. It has no name if
// the value is read from something else.
func (r *reader) made(v value.Value) model.Principal {
	ref, path := eval.ReferenceOf(v)
	if ref == nil || ref.List != "" || len(path) < 2 {
		return model.Principal{}
	}
	of, ok := resourceid.Parse(ref.ID)
	if !ok {
		return model.Principal{}
	}
	out := model.Principal{ID: r.exact(ref.ID), Key: r.key("made", value.Key(v))}
	host := r.whole(of.Name())
	if n := len(path); value.FoldEqual(path[n-1], "value") && value.FoldEqual(path[0], "outputs") {
		out.Name = unknown("output " + r.Plain(strings.Join(path[1:n-1], ".")) + " of " + host)
		return out
	}
	if value.FoldEqual(path[0], "properties") && len(path) > 2 {
		path = path[1:]
	}
	out.Name, out.Known = r.Plain(strings.Join(path[:len(path)-1], "."))+" of "+host, true
	if strings.Contains(value.Fold(out.Name), "identity") {
		out.Kind = model.UserAssigned
	}
	if res := ref.Resource(); res != nil {
		out.Hosts = []model.Host{r.hostOf(res, rules.Head(res), "")}
	}
	return out
}

// byID describes a principal of which the object id is all there is.
func (r *reader) byID(p facts.Principal, g *facts.Grant) model.Principal {
	out := model.Principal{Name: r.whole(p.Value), ID: r.exact(p.Value)}
	s, literal := p.Value.Str()
	switch {
	case p.Value.IsNull() || literal && strings.TrimSpace(s) == "":
		out.Name, out.ID = noPrincipal, ""
	case literal && p.Value.Flags&value.Secure == 0:
		out.Known = facts.IsGUID(s) && s != nilGUID || strings.Contains(s, "@") // others wait to be filled in
	}
	out.Key = r.key("", keyOf(p, out.Known, g))
	return out
}

// nilGUID stands where an id is to be filled in.
const nilGUID = "00000000-0000-0000-0000-000000000000"

// kindNamed is the kind that the entry says its principal is of.
func kindNamed(g *facts.Grant) string {
	for _, name := range []string{"principalType", "type"} {
		s, _ := g.Entry.Get(name).Str()
		switch strings.ToLower(s) {
		case "serviceprincipal", "app", "application", "service":
			return model.ServicePrincipal
		case "group", "foreigngroup":
			return model.Group
		case "user":
			return model.User
		}
	}
	return model.OtherPrincipal
}

// called is the name that an entry gives its principal, for people.
func (r *reader) called(g *facts.Grant) string {
	for _, name := range []string{"principalIdDisplayName", "login", "principalName"} {
		if v := g.Entry.Get(name); v.Kind == value.String && g.Plane != facts.RBAC {
			return strings.TrimSpace(r.whole(v))
		}
	}
	return ""
}

// application describes an application that a template registers.
func (r *reader) application(res *eval.Resource) model.Principal {
	out := model.Principal{Kind: model.Application, ID: r.exact(res.ID()), Known: true, Key: r.key("application", resourceid.Key(res.ID()))}
	for _, v := range []value.Value{res.Get("properties", "displayName"), res.Get("properties", "uniqueName"), res.Name()} {
		if out.Name == "" && !v.IsNull() {
			out.Name = r.whole(v)
		}
	}
	return out
}
