package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

const (
	defaultWidth = 120
	minWidth     = 40
	maxFrames    = 8 // related places that are shown with a finding

	hanging = "    " // the margin of a line that goes on
)

// Text writes the findings for people, in the order they are in, and a summary. Problems are left to [TextProblems].
func Text(w io.Writer, r *Report, o Options) error {
	p := newPrinter(w, o)
	brief := false
	for i := range r.Findings {
		f := &r.Findings[i]
		if i > 0 && !(brief && f.Severity == Info) {
			p.line()
		}
		brief = f.Severity == Info
		p.finding(f)
	}
	if !o.Quiet {
		if len(r.Findings) > 0 {
			p.line()
		}
		p.summary(r)
	}
	return p.w.Flush()
}

// TextProblems writes what could not be analysed, one line each and a second one for a hint.
func TextProblems(w io.Writer, r *Report, o Options) error {
	p := newPrinter(w, o)
	for i := range r.Problems {
		p.problem(&r.Problems[i])
	}
	return p.w.Flush()
}

// printer writes text. Errors of the writer beneath come out when it is flushed.
type printer struct {
	w     *bufio.Writer
	o     Options
	width int
	paint palette
}

func newPrinter(w io.Writer, o Options) *printer {
	p := &printer{w: bufio.NewWriter(w), o: o, width: max(o.Width, minWidth)}
	if o.Width <= 0 {
		p.width = defaultWidth
	}
	p.paint = o.palette()
	return p
}

// line writes its parts and ends the line.
func (p *printer) line(parts ...string) {
	for _, s := range parts {
		p.w.WriteString(s)
	}
	p.w.WriteByte('\n')
}

// flow writes its parts as a line, which on a terminal is broken into lines that fit. Elsewhere it stays one: tools read
// it.
func (p *printer) flow(margin string, parts ...string) {
	p.line(p.o.Fit(strings.Join(parts, ""), margin))
}

func (p *printer) finding(f *Finding) {
	p.headline(f)
	if f.Severity == Info && !p.o.Verbose {
		return
	}
	g := gutter(f)
	style := p.paint.level(f.Severity.Level())
	p.frame(&f.At, frame{gutter: g, mark: '^', style: style})
	places := f.Related
	if len(places) == 0 {
		places = f.Flow
	}
	for i := range places[:min(len(places), maxFrames)] {
		p.line(pad("", g), p.paint.faint("-->"), " ", Where(places[i].File, places[i].From))
		p.frame(&places[i], frame{gutter: g, mark: '-', style: p.paint.note})
	}
	p.notes(f, g, len(places)-maxFrames)
}

// headline writes the line that tools parse.
func (p *printer) headline(f *Finding) {
	level := f.Severity.Level()
	rule := p.link(f.Rule.label(), f.Rule.URL)
	p.flow(hanging,
		p.paint.strong(Where(f.At.File, f.At.From)), ": ",
		wrap(p.paint.level(level), level), ": ",
		p.paint.strong(Clean(f.Message)), " [", rule, "]",
	)
}

// remark is a line below the frames.
type remark struct{ label, text string }

// notes writes what is to be said below the frames.
func (p *printer) notes(f *Finding, gutter, hidden int) {
	remarks := p.remarks(f, hidden)
	if len(remarks) > 0 {
		p.bar(gutter)
	}
	margin := pad("", gutter+3)
	for _, r := range remarks {
		p.flow(margin, pad("", gutter), " ", p.paint.faint("="), " ", p.paint.strong(r.label), ": ", r.text)
	}
}

func (p *printer) remarks(f *Finding, hidden int) []remark {
	var out []remark
	add := func(label, text string) { out = append(out, remark{label, text}) }
	if hidden > 0 {
		add("note", Plural(hidden, "further place", "further places")+" not shown")
	}
	if p.o.Verbose {
		add("severity", f.Severity.String()+", "+string(f.kind()))
	}
	if p.o.Verbose && f.Resource.Type != "" {
		add("resource", f.Resource.Label())
	}
	if f.Maybe != "" {
		add("maybe", "only if "+Clean(f.Maybe))
	}
	if len(f.Chain) > 0 {
		add("note", "deployed through "+cleanJoin(f.Chain, " > "))
	}
	if n := f.count(); n > 1 {
		add("note", fmt.Sprintf("in %d copies", n))
	}
	if len(f.Sets) > 0 {
		add("note", "with "+cleanJoin(f.Sets, ", "))
	}
	for _, x := range distinct(f.Fixes) {
		safety := "a safe edit"
		if !x.Safe {
			safety = "not safe: look at the result"
		}
		add("help", Clean(x.Message)+" ("+safety+")")
	}
	return out
}

// Label names a resource in one line, by its type alone if its name was not asked for.
func (r *Resource) Label() string {
	if r.Name == "" {
		return Clean(r.Type)
	}
	return Clean(r.Type) + " '" + Clean(r.Name) + "'"
}

func (p *printer) problem(x *Problem) {
	level := levelError
	if x.Kind == ProblemNote {
		level = levelNote
	}
	place := "rolecall"
	if x.File != "" {
		place = Clean(x.File)
	}
	if x.File != "" && x.Position.Line > 0 {
		place = Where(x.File, x.Position)
	}
	text := Clean(x.what())
	p.flow(hanging, p.paint.strong(place), ": ", wrap(p.paint.level(level), level), ": ", p.paint.strong(text))
	if x.Hint != "" {
		p.flow(hanging, "  ", p.paint.faint("="), " ", p.paint.strong("help"), ": ", Clean(x.Hint))
	}
}

// Where names a position as editors do. A colon at the start of a line would be a command to a build agent; Clean sees
// to that.
func Where(file string, at Position) string {
	at = at.known()
	return fmt.Sprintf("%s:%d:%d", Clean(file), at.Line, at.Rune)
}

func cleanJoin(list []string, separator string) string {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteString(separator)
		}
		b.WriteString(Clean(s))
	}
	return b.String()
}

// Plural counts things.
func Plural(n int, one, many string) string {
	if n == 1 {
		return fmt.Sprintf("%d %s", n, one)
	}
	return fmt.Sprintf("%d %s", n, many)
}
