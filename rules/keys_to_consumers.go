package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// CR005 reports keys, and what else list*() functions read, that a template
// shows in an output or gives to a resource that could use an identity. The
// storage of function apps is CR007's, passwords of registries are CR008's.
var CR005 = add("CR005", func(p *Pass) {
	ids := p.byID()
	flows := p.Access.Flows()
	shown := outputSpans(flows)
	seen := map[value.Span]bool{}
	for i := range flows {
		f := &flows[i]
		if f.Sink.Output != nil {
			p.keyInOutput(f, shown, seen)
		} else if !ids.isHostStorage(f.Sink) && !isRegistryLogin(f.Sink) {
			p.keyInProperty(f, seen)
		}
	}
})

// outputSpans are the places of the outputs that hold a key.
func outputSpans(flows []facts.Flow) map[value.Span]bool {
	out := map[value.Span]bool{}
	for i := range flows {
		if f := &flows[i]; f.Sink.Output != nil && f.Source.Kind == facts.ListResult {
			start, end := f.Sink.Output.Tree.Span()
			out[value.Span{Start: int32(start), End: int32(end)}] = true
		}
	}
	return out
}

// keyInOutput reports an output. Of outputs that pass one on, only the first
// is told.
func (p *Pass) keyInOutput(f *facts.Flow, shown map[value.Span]bool, seen map[value.Span]bool) {
	if f.Source.Kind != facts.ListResult || seen[f.At] {
		return
	}
	for _, s := range f.Way() {
		if s.Kind == "output" && shown[s.At] {
			return
		}
	}
	seen[f.At] = true
	p.report("output", Finding{
		At: f.At, Resource: f.Sink.Instance.By, Path: "outputs." + f.Sink.Output.Name, When: f.When, Flow: way(f),
		Message: fmt.Sprintf("the output '%s' shows %s of %s to everyone who may read the deployment", f.Sink.Output.Name, listedAs(f.Source), keyOwner(f.Source)),
	})
}

// keyInProperty reports a property of a resource.
func (p *Pass) keyInProperty(f *facts.Flow, seen map[value.Span]bool) {
	k := keySinkOf(f.Sink)
	if k == nil || seen[f.At] {
		return
	}
	switch f.Source.Kind {
	case facts.ListResult:
		p.listedKey(f, k, seen)
	case facts.SecureParameter:
		if k.grade == "setting" && isSQLLogin(f.Value) {
			seen[f.At] = true
			p.report("setting", Finding{
				At: f.At, Resource: f.Sink.Resource, Path: f.Sink.Path(), When: f.When, Flow: way(f),
				Message: k.describe(f.Sink) + " signs in to the database with a password: Azure SQL takes the identity of the app",
			})
		}
	}
}

func (p *Pass) listedKey(f *facts.Flow, k *keySink, seen map[value.Span]bool) {
	role, replaceable := keyless(f)
	if !replaceable && !k.read {
		return
	}
	instead := "keep it where only the resource itself can read it"
	switch {
	case replaceable && k.instead != "":
		instead = fmt.Sprintf("%s, with a role such as '%s'", k.instead, role.Roles[0])
	case replaceable && !k.read:
		instead = fmt.Sprintf("use a managed identity with a role such as '%s'", role.Roles[0])
	case replaceable:
		instead = "use a managed identity, or " + instead
	}
	seen[f.At] = true
	p.report(keyGrade(f.Sink, k), Finding{
		At: f.At, Resource: f.Sink.Resource, Path: f.Sink.Path(), When: f.When, Flow: way(f),
		Message: fmt.Sprintf("%s gets %s of %s%s: %s", k.describe(f.Sink), listedAs(f.Source), keyOwner(f.Source), k.exposure(), instead),
	})
}

// tellsKey tells whether CR005 speaks of a key that a list*() function yields.
func (b byID) tellsKey(f *facts.Flow) bool {
	if f.Sink.Output != nil {
		return true
	}
	k := keySinkOf(f.Sink)
	if k == nil || b.isHostStorage(f.Sink) || isRegistryLogin(f.Sink) {
		return false
	}
	_, replaceable := keyless(f)
	return replaceable || k.read
}

// keyGrade is the grade of a property, which for variables of Automation
// depends on whether they are encrypted.
func keyGrade(s facts.Sink, k *keySink) string {
	if s.Resource.Is("Microsoft.Automation/automationAccounts/variables") {
		if encrypted, _ := s.Resource.Get("properties", "isEncrypted").Bool(); encrypted {
			return "protected"
		}
	}
	return k.grade
}

// isSQLLogin tells whether a text is a connection string with a password for
// a server of Azure SQL, which takes identities as well.
// https://learn.microsoft.com/azure/app-service/tutorial-connect-msi-sql-database
func isSQLLogin(v value.Value) bool {
	text := value.Fold(strings.ReplaceAll(literals(v), " ", ""))
	if !strings.Contains(text, "password=") && !strings.Contains(text, "pwd=") || strings.Contains(text, "authentication=activedirectory") {
		return false
	}
	if strings.Contains(text, "database.windows.net") {
		return true
	}
	for _, part := range v.Parts() {
		if part.Hole == nil {
			continue
		}
		ref, path := eval.ReferenceOf(value.OfSymbol(part.Hole))
		if ref != nil && ref.Resource() != nil && ref.Resource().Is("Microsoft.Sql/servers", "Microsoft.Sql/managedInstances") && len(path) > 0 && value.FoldEqual(path[len(path)-1], "fullyQualifiedDomainName") {
			return true
		}
	}
	return false
}
