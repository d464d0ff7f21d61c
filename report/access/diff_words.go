package access

import (
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// verdict says in a few words what the changes amount to.
func (d *Diff) verdict() string {
	switch {
	case d.Widens():
		return "access widens"
	case d.Count(Narrowed)+d.Count(Removed) > 0:
		return "access narrows"
	}
	return "access stays the same"
}

// headline is the verdict, and how many changes of each kind there are.
func (d *Diff) headline() string {
	var counts []string
	for k := Added; k < Moved; k++ {
		if n := d.Count(k); n > 0 {
			counts = append(counts, strconv.Itoa(n)+" "+k.String())
		}
	}
	counts = append(counts, report.Plural(d.Same, "grant is the same", "grants are the same"))
	return d.verdict() + " from " + d.Old + " to " + d.New + ": " + strings.Join(counts, ", ")
}

// coverage says how much of the new side could be decided, and what of it less than before: a grant that can no longer
// be decided must not look like one that is gone.
func (d *Diff) coverage() []string {
	out := []string{d.After.Sentence()}
	for _, more := range []struct {
		n         int
		one, many string
	}{
		{d.After.Grants.Parameter - d.Before.Grants.Parameter, "more grant waits for a parameter", "more grants wait for parameters"},
		{d.After.Grants.NotDeployed - d.Before.Grants.NotDeployed, "more grant is not deployed with these parameters", "more grants are not deployed with these parameters"},
		{d.After.Grants.Runtime - d.Before.Grants.Runtime, "more grant is known only at run time", "more grants are known only at run time"},
		{d.After.Grants.NotUnderstood - d.Before.Grants.NotUnderstood, "more grant is not understood", "more grants are not understood"},
		{d.After.Grants.Limit - d.Before.Grants.Limit, "more grant lies beyond a limit", "more grants lie beyond a limit"},
	} {
		if more.n > 0 {
			out = append(out, report.Plural(more.n, more.one, more.many)+" than before")
		}
	}
	if !d.Complete {
		out = append(out, "not everything could be analysed: the comparison is not complete")
	}
	return out
}

// subject says what a change is about.
func (c *Change) subject() string {
	g := c.Grant()
	switch {
	case c.Declared != nil:
		return "a grant of " + c.Declared.Resource.Label() + " " + c.Declared.Explain()
	case g == nil:
		return c.Principal.label()
	}
	s := c.Principal.label() + ": '" + g.Role.Name + "' on " + g.Scope.Label()
	if g.Plane != AzureRole {
		s += " (" + g.Plane + ")"
	}
	return s
}

// label names a principal and its kind.
func (p *Principal) label() string { return p.Kind + " '" + p.Name + "'" }

// details are what else there is to say of a change: what is different, what the grant lets one do, when and through
// what.
func (c *Change) details() []string {
	var out []string
	out = append(out, c.Reasons...)
	if c.Declared != nil && c.Declared.Reason != "" {
		out = append(out, c.Declared.Reason)
	}
	g := c.Grant()
	if g == nil {
		return out
	}
	if c.Kind.Widens() {
		power := "power: " + g.Role.Power.String()
		if g.Role.Evidence != "" {
			power += ", by " + g.Role.Evidence
		}
		out = append(out, power)
	}
	if c.Old == nil || c.New == nil { // else the reasons tell what is different
		out = append(out, g.circumstances()...)
		if hosts := g.Principal.hostLabels(shownHosts); len(hosts) > 0 {
			out = append(out, "runs as it: "+strings.Join(hosts, ", "))
		}
	}
	if len(g.Chain) > 0 {
		out = append(out, "through "+strings.Join(g.Chain, " > "))
	}
	if g.Root != "" && g.Root != c.At.File {
		out = append(out, "of "+g.Root)
	}
	return out
}
