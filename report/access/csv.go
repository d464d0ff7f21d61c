package access

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// csvHeader names the columns, in the words of [JSON].
var csvHeader = []string{
	"plane", "principalKind", "principal", "principalId", "principalKnown", "hosts", "role", "roleId", "roleKnown", "customRole",
	"power", "evidence", "scopeLevel", "scopeType", "scope", "scopeId", "condition", "deployedIf", "note",
	"template", "modules", "file", "line", "column", "parameterSets", "count",
}

// CSV writes a row for each grant, as of RFC 4180: lines end in CR LF, cells are quoted where that is needed. Lists in a
// cell are joined by "; ". A spreadsheet takes a cell for a formula by its first character, so that a cell that begins
// with = + - @, a tab or a carriage return gets an apostrophe before it; and control characters are made visible.
// https://owasp.org/www-community/attacks/CSV_Injection
func CSV(w io.Writer, a *Access, _ report.Options) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := [][]string{csvHeader}
	for i := range a.Grants {
		rows = append(rows, csvRow(&a.Grants[i]))
	}
	return out.WriteAll(rows)
}

func csvRow(g *Grant) []string {
	var hosts []string
	for i := range g.Principal.Hosts {
		hosts = append(hosts, g.Principal.Hosts[i].Type+" "+g.Principal.Hosts[i].Name)
	}
	p, r, s := &g.Principal, &g.Role, &g.Scope
	row := []string{
		g.Plane, p.Kind, p.Name, p.ID, strconv.FormatBool(p.Known), strings.Join(hosts, "; "),
		r.Name, r.ID, strconv.FormatBool(r.Known), strconv.FormatBool(r.Custom), r.Power.Name(), r.Evidence,
		s.Level, s.Type, s.Name, s.ID, g.Condition, g.Maybe, g.Note,
		g.Root, strings.Join(g.Chain, "; "), g.At.File, strconv.Itoa(g.At.From.Line), strconv.Itoa(g.At.From.UTF16),
		strings.Join(g.Sets, "; "), strconv.Itoa(max(g.Count, 1)),
	}
	for i := range row {
		row[i] = defused(row[i])
	}
	return row
}

// defused is text that no spreadsheet takes for a formula, and no terminal for a command.
func defused(s string) string {
	s = report.Clean(s)
	if s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		return "'" + s
	}
	return s
}
