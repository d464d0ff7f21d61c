package rules_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/golden"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/rules"
)

// TestRows holds what is found in resources of a single property, so that each
// entry of each table has its line. A line of testdata/rows.txt is
//
//	TYPE@VERSION PATH=JSON; PATH=JSON + TYPE@VERSION … => findings
//
// where "[]" in a path is an array with one element. A resource without a name
// is called r. What stands behind "=>" is written anew by -update.
func TestRows(t *testing.T) {
	const name = "testdata/rows.txt"
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSuffix(line, "\n")
		row, _, ok := strings.Cut(line, " =>")
		if !ok {
			b.WriteString(line + "\n")
			continue
		}
		b.WriteString(row + " =>")
		for _, f := range ruletest.Run(t, ruletest.Load(t, ruletest.Files{"row.json": rowTemplate(row)}, "row.json"), rules.All()) {
			fmt.Fprintf(&b, " [%s %s at %s: %s", f.Rule.Name, f.Grade.Name, f.Path, f.Message)
			if n := len(f.Related); n > 0 {
				fmt.Fprintf(&b, " (%d other places)", n)
			}
			b.WriteString("]")
		}
		b.WriteString("\n")
	}
	golden.Check(t, name, b.String())
}

// rowTemplate writes the template of a row.
func rowTemplate(row string) string {
	var resources []string
	for one := range strings.SplitSeq(row, " + ") {
		head, members, _ := strings.Cut(one, " ")
		typ, version, _ := strings.Cut(head, "@")
		body := fmt.Sprintf(`"type": %q, "apiVersion": %q`, typ, version)
		if !strings.Contains(members, "name=") {
			body += fmt.Sprintf(`, "name": "r%s"`, strings.Repeat("/r", strings.Count(typ, "/")-1))
		}
		given := map[string][]string{} // objects by the first step of their path
		var order []string
		for member := range strings.SplitSeq(members, "; ") {
			if path, v, ok := strings.Cut(member, "="); ok {
				first, rest, _ := strings.Cut(path, ".")
				if given[first] == nil {
					order = append(order, first)
				}
				given[first] = append(given[first], rowMember(rest, v))
			}
		}
		for _, first := range order {
			if strings.HasPrefix(given[first][0], ":") {
				body += fmt.Sprintf(`, %q%s`, first, given[first][0])
			} else {
				body += fmt.Sprintf(`, %q: {%s}`, first, strings.Join(given[first], ", "))
			}
		}
		resources = append(resources, "{"+body+"}")
	}
	return `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
		"parameters": {"s": {"type": "securestring"}, "p": {"type": "string"}}, "resources": [` + strings.Join(resources, ", ") + "]}"
}

// rowMember writes a member below the first step of a path; of a path that
// ends there it is what stands behind its name.
func rowMember(path, v string) string {
	if path == "" {
		return ": " + v
	}
	name, rest, more := strings.Cut(path, ".")
	name, list := strings.CutSuffix(name, "[]")
	if more {
		v = "{" + rowMember(rest, v) + "}"
	}
	if list {
		v = "[" + v + "]"
	}
	return fmt.Sprintf("%q: %s", name, v)
}
