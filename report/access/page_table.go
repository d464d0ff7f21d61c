package access

import (
	"strconv"

	"github.com/rolecall/rolecall/report"
)

// pageColumns are the headings of the table, with the names by which the script sorts.
var pageColumns = [...]struct{ heading, name string }{
	{"Principal", "principal"}, {"Power", "power"}, {"Role", "role"},
	{"Scope", "scope"}, {"When", "when"}, {"Written at", "at"},
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
	for _, c := range pageColumns {
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
	p.open("th", "scope", "row", "data-label", pageColumns[0].heading)
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
	p.leaf("span", g.Scope.short())
	p.path("small", g.Scope.note())
	p.close("td")
	p.cell(4)
	for _, when := range g.circumstances() {
		p.leaf("span", when, "class", "when")
	}
	p.close("td")
	p.cell(5)
	p.path("code", place(g.At))
	if g.Count > 1 {
		p.leaf("small", strconv.Itoa(g.Count)+" copies")
	}
	p.close("td")
	p.close("tr")
}

func (p *page) cell(column int) {
	p.open("td", "data-label", pageColumns[column].heading)
}

// kind says what kind of role it is: its plane, and whether the templates define it.
func (g *Grant) kind() string {
	if g.Role.Custom {
		return g.Plane + ", custom"
	}
	return g.Plane
}

// place names where something is written, as editors do.
func place(p report.Place) string {
	return clean(report.Where(p.File, p.From))
}
