package gauntlet

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/rolecall/rolecall/internal/access"
	"github.com/rolecall/rolecall/report"
	model "github.com/rolecall/rolecall/report/access"
)

// format is a writer of what check found. A test of internal/cli holds that
// these are all there are.
type format struct {
	name  string
	json  bool
	write func(io.Writer, *report.Report, report.Options) error
}

var formats = []format{
	{"text", false, report.Text},
	{"json", true, report.JSON},
	{"sarif", true, report.SARIF},
	{"github", false, report.GitHub},
	{"github-output", false, report.GitHubOutput},
	{"azure", false, report.Azure},
	{"gitlab", true, report.GitLab},
	{"markdown", false, report.Markdown},
}

// accessFormat is a writer of who gets what where.
type accessFormat struct {
	name  string
	json  bool
	write func(io.Writer, *model.Access, report.Options) error
}

var accessFormats = []accessFormat{
	{"table", false, model.Table},
	{"json", true, model.JSON},
	{"csv", false, model.CSV},
	{"markdown", false, model.Markdown},
	{"mermaid", false, model.Mermaid},
	{"svg", false, model.SVG},
	{"html", false, model.HTML},
}

// Names are the formats of check, and those of grants.
func Names() (check, grants []string) {
	for _, f := range formats {
		check = append(check, f.name)
	}
	for _, f := range accessFormats {
		grants = append(grants, f.name)
	}
	return check, grants
}

// formats writes the report and the access in each format, and text as a person
// at a narrow terminal sees it.
func (g *gauntlet) formats() {
	r := g.short()
	for _, f := range formats {
		g.written(f.name, f.json, report.Options{}, func(w io.Writer, o report.Options) error { return f.write(w, r, o) })
	}
	for name, write := range map[string]func(io.Writer, *report.Report, report.Options) error{"text": report.Text, "problems": report.TextProblems} {
		narrow := report.Options{Color: true, Hyperlinks: true, Width: 40, Verbose: true}
		g.written("narrow "+name, false, narrow, func(w io.Writer, o report.Options) error { return write(w, r, o) })
	}
	a := access.From(g.judged, g.Report)
	for _, f := range accessFormats {
		g.written("grants as "+f.name, f.json, report.Options{}, func(w io.Writer, o report.Options) error { return f.write(w, a, o) })
	}
}

// short is the report with only those rules that it tells of: their pages are
// most of what there is to write, and none of it comes from the files.
func (g *gauntlet) short() *report.Report {
	r := *g.Report
	r.Rules = nil
	for _, f := range r.Findings {
		if !slices.Contains(r.Rules, f.Rule) {
			r.Rules = append(r.Rules, f.Rule)
		}
	}
	return &r
}

// written holds what is written to what every output must be.
func (g *gauntlet) written(name string, isJSON bool, o report.Options, write func(io.Writer, report.Options) error) {
	var b bytes.Buffer
	g.guard(name, func() {
		if err := write(&b, o); err != nil {
			g.fault("%s: %v", name, err)
		}
	})
	switch {
	case !utf8.Valid(b.Bytes()):
		g.fault("%s: it is no UTF-8", name)
	case !o.Color && bytes.ContainsAny(b.Bytes(), "\x1b\x07\x00\x7f"):
		g.fault("%s: control characters in %q", name, b.Bytes())
	}
	if isJSON {
		g.holdJSON(name, b.Bytes())
	}
}

// holdJSON holds that an output is one JSON value.
func (g *gauntlet) holdJSON(name string, out []byte) {
	if !json.Valid(out) {
		g.fault("%s: it is no JSON", name)
	}
}
