package access

import (
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/report"
)

// AzureRole is the plane of role assignments, which goes without saying.
const AzureRole = "Azure role"

// roleLabel names a role, and how many copies of the grant there are.
func (g *Grant) roleLabel() string {
	s := g.Role.Name
	if g.Role.Custom {
		s += " (custom)"
	}
	if g.Count > 1 {
		s += fmt.Sprintf(" ×%d", g.Count)
	}
	return s
}

// hostLabels names the hosts of a principal, those that are called alike once, and says how many more there are.
func (p *Principal) hostLabels(most int) []string {
	var labels []string
	times := map[string]int{}
	for i := range p.Hosts {
		label := p.Hosts[i].Label()
		if times[label]++; times[label] == 1 {
			labels = append(labels, label)
		}
	}
	rest := 0
	if len(labels) > most {
		for _, label := range labels[most-1:] {
			rest += times[label]
		}
		labels = labels[:most-1]
	}
	for i, label := range labels {
		if n := times[label]; n > 1 {
			labels[i] += fmt.Sprintf(" ×%d", n)
		}
	}
	if rest > 0 {
		labels = append(labels, fmt.Sprintf("and %d more", rest))
	}
	return labels
}

// summary says in a few lines how much there is, and how much could be decided.
func (a *Access) summary() []string {
	principals := map[string]bool{}
	for i := range a.Grants {
		principals[a.Grants[i].Principal.Key] = true
	}
	first := "nothing is granted"
	if n := len(a.Grants); n > 0 {
		first = report.Plural(n, "grant", "grants") + " to " + report.Plural(len(principals), "principal", "principals")
	}
	if a.Left > 0 {
		first += "; " + report.Plural(a.Left, "grant", "grants") + " of less power left out"
	}
	if n := len(a.idle()); n > 0 {
		first += "; " + report.Plural(n, "identity is", "identities are") + " granted nothing"
	}
	out := []string{first}
	if c := &a.Coverage; c.Grants.Total > 0 || c.Identities.Total > 0 || len(a.Grants) == 0 {
		out = append(out, c.Sentence())
	}
	if !a.Complete {
		out = append(out, "not everything could be analysed")
	}
	return out
}

// LeaveOut leaves out the grants of less power, and the identities that have no others. Grants of unknown power may be
// of any, and stay.
func (a *Access) LeaveOut(least Power) {
	idle := a.idle()
	all := a.Grants
	a.Grants = nil
	left := map[string]bool{}
	for _, g := range all {
		if g.Role.Power >= least || g.Role.Power == PowerUnknown {
			a.Grants = append(a.Grants, g)
			left[g.Principal.Key] = true
		}
	}
	for _, id := range idle {
		left[id.Principal.Key] = true
	}
	a.Identities = slices.DeleteFunc(slices.Clone(a.Identities), func(id Identity) bool { return !left[id.Principal.Key] })
	a.Left += len(all) - len(a.Grants)
}
