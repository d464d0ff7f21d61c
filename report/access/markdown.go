package access

import (
	"io"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// maxMarkdown is how many bytes a page of Markdown may have: a comment on a pull request holds 65,536 characters.
const maxMarkdown = 60_000

// markdownCell is how many characters of a text a cell shows.
const markdownCell = 200

// Markdown writes the access as a table in GitHub flavoured Markdown, for a pull request, a wiki or the summary of a job.
// Of more than a comment holds, the grants of the least power are left out, which is said. Text of others is escaped.
func Markdown(w io.Writer, a *Access, _ report.Options) error {
	_, err := io.WriteString(w, MarkdownTable(a, maxMarkdown))
	return err
}

// MarkdownTable is what [Markdown] writes, in no more than about room bytes.
func MarkdownTable(a *Access, room int) string {
	var b strings.Builder
	for i, s := range a.summary() {
		if i == 0 {
			s = "**" + report.EscapeMarkdown(s) + "**"
		} else {
			s = report.EscapeMarkdown(s)
		}
		b.WriteString(s + "\n\n")
	}
	rows := markdownRows(a)
	if len(rows) == 0 {
		return b.String()
	}
	shown := affordable(a, rows, room-b.Len())
	b.WriteString("| principal | runs as it | role | power | scope | when | where |\n|---|---|---|---|---|---|---|\n")
	for i, row := range rows {
		if shown[i] {
			b.WriteString(row)
		}
	}
	if n := len(rows) - count(shown); n > 0 {
		b.WriteString("\n… and " + report.Plural(n, "row", "rows") + " of less power, for which there is no room here\n")
	}
	return b.String()
}

// markdownRows are the rows of the grants, and behind them those of identities that are granted nothing.
func markdownRows(a *Access) []string {
	var rows []string
	one := a.oneRoot()
	for i := range a.Grants {
		g := &a.Grants[i]
		role := cell(g.roleLabel())
		if g.Plane != AzureRole {
			role += "<br>" + cell("("+g.Plane+")")
		}
		rows = append(rows, markdownRow(&g.Principal, role, cell(g.Role.Power.String()), cell(g.Scope.Label()),
			cellLines(g.circumstances()), cellLines(g.written(one))))
	}
	for _, id := range a.idle() {
		rows = append(rows, markdownRow(&id.Principal, "nothing", "", "", "", cell(report.Where(id.At.File, id.At.From))))
	}
	return rows
}

func markdownRow(p *Principal, cells ...string) string {
	first := []string{cell(p.Name) + "<br>" + cell(p.Kind), cellLines(p.hostLabels(shownHosts))}
	return "| " + strings.Join(append(first, cells...), " | ") + " |\n"
}

func cell(s string) string { return report.EscapeMarkdown(clip(s, markdownCell)) }

// cellLines are the lines of a cell.
func cellLines(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = cell(s)
	}
	return strings.Join(out, "<br>")
}

// affordable tells which rows are shown: those of the greatest power that there is room for.
func affordable(a *Access, rows []string, room int) []bool {
	shown := make([]bool, len(rows))
	grants := make([]*Grant, len(a.Grants))
	for i := range a.Grants {
		grants[i] = &a.Grants[i]
	}
	order := worstFirst(grants)
	for i := len(grants); i < len(rows); i++ {
		order = append(order, i)
	}
	for _, i := range order {
		if room -= len(rows[i]); room < 0 {
			break
		}
		shown[i] = true
	}
	return shown
}

func count(list []bool) int {
	n := 0
	for _, b := range list {
		if b {
			n++
		}
	}
	return n
}
