package access

import (
	"io"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// The columns of the table.
const (
	whatColumn = iota
	powerColumn
	onColumn
	whenColumn
	writtenColumn
	tableColumns
)

var tableHeads = [tableColumns]string{"role", "power", "scope", "when", "where"}

// shownHosts is how many hosts of a principal are named.
const shownHosts = 6

// Table writes the access as a table for people, as wide as the terminal. Each principal, with what runs as it, is a
// heading over its grants, the greatest power first; identities that are granted nothing come last. Long cells go on in
// the next line. The last lines say how much there is and how much of it could be decided.
func Table(w io.Writer, a *Access, o report.Options) error {
	t := table{room: o.Width, color: o.Color, groups: tableGroups(a)}
	if t.room == 0 {
		t.room = 120
	}
	t.fit()
	var b strings.Builder
	t.write(&b)
	for _, s := range a.summary() {
		b.WriteString(report.Flow(s, t.room, "") + "\n")
	}
	if o.Verbose {
		for _, u := range a.Coverage.Undecided {
			b.WriteString("  " + u.Sentence() + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// tableGroup is a principal and its rows.
type tableGroup struct {
	name, about string
	rows        []tableRow
}

// tableRow is the cells of a row, each of some paragraphs.
type tableRow struct {
	cells [tableColumns][]string
	power Power
}

func tableGroups(a *Access) []tableGroup {
	var groups []tableGroup
	last, one := "", a.oneRoot()
	for i := range a.Grants {
		g := &a.Grants[i]
		if len(groups) == 0 || g.Principal.Key != last {
			groups, last = append(groups, newGroup(&g.Principal)), g.Principal.Key
		}
		group := &groups[len(groups)-1]
		group.rows = append(group.rows, grantRow(g, one))
	}
	for _, id := range a.idle() {
		g := newGroup(&id.Principal)
		g.rows = []tableRow{{cells: [tableColumns][]string{whatColumn: {"nothing"}, writtenColumn: {report.Where(id.At.File, id.At.From)}}}}
		groups = append(groups, g)
	}
	return groups
}

func newGroup(p *Principal) tableGroup {
	g := tableGroup{name: report.Clean(p.Name), about: p.Kind}
	if hosts := p.hostLabels(shownHosts); len(hosts) > 0 {
		g.about += " of " + strings.Join(hosts, ", ")
	}
	g.about = report.Clean(g.about)
	return g
}

func grantRow(g *Grant, one bool) tableRow {
	r := tableRow{power: g.Role.Power}
	r.cells[whatColumn] = []string{g.roleLabel()}
	if g.Plane != AzureRole {
		r.cells[whatColumn] = append(r.cells[whatColumn], "("+g.Plane+")")
	}
	r.cells[powerColumn] = []string{g.Role.Power.String()}
	r.cells[onColumn] = []string{g.Scope.Label()}
	for _, s := range g.circumstances() {
		r.cells[whenColumn] = append(r.cells[whenColumn], clip(s, 160))
	}
	r.cells[writtenColumn] = g.written(one)
	for c := range r.cells {
		for i, s := range r.cells[c] {
			r.cells[c][i] = report.Clean(s)
		}
	}
	return r
}

// clip cuts a text that is longer than n characters.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
