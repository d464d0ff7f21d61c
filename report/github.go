package report

import (
	"io"
	"strconv"
	"strings"
)

// maxAnnotation is how many characters of an annotation GitHub keeps.
const maxAnnotation = 4096

// GitHub writes workflow commands that GitHub turns into annotations of a commit: 10 errors, warnings and notices each,
// the worst ones. The rest follows as lines of the log.
//
// The commands and what is escaped in them are those of
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions and
// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
func GitHub(w io.Writer, r *Report, _ Options) error {
	return annotate(w, r, "GitHub", githubCommand)
}

func githubCommand(a *annotation) (string, bool) {
	name := a.level
	if name == levelNote {
		name = "notice"
	}
	properties := append(githubPlace(&a.at), "title="+githubProperty(a.label()))
	text := clip(Clean(a.text), maxAnnotation)
	return "::" + name + " " + strings.Join(properties, ",") + "::" + githubData(text), true
}

// githubPlace returns the properties of a place. Columns are sent for places on one line only: GitHub drops others.
func githubPlace(p *Place) []string {
	if p.File == "" {
		return nil
	}
	out := []string{"file=" + githubProperty(Clean(p.File))}
	if p.From.Line == 0 {
		return out
	}
	from, to := p.From.known(), p.To.notBefore(p.From.known())
	out = append(out, "line="+strconv.Itoa(from.Line), "endLine="+strconv.Itoa(to.Line))
	if from.Line == to.Line {
		out = append(out, "col="+strconv.Itoa(from.UTF16), "endColumn="+strconv.Itoa(to.UTF16))
	}
	return out
}

func githubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func githubProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
