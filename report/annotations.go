package report

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// maxAnnotations is how many annotations of a level GitHub and Azure Pipelines keep of a step. What is beyond is lost.
const maxAnnotations = 10

// annotation is a finding or problem as a build service shows it.
type annotation struct {
	level string // one of the levels
	rule  *Rule  // nil for a problem
	at    Place
	text  string // untrusted
}

// annotations returns what could not be analysed, then the findings, worst first.
func annotations(r *Report) []annotation {
	var out []annotation
	for i := range r.Problems {
		p := &r.Problems[i]
		a := annotation{level: levelError, at: Place{File: p.File, From: p.Position, To: p.Position}, text: p.sentence()}
		if p.Kind == ProblemNote {
			a.level = levelNote
		}
		out = append(out, a)
	}
	for _, f := range WorstFirst(r.Findings) {
		out = append(out, annotation{level: f.Severity.Level(), rule: f.Rule, at: f.At, text: f.sentence()})
	}
	return out
}

// label names what an annotation is about: the rule, or the program.
func (a *annotation) label() string {
	if a.rule == nil {
		return "rolecall"
	}
	return a.rule.label()
}

// line tells an annotation as text does, for those that the service would not keep.
func (a *annotation) line() string {
	place := "rolecall"
	switch {
	case a.at.From.Line > 0:
		place = Where(a.at.File, a.at.From)
	case a.at.File != "":
		place = Clean(a.at.File)
	}
	line := place + ": " + a.level + ": " + Clean(a.text)
	if a.rule != nil {
		line += " [" + a.rule.label() + "]"
	}
	return line
}

// annotate writes the annotations: as many of a level as the service keeps in its way, then the others as lines of the
// log, and last how many those are. What the service has no command for is a line of the log too.
func annotate(w io.Writer, r *Report, service string, command func(*annotation) (string, bool)) error {
	out := bufio.NewWriter(w)
	shown := map[string]int{}
	var rest []string
	beyond := map[string]int{}
	for _, a := range annotations(r) {
		text, ok := command(&a)
		switch {
		case !ok:
			rest = append(rest, a.line())
		case shown[a.level] == maxAnnotations:
			rest = append(rest, a.line())
			beyond[a.level]++
		default:
			shown[a.level]++
			out.WriteString(text + "\n")
		}
	}
	for _, line := range rest {
		out.WriteString(line + "\n")
	}
	if len(beyond) > 0 {
		out.WriteString(strings.Join(countLevels(beyond), ", ") + " more stand in the lines above only: " +
			service + " keeps " + strconv.Itoa(maxAnnotations) + " annotations of each level\n")
	}
	return out.Flush()
}
