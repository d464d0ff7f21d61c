package lock

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/rolecall/rolecall/internal/compare"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/report/access"
)

// The members of the file, in the order in which they are written.
type (
	file struct {
		Version    int         `json:"version"`
		Grants     []grant     `json:"grants"`
		Identities []identity  `json:"identities"`
		Undecided  []undecided `json:"undecided"`
		Coverage   coverage    `json:"coverage"`
	}
	grant struct {
		Plane         string    `json:"plane,omitempty"`
		Principal     principal `json:"principal"`
		Role          role      `json:"role"`
		Scope         scope     `json:"scope"`
		Condition     string    `json:"condition,omitempty"`
		DeployedIf    string    `json:"deployedIf,omitempty"`
		Note          string    `json:"note,omitempty"`
		ParameterSets []string  `json:"parameterSets,omitempty"`
		Templates     []string  `json:"templates"`
		Principals    int       `json:"principals,omitempty"` // if there are several
	}
	principal struct {
		Kind  string `json:"kind"`
		Name  string `json:"name"`
		ID    string `json:"id,omitempty"`
		Known *bool  `json:"known,omitempty"` // false, or not there
	}
	role struct {
		Name        string        `json:"name"`
		ID          string        `json:"id,omitempty"`
		Power       string        `json:"power"`
		Known       *bool         `json:"known,omitempty"` // false, or not there
		Custom      bool          `json:"custom,omitempty"`
		Permissions []permissions `json:"permissions,omitempty"`
	}
	permissions struct {
		Actions        []string `json:"actions,omitempty"`
		NotActions     []string `json:"notActions,omitempty"`
		DataActions    []string `json:"dataActions,omitempty"`
		NotDataActions []string `json:"notDataActions,omitempty"`
		Condition      string   `json:"condition,omitempty"`
	}
	scope struct {
		Level string `json:"level,omitempty"`
		Type  string `json:"type,omitempty"`
		Name  string `json:"name,omitempty"`
		ID    string `json:"id,omitempty"`
	}
	identity struct {
		Name     string `json:"name"`
		ID       string `json:"id"`
		Declared bool   `json:"declared,omitempty"`
		Hosts    []host `json:"hosts"`
	}
	host struct {
		Type       string `json:"type"`
		Name       string `json:"name"`
		ID         string `json:"id"`
		DeployedIf string `json:"deployedIf,omitempty"`
	}
	undecided struct {
		Type   string `json:"type"`
		Symbol string `json:"symbol,omitempty"`
		State  string `json:"state"`
		Reason string `json:"reason,omitempty"`
		Count  int    `json:"count"`
	}
	coverage struct {
		Total         int `json:"total"`
		Decided       int `json:"decided"`
		Parameter     int `json:"parameter,omitempty"`
		NotDeployed   int `json:"notDeployed,omitempty"`
		Runtime       int `json:"runtime,omitempty"`
		NotUnderstood int `json:"notUnderstood,omitempty"`
		Limit         int `json:"limit,omitempty"`
	}
)

// Write returns the text of the file.
func Write(a *access.Access) []byte {
	return report.EscapeJSON(layout(line(file{
		Version, grants(a.Grants), identities(a.Identities), declarations(a), coverage(a.Coverage.Grants),
	})))
}

// grants returns the grants, each once with all templates that make it.
func grants(list []access.Grant) []grant {
	at := map[string]int{}
	out := []grant{}
	several := principals(list)
	for i := range list {
		g := toGrant(&list[i])
		if n := len(several[line(g)+list[i].Root]); n > 1 {
			g.Principals = n
		}
		k := line(g)
		n, ok := at[k]
		if !ok {
			n = len(out)
			at[k] = n
			out = append(out, g)
		}
		if root := list[i].Root; !slices.Contains(out[n].Templates, root) {
			out[n].Templates = append(out[n].Templates, root)
		}
	}
	for i := range out {
		slices.Sort(out[i].Templates)
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		return cmp.Or(cmp.Compare(a.Principal.Kind, b.Principal.Kind), fold(a.Principal.Name, b.Principal.Name),
			fold(a.Scope.ID, b.Scope.ID), fold(a.Role.Name, b.Role.Name), cmp.Compare(line(a), line(b))) < 0
	})
	return out
}

// principals are the keys of those who are written alike, by the grant and the
// template that makes it.
func principals(list []access.Grant) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for i := range list {
		k := line(toGrant(&list[i])) + list[i].Root
		if out[k] == nil {
			out[k] = map[string]bool{}
		}
		out[k][list[i].Principal.Key] = true
	}
	return out
}

func fold(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) }

func toGrant(g *access.Grant) grant {
	out := grant{
		Principal: principal{g.Principal.Kind, g.Principal.Name, g.Principal.ID, falseOnly(g.Principal.Known)},
		Role:      role{Name: g.Role.Name, ID: g.Role.ID, Power: g.Role.Power.Name(), Known: falseOnly(g.Role.Known), Custom: g.Role.Custom},
		Scope:     scope{g.Scope.Level, g.Scope.Type, g.Scope.Name, g.Scope.ID},
		Condition: g.Condition, DeployedIf: g.Maybe, Note: g.Note, ParameterSets: g.Sets,
	}
	if g.Plane != access.AzureRole {
		out.Plane = g.Plane
	}
	if !isBuiltIn(g.Role) {
		for _, p := range g.Role.Permissions {
			out.Role.Permissions = append(out.Role.Permissions, permissions(p))
		}
	}
	return out
}

func falseOnly(b bool) *bool {
	if b {
		return nil
	}
	return &b
}

// identities returns the user-assigned identities with what runs as them.
func identities(list []access.Identity) []identity {
	out := []identity{}
	for _, id := range list {
		if id.Principal.Kind != access.UserAssigned {
			continue
		}
		i := identity{id.Principal.Name, id.Principal.ID, id.Declared, []host{}}
		for _, h := range id.Principal.Hosts {
			i.Hosts = append(i.Hosts, host{h.Type, h.Name, h.ID, h.Maybe})
		}
		sortHosts(i.Hosts)
		out = append(out, i)
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		return cmp.Or(fold(a.Name, b.Name), cmp.Compare(line(a), line(b))) < 0
	})
	return slices.CompactFunc(out, func(a, b identity) bool { return line(a) == line(b) })
}

func sortHosts(hosts []host) {
	sort.SliceStable(hosts, func(i, j int) bool {
		a, b := hosts[i], hosts[j]
		return cmp.Or(fold(a.Type+a.ID, b.Type+b.ID), cmp.Compare(line(a), line(b))) < 0
	})
}

func declarations(a *access.Access) []undecided {
	counts := map[undecided]int{}
	for _, u := range compare.Undecided(a) {
		counts[undecided{u.Resource.Type, u.Resource.Symbol, u.State, u.Reason, 0}]++
	}
	out := []undecided{}
	for u, n := range counts {
		u.Count = n
		out = append(out, u)
	}
	sort.Slice(out, func(i, j int) bool { return line(out[i]) < line(out[j]) })
	return out
}
