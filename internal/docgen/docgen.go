// Package docgen writes what follows from the code of the rules: their tables
// in the documentation, and their names in the schema of the configuration.
package docgen

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/docs"
	"github.com/rolecall/rolecall/rules"
)

// The table in the readme stands between these lines.
const (
	begin = "<!-- rules -->\n"
	end   = "<!-- /rules -->\n"
)

// family is a group of rules, by the letters that their ids begin with. about
// says what they are for, in the readme.
type family struct{ prefix, title, about string }

// families stand in the order of the index.
var families = []family{
	{"ID", "Identity blocks", "workloads without an identity that they need, and blocks that Azure rejects or ignores"},
	{"UA", "User-assigned identities", "identities that are named wrongly, not attached, or attached and not used"},
	{"RA", "Role assignments", "roles that are too powerful or too wide, and assignments that fail, race or deploy only once"},
	{"RD", "Role definitions", "custom roles that can give themselves more, read secrets, or name what does not exist"},
	{"PP", "Privilege paths", "code, scripts, policies and federated credentials that lead to a stronger identity"},
	{"CR", "Credentials where an identity would do", "keys, passwords and signatures that are switched on, handed around or shown"},
	{"GP", "Other ways to grant access", "Lighthouse, PIM, Microsoft Graph, access policies, data roles, administrators"},
	{"SU", "Suppressions", "suppressions that silence nothing, or do not count"},
}

// Index renders docs/rules/README.md: all rules, by family. The folder holds
// their pages.
func Index(folder string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(`# Rules

<!-- Written by go generate ./docs from the code of the rules. -->

Each rule has a page, which ` + "`rolecall explain RULE`" + ` prints too. A rule can be named by its id or its slug. Where it
grades its findings, all its severities are listed, the gravest first; the profile is the narrowest in which it reports
anything. A fixable rule proposes an edit for some of its findings.

## Severities

| severity | level | security | correctness |
|---|---|---|---|
| high | error | whoever has it can take over more than the template means to give, or a secret can be read | Azure rejects the deployment |
| medium | warning | more rights than needed on a wide scope, or a secret where an identity would do | it fails at run time, races, or cannot be deployed twice |
| low | warning | the same on a narrow scope, or with little behind it | it does nothing, or fails in rare cases |
| info | note | worth knowing; fails nothing | worth knowing; fails nothing |

A rule grades by scope and by evidence: what a template says outright weighs more than what it leaves out. Of one
defect one rule tells; each page names the rules that it leaves things to.

## Profiles

| profile | holds |
|---|---|
| default | what nearly everyone wants to be told |
| strict | adds hygiene: what is missing but may be set elsewhere, object ids in templates, grants that another one makes needless |
| pedantic | adds what most will disagree with |
`)
	n := 0
	for _, f := range families {
		in := f.rules()
		if n += len(in); len(in) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s (%s)\n\n", f.title, f.prefix)
		b.WriteString("| id | slug | what it finds | kind | severity | profile | fixable |\n|---|---|---|---|---|---|---|\n")
		for _, r := range in {
			page, err := read(folder, r.Name)
			if err != nil {
				return nil, err
			}
			cells := []string{
				fmt.Sprintf("[%s](%s.md)", r.Name, r.Name), r.Slug, docs.Read(string(page)).Title,
				kinds(r), severities(r), r.Profile().String(), fixable(r),
			}
			b.WriteString(row(cells))
		}
	}
	if n != len(rules.All()) {
		return nil, fmt.Errorf("%d rules belong to no family that package docgen knows", len(rules.All())-n)
	}
	return b.Bytes(), nil
}

// Readme returns the readme with its table of rules written anew.
func Readme(old []byte) ([]byte, error) {
	before, rest, ok := bytes.Cut(old, []byte(begin))
	_, after, closed := bytes.Cut(rest, []byte(end))
	if !ok || !closed {
		return nil, fmt.Errorf("the readme has no lines %q and %q", strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	var b bytes.Buffer
	b.Write(before)
	b.WriteString(begin + "| rules | | what they find |\n|---|---|---|\n")
	for _, f := range families {
		in := f.rules()
		b.WriteString(row([]string{fmt.Sprintf("%s to %s", in[0].Name, in[len(in)-1].Name), f.title, f.about}))
	}
	b.WriteString(end)
	b.Write(after)
	return b.Bytes(), nil
}

// Schema returns the schema of the configuration with the names of rules
// written anew.
func Schema(old []byte) ([]byte, error) {
	list := gjson.GetBytes(old, "$defs.rule.enum")
	if !list.IsArray() {
		return nil, errors.New("the schema has no list at $defs.rule.enum")
	}
	var names []string
	for _, f := range families {
		names = append(names, strconv.Quote(f.prefix))
		for _, r := range f.rules() {
			names = append(names, strconv.Quote(r.Name)+", "+strconv.Quote(r.Slug))
		}
	}
	const indent = "\n        "
	enum := "[" + indent + strings.Join(names, ","+indent) + "\n      ]"
	return slices.Concat(old[:list.Index], []byte(enum), old[list.Index+len(list.Raw):]), nil
}

func (f family) rules() []*rules.Rule {
	var out []*rules.Rule
	for _, r := range rules.All() {
		if strings.HasPrefix(r.Name, f.prefix) {
			out = append(out, r)
		}
	}
	return out
}

func row(cells []string) string {
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(c, "|", `\|`)
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

func kinds(r *rules.Rule) string {
	return distinct(r, func(g rules.Grade) string { return g.Kind.String() })
}

func severities(r *rules.Rule) string {
	return distinct(r, func(g rules.Grade) string { return g.Severity.String() })
}

// distinct joins what the grades of a rule say, each word once.
func distinct(r *rules.Rule, word func(rules.Grade) string) string {
	var out []string
	for _, g := range r.Grades {
		if w := word(g); len(out) == 0 || out[len(out)-1] != w {
			out = append(out, w)
		}
	}
	return strings.Join(out, ", ")
}

func fixable(r *rules.Rule) string {
	if r.Fixable {
		return "yes"
	}
	return ""
}
