package lock

import (
	"fmt"

	"github.com/tidwall/gjson"

	builtin "github.com/rolecall/rolecall/internal/access"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/report/access"
)

// whole reads the outermost object.
func (r *reader) whole(v gjson.Result) *access.Access {
	if found := v.Get("version"); v.IsObject() && found.Type == gjson.Number && found.Num > Version {
		r.fail(found.Index, fmt.Sprintf("the file is of version %s, this rolecall reads version %d; use a newer one", found.Raw, Version))
	}
	m := r.object(v, []string{"version", "grants"}, []string{"identities", "undecided", "coverage"})
	if r.number(m["version"]) != Version {
		r.fail(m["version"].Index, fmt.Sprintf("the version must be %d", Version))
	}
	a := &access.Access{Complete: true}
	r.each(m["grants"], func(v gjson.Result) { a.Grants = append(a.Grants, r.grants(v)...) })
	r.each(m["identities"], func(v gjson.Result) { a.Identities = append(a.Identities, r.identity(v)) })
	r.each(m["undecided"], func(v gjson.Result) { a.Coverage.Undecided = append(a.Coverage.Undecided, r.undecided(v)...) })
	if c := m["coverage"]; c.Exists() {
		a.Coverage.Grants = r.coverage(c)
	}
	return a
}

// grants reads a block: one grant for each template that makes it.
func (r *reader) grants(v gjson.Result) []access.Grant {
	m := r.object(v, []string{"principal", "role", "scope", "templates"}, []string{"plane", "condition", "deployedIf", "note", "parameterSets", "principals"})
	g := access.Grant{
		Plane: access.AzureRole, Principal: r.principal(m["principal"]), Role: r.role(m["role"]), Scope: r.scope(m["scope"]),
		Condition: r.str(m["condition"]), Maybe: r.str(m["deployedIf"]), Note: r.str(m["note"]), Sets: r.texts(m["parameterSets"]),
		At: r.place(v),
	}
	if plane := r.str(m["plane"]); plane != "" {
		g.Plane = plane
	}
	templates := r.texts(m["templates"])
	if len(templates) == 0 {
		r.fail(m["templates"].Index, "a grant is made by one template at least")
	}
	principals := max(1, r.number(m["principals"]))
	if r.told += principals * len(templates); r.told > maxCount {
		r.fail(v.Index, fmt.Sprintf("there are more than %d grants", maxCount))
		return nil
	}
	key := g.Principal.Key
	var out []access.Grant
	for _, t := range templates {
		g.Root = t
		for i := range principals {
			g.Principal.Key = fmt.Sprint(key, " ", i)
			out = append(out, g)
		}
	}
	return out
}

func (r *reader) principal(v gjson.Result) access.Principal {
	m := r.object(v, []string{"kind", "name"}, []string{"id", "known"})
	p := access.Principal{Kind: r.str(m["kind"]), Name: r.str(m["name"]), ID: r.str(m["id"]), Known: r.flag(m["known"], true)}
	p.Key = p.Kind + " " + p.Name + " " + p.ID
	return p
}

// role reads a role. What built-in roles permit is known by their ids.
func (r *reader) role(v gjson.Result) access.Role {
	m := r.object(v, []string{"name", "power"}, []string{"id", "known", "custom", "permissions"})
	power, ok := access.PowerNamed(r.str(m["power"]))
	if !ok {
		r.fail(m["power"].Index, fmt.Sprintf("there is no power %s", m["power"].Raw))
	}
	out := access.Role{
		Name: r.str(m["name"]), ID: r.str(m["id"]), Power: power,
		Known: r.flag(m["known"], true), Custom: r.flag(m["custom"], false),
	}
	r.each(m["permissions"], func(v gjson.Result) { out.Permissions = append(out.Permissions, r.permissions(v)) })
	if built, ok := builtin.BuiltIn(out.ID); ok && !out.Custom {
		out.Known, out.Permissions, out.Evidence = built.Known, built.Permissions, built.Evidence
	}
	return out
}

func (r *reader) permissions(v gjson.Result) access.Permissions {
	m := r.object(v, nil, []string{"actions", "notActions", "dataActions", "notDataActions", "condition"})
	return access.Permissions{
		Actions: r.texts(m["actions"]), NotActions: r.texts(m["notActions"]),
		DataActions: r.texts(m["dataActions"]), NotDataActions: r.texts(m["notDataActions"]), Condition: r.str(m["condition"]),
	}
}

func (r *reader) scope(v gjson.Result) access.Scope {
	m := r.object(v, nil, []string{"level", "type", "name", "id"})
	return access.Scope{Level: r.str(m["level"]), Type: r.str(m["type"]), Name: r.str(m["name"]), ID: r.str(m["id"])}
}

func (r *reader) identity(v gjson.Result) access.Identity {
	m := r.object(v, []string{"name", "id"}, []string{"declared", "hosts"})
	id := access.Identity{
		Principal: access.Principal{Kind: access.UserAssigned, Name: r.str(m["name"]), ID: r.str(m["id"]), Known: true},
		Declared:  r.flag(m["declared"], false), At: r.place(v),
	}
	id.Principal.Key = id.Principal.ID
	r.each(m["hosts"], func(v gjson.Result) {
		h := r.object(v, []string{"type", "name", "id"}, []string{"deployedIf"})
		id.Principal.Hosts = append(id.Principal.Hosts, access.Host{
			Type: r.str(h["type"]), Name: r.str(h["name"]), ID: r.str(h["id"]), Maybe: r.str(h["deployedIf"]), At: r.place(v),
		})
	})
	return id
}

// maxCount bounds the grants and declarations of a file.
const maxCount = 1 << 16

func (r *reader) undecided(v gjson.Result) []report.Undecided {
	m := r.object(v, []string{"type", "state", "count"}, []string{"symbol", "reason"})
	u := report.Undecided{
		Kind: report.KindGrant, State: r.str(m["state"]), Reason: r.str(m["reason"]), At: r.place(v),
		Resource: report.Resource{Type: r.str(m["type"]), Symbol: r.str(m["symbol"])},
	}
	n := r.number(m["count"])
	if r.told += n; n < 1 || r.told > maxCount {
		r.fail(m["count"].Index, fmt.Sprintf("a count of 1 and more is expected here, and no more than %d in all", maxCount))
		return nil
	}
	out := make([]report.Undecided, n)
	for i := range out {
		out[i] = u
	}
	return out
}

func (r *reader) coverage(v gjson.Result) report.Tally {
	m := r.object(v, []string{"total", "decided"}, []string{"parameter", "notDeployed", "runtime", "notUnderstood", "limit"})
	return report.Tally{
		Total: r.number(m["total"]), Decided: r.number(m["decided"]), Parameter: r.number(m["parameter"]),
		NotDeployed: r.number(m["notDeployed"]), Runtime: r.number(m["runtime"]),
		NotUnderstood: r.number(m["notUnderstood"]), Limit: r.number(m["limit"]),
	}
}
