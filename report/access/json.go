package access

import (
	"io"

	"github.com/rolecall/rolecall/report"
)

// JSON writes the access as the object that the package documentation describes.
func JSON(w io.Writer, a *Access, _ report.Options) error {
	doc := jsonAccess{
		Version: a.Version, Tables: a.TablesDate,
		Grants: make([]jsonGrant, len(a.Grants)), Identities: make([]jsonIdentity, len(a.Identities)),
		Outcome: report.NewOutcome(&a.Coverage, a.Problems, a.Complete),
	}
	for i := range a.Grants {
		doc.Grants[i] = toJSONGrant(&a.Grants[i])
	}
	granted := map[string]bool{}
	for _, g := range a.Grants {
		granted[g.Principal.Key] = true
	}
	for i := range a.Identities {
		id := &a.Identities[i]
		doc.Identities[i] = jsonIdentity{toJSONPrincipal(&id.Principal), granted[id.Principal.Key], id.At.File, id.At.Range()}
	}
	return report.Encode(w, doc)
}

type jsonAccess struct {
	Version    string         `json:"version"`
	Tables     string         `json:"tables"`
	Grants     []jsonGrant    `json:"grants"`
	Identities []jsonIdentity `json:"identities"`
	report.Outcome
}

type jsonGrant struct {
	Plane         string        `json:"plane"`
	Principal     jsonPrincipal `json:"principal"`
	Role          jsonRole      `json:"role"`
	Scope         jsonScope     `json:"scope"`
	Condition     string        `json:"condition"`
	DeployedIf    string        `json:"deployedIf"`
	Note          string        `json:"note"`
	Resource      jsonResource  `json:"resource"`
	Modules       []string      `json:"modules"`
	Template      string        `json:"template"`
	File          string        `json:"file"`
	Range         any           `json:"range"`
	ParameterSets []string      `json:"parameterSets"`
	Count         int           `json:"count"`
}

type jsonPrincipal struct {
	Kind  string     `json:"kind"`
	Name  string     `json:"name"`
	ID    string     `json:"id"`
	Key   string     `json:"key"`
	Known bool       `json:"known"`
	Hosts []jsonHost `json:"hosts"`
}

type jsonHost struct {
	Type       string `json:"type"`
	Name       string `json:"name"`
	ID         string `json:"id"`
	DeployedIf string `json:"deployedIf"`
	File       string `json:"file"`
	Range      any    `json:"range"`
}

type jsonRole struct {
	Name        string            `json:"name"`
	ID          string            `json:"id"`
	Custom      bool              `json:"custom"`
	Known       bool              `json:"known"`
	Power       string            `json:"power"`
	Evidence    string            `json:"evidence"`
	Permissions []jsonPermissions `json:"permissions"`
}

type jsonPermissions struct {
	Actions        []string `json:"actions"`
	NotActions     []string `json:"notActions"`
	DataActions    []string `json:"dataActions"`
	NotDataActions []string `json:"notDataActions"`
	Condition      string   `json:"condition"`
}

type jsonScope struct {
	Level string `json:"level"`
	Type  string `json:"type"`
	Name  string `json:"name"`
	ID    string `json:"id"`
}

type jsonResource struct {
	Type    string `json:"type"`
	Name    string `json:"name"`
	Pointer string `json:"pointer"`
	Symbol  string `json:"symbol"`
	ID      string `json:"id"`
}

type jsonIdentity struct {
	jsonPrincipal
	Granted bool   `json:"granted"`
	File    string `json:"file"`
	Range   any    `json:"range"`
}

func toJSONGrant(g *Grant) jsonGrant {
	return jsonGrant{
		Plane: g.Plane, Principal: toJSONPrincipal(&g.Principal), Role: toJSONRole(&g.Role), Scope: jsonScope(g.Scope),
		Condition: g.Condition, DeployedIf: g.Maybe, Note: g.Note,
		Resource: jsonResource{g.Resource.Type, g.Resource.Name, g.Resource.Pointer, g.Resource.Symbol, g.Resource.ID},
		Modules:  list(g.Chain), Template: g.Root, File: g.At.File, Range: g.At.Range(),
		ParameterSets: list(g.Sets), Count: max(g.Count, 1),
	}
}

func toJSONPrincipal(p *Principal) jsonPrincipal {
	out := jsonPrincipal{p.Kind, p.Name, p.ID, p.Key, p.Known, make([]jsonHost, len(p.Hosts))}
	for i := range p.Hosts {
		h := &p.Hosts[i]
		out.Hosts[i] = jsonHost{h.Type, h.Name, h.ID, h.Maybe, h.At.File, h.At.Range()}
	}
	return out
}

// toJSONRole leaves out the permissions of built-in roles, which their ids stand for.
func toJSONRole(r *Role) jsonRole {
	out := jsonRole{r.Name, r.ID, r.Custom, r.Known, r.Power.Name(), r.Evidence, []jsonPermissions{}}
	if !r.Custom {
		return out
	}
	for _, p := range r.Permissions {
		out.Permissions = append(out.Permissions, jsonPermissions{
			list(p.Actions), list(p.NotActions), list(p.DataActions), list(p.NotDataActions), p.Condition,
		})
	}
	return out
}

// list returns a list that is written as [] when it is empty.
func list(l []string) []string {
	if l == nil {
		return []string{}
	}
	return l
}
