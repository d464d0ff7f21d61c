package access

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"io"
	"slices"
	"strconv"

	"github.com/rolecall/rolecall/report"
)

//go:embed page/page.css
var pageCSS string

//go:embed page/page.js
var pageJS string

// HTML writes one page that holds all: the grants as a table, by principal and as a graph, with search and filters. It
// asks for nothing beyond itself, and its policy keeps it from doing so. Without JavaScript the table and the picture
// are there, without the filters.
func HTML(w io.Writer, a *Access, _ report.Options) error {
	p := newPage(a)
	data, err := p.json()
	if err != nil {
		return err
	}
	style := variables() + graphStyle() + pageCSS
	p.WriteString("<!DOCTYPE html>\n")
	p.open("html", "lang", "en")
	p.head(style)
	p.open("body")
	p.header()
	p.coverage()
	p.filters()
	p.open("main", "id", "main")
	p.table()
	p.open("section", "id", "people", "aria-label", "grants by principal", "hidden", "")
	p.close("section")
	p.graph()
	p.leaf("button", "Show more", "id", "more", "type", "button", "hidden", "")
	p.close("main")
	p.raw("script", string(data), "type", "application/json", "id", "data")
	p.raw("script", pageJS)
	p.close("body")
	p.close("html")
	p.WriteByte('\n')
	_, err = w.Write(p.Bytes())
	return err
}

// page is the page while it is written.
type page struct {
	markup
	access *Access
	grants []*Grant // the greatest power first
	shown  selection
	whole  *graph // of all grants, in this order, and of all identities without one
}

func newPage(a *Access) *page {
	p := &page{access: a, shown: pick(a, 0)}
	for _, i := range worstFirst(p.shown.grants) {
		p.grants = append(p.grants, p.shown.grants[i])
	}
	p.whole = newGraph(p.grants, p.shown.idle)
	return p
}

// digest names a script or style in a policy, https://www.w3.org/TR/CSP3/#grammardef-hash-source.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func (p *page) head(style string) {
	// The policy is the program's own text; as an attribute it would lose its quotes.
	p.WriteString(`<head><meta charset="utf-8"/><meta http-equiv="Content-Security-Policy" content="default-src 'none'; ` +
		"script-src '" + digest(pageJS) + "'; style-src '" + digest(style) + "'; img-src data:; base-uri 'none'; " +
		`form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"/>`)
	p.WriteString(`<meta name="viewport" content="width=device-width,initial-scale=1"/>` +
		`<meta name="color-scheme" content="light dark"/>` +
		`<meta name="referrer" content="no-referrer"/><link rel="icon" href="data:,"/>`)
	p.leaf("title", "Who gets what where")
	p.raw("style", style)
	p.close("head")
}

func (p *page) header() {
	p.leaf("a", "Skip to the grants", "class", "skip", "href", "#main")
	p.open("header")
	p.leaf("h1", "Who gets what where")
	p.leaf("p", "rolecall "+p.access.Version+", knowledge of Azure of "+p.access.TablesDate, "class", "soft")
	p.leaf("button", "Colours: as the system", "id", "theme", "type", "button", "hidden", "")
	p.close("header")
}

// filters writes the form that the script brings to life.
func (p *page) filters() {
	p.open("form", "id", "filters", "role", "search", "aria-label", "filter the grants", "hidden", "")
	p.powers()
	p.open("div", "class", "fields")
	p.open("label", "class", "wide")
	p.leaf("span", "Search (press /)")
	p.empty("input", "type", "search", "name", "q", "autocomplete", "off", "spellcheck", "false")
	p.close("label")
	var planes, levels, kinds []string
	for _, g := range p.grants {
		planes = append(planes, g.Plane)
		levels = append(levels, g.Scope.level())
		kinds = append(kinds, g.Principal.Kind)
	}
	p.choice("Kind of access", "plane", planes)
	p.choice("Scope", "level", levels)
	p.choice("Principal", "kind", kinds)
	p.close("div")
	p.open("div", "class", "fields")
	p.check("condition", "only with a condition")
	p.check("undecided", "only undecided principals")
	p.open("span", "id", "via", "hidden", "")
	p.close("span")
	p.leaf("button", "Clear (Esc)", "id", "clear", "type", "button")
	p.leaf("output", "", "id", "count", "aria-live", "polite")
	p.views()
	p.close("div")
	p.close("form")
}

// powers writes a switch for each power that is granted, with the number of grants.
func (p *page) powers() {
	count := map[Power]int{}
	for _, g := range p.grants {
		count[g.Role.Power]++
	}
	if len(count) == 0 {
		return
	}
	p.open("fieldset", "class", "powers")
	p.leaf("legend", "What the roles let one do, at worst")
	for i := range PowerEscalate + 1 {
		power := PowerEscalate - i
		if count[power] == 0 {
			continue
		}
		p.open("label", "class", "power "+ink(power))
		p.empty("input", "type", "checkbox", "name", "power", "value", strconv.Itoa(int(power)))
		p.leaf("span", power.String())
		p.leaf("b", strconv.Itoa(count[power]))
		p.close("label")
	}
	p.close("fieldset")
}

func (p *page) choice(label, name string, values []string) {
	slices.Sort(values)
	p.open("label")
	p.leaf("span", label)
	p.open("select", "name", name)
	p.leaf("option", "all", "value", "")
	for _, v := range slices.Compact(values) {
		p.leaf("option", v, "value", v)
	}
	p.close("select")
	p.close("label")
}

func (p *page) check(name, label string) {
	p.open("label", "class", "check")
	p.empty("input", "type", "checkbox", "name", name, "value", "1")
	p.leaf("span", label)
	p.close("label")
}

func (p *page) views() {
	p.open("fieldset", "class", "views")
	p.leaf("legend", "View")
	for _, v := range []string{"table", "principals", "graph"} {
		p.open("label")
		p.empty("input", "type", "radio", "name", "view", "value", v)
		p.leaf("span", v)
		p.close("label")
	}
	p.close("fieldset")
}

// graph writes the picture, which the script draws anew for what the filters let pass.
func (p *page) graph() {
	p.open("section", "id", "graph", "aria-label", "graph of the grants", "tabindex", "0")
	p.leaf("p", "", "id", "drawn", "class", "soft")
	picture(&p.markup, p.access, "")
	p.close("section")
}

// level says where a scope is in the hierarchy.
func (s *Scope) level() string {
	return cmp.Or(s.Level, "not known")
}
