package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// ID005 reports values of identity.type that name no kind of identity, or
// kinds that the resource type does not take. How they are spelled, with
// blanks around the comma or in other case, does not matter to Azure.
var ID005 = add("ID005", func(p *Pass) {
	for r := range p.deployed {
		support, ok := p.judgeable(r.Type)
		if !ok {
			continue
		}
		for _, c := range identityCases(r) {
			problem := ""
			if c.Known && !c.Offered {
				problem = invalidKinds(c.Kinds, support)
			}
			if problem == "" {
				continue
			}
			f := Finding{
				At: spot(r, "identity", "type"), Resource: r, Path: "identity.type", When: c.When,
				Message: problem + ": Azure rejects the deployment",
				Related: because(r, "the type", "identity", "type"),
			}
			meant := plainKind(c.Kinds.Text)
			if taken := invalidKinds(facts.NewKinds(meant, value.Span{}, nil, false), support) == ""; taken && meant != "" && nodeAt(p.Unit, f.At).Text() == c.Kinds.Text {
				f.Fixes = replace(p.Unit, f.At, "write '"+meant+"'", `"`+meant+`"`, true)
			}
			p.report("invalid", f)
		}
	}
})

// invalidKinds says what is wrong with the kinds, "" if nothing is known to
// be.
func invalidKinds(k facts.Kinds, s azure.Support) string {
	if documented(k.Text, s) {
		return ""
	}
	if w := unknownWord(k); w != "" {
		return fmt.Sprintf("'%s' is no kind of identity", w)
	}
	if k.Has("None") && !k.None() {
		return fmt.Sprintf("'%s' joins 'None' with a kind of identity", k.Text)
	}
	if k.None() || s.Open && !strict(s) {
		return ""
	}
	switch system, user := k.System(), k.User(); {
	case system && user && !s.Both && !s.AlsoBoth && !s.BothUnknown,
		system && !s.System && !s.AlsoSystem,
		user && !s.User && !s.AlsoUser,
		user && !system && resourceid.Is(s.Type, "Microsoft.Synapse/workspaces"):
		return fmt.Sprintf("'%s' does not take an identity of the type '%s'%s", s.Type, k.Text, takes(s))
	}
	return ""
}

// strict tells whether the type takes no other kinds than the documented
// ones although its description lets any text pass.
func strict(s azure.Support) bool {
	return resourceid.Is(s.Type, "Microsoft.ContainerService/managedClusters", "Microsoft.Logic/workflows",
		"Microsoft.Resources/deploymentScripts")
}

func documented(text string, s azure.Support) bool {
	return slices.ContainsFunc(s.Values, func(v string) bool { return squeeze(v) == squeeze(text) })
}

// squeeze brings the spellings of one value together.
func squeeze(kinds string) string {
	words := strings.Split(value.Fold(kinds), ",")
	for i := range words {
		words[i] = strings.TrimSpace(words[i])
	}
	slices.Sort(words)
	return strings.Join(words, ",")
}

var kindWords = []string{"SystemAssigned", "UserAssigned", "None", "SystemAssignedUserAssigned", "SystemAndUserAssigned"}

// unknownWord is the first word that names no kind at all.
func unknownWord(k facts.Kinds) string {
	for _, w := range k.Words {
		if !slices.ContainsFunc(kindWords, func(kind string) bool { return value.FoldEqual(kind, w) }) {
			return w
		}
	}
	return ""
}

// takes names the documented values that a type takes.
func takes(s azure.Support) string {
	var out []string
	for _, v := range s.Values {
		if !value.FoldEqual(v, "None") {
			out = append(out, "'"+v+"'")
		}
	}
	if len(out) == 0 {
		return ""
	}
	return ", only " + strings.Join(out, " or ")
}

// plainKind is the kind that a misspelt word plainly means, "" if it is not
// plain.
func plainKind(text string) string {
	s := strings.NewReplacer(" ", "", "-", "", "_", "").Replace(value.Fold(text))
	s = strings.TrimSuffix(s, "identity")
	s = strings.TrimSuffix(s, "managed")
	switch s {
	case "system", "systemassigned", "systemassign":
		return "SystemAssigned"
	case "user", "userassigned", "userassign":
		return "UserAssigned"
	}
	return ""
}
