package access

import (
	"strings"

	"github.com/rolecall/rolecall/report"
)

// powerNames are the powers as machines and flags call them.
var powerNames = [...]string{
	PowerUnknown: "unknown", PowerNone: "limited", PowerReadData: "read-data", PowerWriteData: "write-data", PowerCode: "code",
	PowerCredential: "keys", PowerPolicy: "policy", PowerBroad: "broad", PowerEscalate: "escalate",
}

// Name is the power as machines and flags call it: "broad".
func (p Power) Name() string { return powerNames[p] }

// PowerNamed returns the power that [Power.Name] calls so.
func PowerNamed(name string) (Power, bool) {
	for p, n := range powerNames {
		if n == name {
			return Power(p), true
		}
	}
	return PowerUnknown, false
}

// PowerNames are the names of the powers, the least first.
func PowerNames() []string { return powerNames[:] }

// Label names a host in a few words: its name and the end of its type.
func (h *Host) Label() string { return named(h.Name, h.Type) }

// Label names a scope in a few words: what it is, and which. The place that is deployed to has no other name.
func (s *Scope) Label() string {
	switch {
	case s.Type != "":
		return named(s.Name, s.Type)
	case s.Level == "" && s.Name == "":
		return "not known"
	case s.Name == "" || s.isDeployedTo():
		return "the " + s.Level
	}
	return strings.TrimSpace(s.Level + " " + s.Name)
}

// isDeployedTo tells whether the scope is what the template language calls the place that a template is deployed to.
func (s Scope) isDeployedTo() bool {
	switch s.Level {
	case "resource group":
		return s.Name == "‹resourceGroup().name›"
	case "subscription":
		return s.Name == "‹subscription().subscriptionId›"
	case "management group":
		return s.Name == "‹managementGroup().name›"
	}
	return false
}

// named puts the end of a type before a name: "vaults kv-shop".
func named(name, kind string) string {
	kind, _, _ = strings.Cut(kind, "@")
	return strings.TrimSpace(kind[strings.LastIndexByte(kind, '/')+1:] + " " + name)
}

// idle returns the identities that are granted nothing.
func (a *Access) idle() []*Identity {
	granted := map[string]bool{}
	for i := range a.Grants {
		granted[a.Grants[i].Principal.Key] = true
	}
	var out []*Identity
	for i := range a.Identities {
		if id := &a.Identities[i]; !granted[id.Principal.Key] {
			out = append(out, id)
		}
	}
	return out
}

// circumstances say when a grant holds: its condition, when it is deployed, in which parameter sets, and what else
// there is to know.
func (g *Grant) circumstances() []string {
	var out []string
	if g.Condition != "" {
		out = append(out, "condition: "+g.Condition)
	}
	if g.Maybe != "" {
		out = append(out, "if "+g.Maybe)
	}
	if len(g.Sets) > 0 {
		beside := g.Root[:strings.LastIndexByte(g.Root, '/')+1]
		sets := make([]string, len(g.Sets))
		for i, s := range g.Sets {
			sets[i] = strings.TrimPrefix(s, beside)
		}
		out = append(out, "with "+strings.Join(sets, ", "))
	}
	if g.Note != "" {
		out = append(out, g.Note)
	}
	return out
}

// written says where a grant is written, and how it comes to be deployed. Where all are of one template, that goes
// without saying.
func (g *Grant) written(one bool) []string {
	out := []string{report.Where(g.At.File, g.At.From)}
	if len(g.Chain) > 0 {
		out = append(out, "through "+strings.Join(g.Chain, " > "))
	}
	if !one && g.Root != g.At.File {
		out = append(out, "of "+g.Root)
	}
	return out
}

// oneRoot tells whether one template makes all grants.
func (a *Access) oneRoot() bool {
	for i := range a.Grants {
		if a.Grants[i].Root != a.Grants[0].Root {
			return false
		}
	}
	return true
}
