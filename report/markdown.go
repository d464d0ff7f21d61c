package report

import (
	"io"
	"strconv"
	"strings"
)

// What a summary may hold. A comment on a pull request holds 65,536 characters, the summary of a job 1 MiB
// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary), and one text
// should do for both.
const (
	maxMarkdown         = 65_000 // bytes, of which there are at least as many as characters
	maxMarkdownRows     = 50
	maxMarkdownProblems = 5
	maxMarkdownCell     = 400    // characters of a message
	roomOfFindings      = 45_000 // bytes, of what stands up to the end of the table
)

// Fold is a section that is shown folded.
type Fold struct {
	Title string
	// Body returns Markdown of at most so many bytes, in which what others wrote is harmless already; "" if there is
	// nothing to tell, or not enough room.
	Body func(room int) string
}

// Markdown writes a summary for a job or a pull request in GitHub flavoured Markdown: what was found, how much could be
// judged, the worst findings as a table, what could not be analysed, and [Options.Folds] as far as there is room.
func Markdown(w io.Writer, r *Report, o Options) error {
	m := &summary{o: o, links: sourceLinks(o.Repository)}
	m.line("## rolecall\n")
	m.head(r)
	m.problems(r)
	m.findings(r)
	for i, f := range o.Folds {
		m.fold(f, (maxMarkdown-m.b.Len())/(len(o.Folds)-i))
	}
	_, err := io.WriteString(w, m.b.String())
	return err
}

// summary is a page of Markdown in the making.
type summary struct {
	b     strings.Builder
	o     Options
	links string // what addresses of files begin with; "" if there are none
}

//go:noinline // called from many places
func (m *summary) line(parts ...string) {
	for _, s := range parts {
		m.b.WriteString(s)
	}
	m.b.WriteByte('\n')
}

func (m *summary) head(r *Report) {
	switch {
	case len(r.Findings) > 0:
		m.line("**", counts(r), "** in ", filesWithFindings(r), "\n")
	case r.Coverage.Files == 0:
		m.line("No templates found\n")
	default:
		m.line("**No findings** in ", files(r.Coverage.Files), "\n")
	}
	if r.Coverage.Files > 0 {
		m.line(r.Coverage.Sentence(), "\n")
	}
	if len(r.Suppressed) > 0 {
		m.line(suppressedSentence(r.Suppressed), "\n")
	}
	if !r.Complete {
		m.line("**Not everything could be analysed**\n")
	}
}

// problems lists what could not be analysed.
func (m *summary) problems(r *Report) {
	n := 0
	for i := range r.Problems {
		p := &r.Problems[i]
		if p.Kind == ProblemNote {
			continue
		}
		if n++; n <= maxMarkdownProblems {
			m.line("- ", m.place(&Place{File: p.File, From: p.Position}), clipped(p.sentence()))
		}
	}
	if n > maxMarkdownProblems {
		m.line("- … and ", strconv.Itoa(n-maxMarkdownProblems), " more")
	}
	if n > 0 {
		m.line()
	}
}

func (m *summary) findings(r *Report) {
	if len(r.Findings) == 0 {
		return
	}
	m.line("| | finding | rule |\n|---|---|---|")
	shown := 0
	for _, f := range WorstFirst(r.Findings) {
		row := "| " + f.Severity.Level() + " | " + m.place(&f.At) + clipped(f.sentence()) + " | " + ruleLink(f.Rule) + " |"
		if shown == maxMarkdownRows || m.b.Len()+len(row) > roomOfFindings {
			break
		}
		m.line(row)
		shown++
	}
	if n := len(r.Findings) - shown; n > 0 {
		m.line("\n… and ", strconv.Itoa(n), " more, which the log or the SARIF file lists")
	}
	m.line()
}

// fold writes a section that takes at most room bytes, or none.
func (m *summary) fold(f Fold, room int) {
	head := "<details><summary>" + EscapeMarkdown(f.Title) + "</summary>\n\n"
	const foot = "\n\n</details>\n"
	room -= len(head) + len(foot) + 1
	if body := strings.TrimSpace(f.Body(room)); body != "" && len(body) <= room {
		m.line(head, body, foot)
	}
}

// place names a place and leads to it, if the repository is known.
func (m *summary) place(p *Place) string {
	if p.File == "" {
		return ""
	}
	text, target := EscapeMarkdown(p.File), m.links+linkPath(p.File)
	if p.From.Line > 0 {
		line := strconv.Itoa(p.From.Line)
		text += ":" + line + ":" + strconv.Itoa(p.From.known().Rune)
		target += "#L" + line
	}
	if m.links != "" {
		text = "[" + text + "](" + target + ")"
	}
	return text + "<br>"
}

func ruleLink(r *Rule) string {
	text := EscapeMarkdown(r.label())
	if r.URL == "" {
		return text
	}
	return "[" + text + "](" + r.URL + ")"
}

func clipped(s string) string {
	return EscapeMarkdown(clip(s, maxMarkdownCell))
}

// sourceLinks returns what the addresses of a repository's files begin with, on the services that are known to have
// them: the same on GitHub and GitLab.
func sourceLinks(r *Repository) string {
	if r == nil || r.Revision == "" {
		return ""
	}
	rest, ok := strings.CutPrefix(r.URI, "https://")
	host, _, _ := strings.Cut(rest, "/")
	if !ok || !strings.Contains(host, "github") && !strings.Contains(host, "gitlab") {
		return ""
	}
	return "https://" + strings.ReplaceAll(linkPath(rest), "%25", "%") + "/blob/" + linkPath(r.Revision) + "/"
}

// linkPath encodes a path for the target of a link: parentheses would end it, and "&" begins a reference.
func linkPath(s string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", "&", "%26").Replace(encodePath(s))
}
