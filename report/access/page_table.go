package access

import (
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// tableColumns are the headings of the table, with the names by which the script sorts.
var tableColumns = [...]struct{ heading, name string }{
	{"Principal", "principal"}, {"Power", "power"}, {"Role", "role"}, {"Scope", "scope"}, {"Only", "only"}, {"Written at", "at"},
}

// table writes the grants, the greatest power first. A screen that is too narrow for columns shows cards, so each cell
// has its heading at hand.
func (p *page) table() {
	p.open("section", "id", "grants", "aria-label", "grants")
	if len(p.grants) == 0 {
		p.leaf("p", "Nothing is granted.", "class", "soft")
		p.close("section")
		return
	}
	p.open("table")
	p.open("thead")
	p.open("tr")
	for _, c := range tableColumns {
		sort := "none"
		if c.name == "power" {
			sort = "descending"
		}
		p.leaf("th", c.heading, "scope", "col", "aria-sort", sort, "data-sort", c.name)
	}
	p.close("tr")
	p.close("thead")
	p.open("tbody")
	for _, g := range p.grants {
		p.row(g)
	}
	p.close("tbody")
	p.close("table")
	p.close("section")
}

func (p *page) row(g *Grant) {
	p.open("tr")
	p.open("th", "scope", "row", "data-label", tableColumns[0].heading)
	p.leaf("span", g.Principal.Name, "class", "name")
	kind := g.Principal.Kind
	if !g.Principal.Known {
		kind += ", undecided"
	}
	p.leaf("small", kind)
	p.close("th")
	p.cell(1)
	p.leaf("span", g.Role.Power.String(), "class", "power "+ink(g.Role.Power))
	p.close("td")
	p.cell(2)
	p.leaf("span", g.Role.Name)
	p.leaf("small", g.kind())
	p.close("td")
	p.cell(3)
	p.leaf("span", g.Scope.Name)
	p.leaf("small", g.Scope.note())
	p.close("td")
	p.cell(4)
	for _, only := range g.only() {
		p.leaf("span", only, "class", "only")
	}
	p.close("td")
	p.cell(5)
	p.leaf("code", place(g.At))
	if g.Count > 1 {
		p.leaf("small", strconv.Itoa(g.Count)+" copies")
	}
	p.close("td")
	p.close("tr")
}

func (p *page) cell(column int) {
	p.open("td", "data-label", tableColumns[column].heading)
}

// kind says what kind of role it is: its plane, and whether the templates define it.
func (g *Grant) kind() string {
	if g.Role.Custom {
		return g.Plane + ", custom"
	}
	return g.Plane
}

// only says under which conditions the grant is there.
func (g *Grant) only() []string {
	var out []string
	if g.Condition != "" {
		out = append(out, "when "+g.Condition)
	}
	if g.Maybe != "" {
		out = append(out, "deployed if "+g.Maybe)
	}
	if len(g.Sets) > 0 {
		out = append(out, "with parameters of "+strings.Join(g.Sets, ", "))
	}
	return out
}

// place names where something is written, as editors do.
func place(p report.Place) string {
	return clean(report.Where(p.File, p.From))
}
