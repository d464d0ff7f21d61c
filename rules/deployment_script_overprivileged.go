package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/script"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// PP003 reports deployment scripts that run with a role for nearly everything
// on a resource group, and those that have an identity and use nothing of
// Azure. What gives access, or goes further, is PP001's.
var PP003 = add("PP003", func(p *Pass) {
	p.voices(func(g *facts.Grant, role facts.Role, v verdict) {
		f := grantFinding(g, role)
		f.Message = fmt.Sprintf("%s may change nearly everything on %s: '%s' allows '%s'", runs(v.hosts[0].Host), where(g), role.Name(), azure.Grants(role.Blocks(), azure.Broad))
		if version, ok := v.hosts[0].Host.APIVersion().Str(); ok && version >= deployerRuns {
			f.Message += "; a script needs no role for the resources that run it"
		}
		f.Flow = chainOf(g, role, v.hosts[0])
		f.Related = append(append(f.Flow[:len(f.Flow)-1:len(f.Flow)-1], others(v.hosts)...), f.Related...)
		p.report(v.grade, f)
	})
	for _, s := range p.Access.Scripts() {
		if s.Resource.Is(deploymentScripts) && idle(s) {
			p.reportIdle(s)
		}
	}
})

// deployerRuns is the first api version with which whoever deploys the script
// creates what runs it. Before, the identity of the script did.
// https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-script-template
const deployerRuns = "2020-10-01"

// azureMarks stand in the words of a script that uses Azure in some way.
var azureMarks = []string{"az", "azure", "-az", "msi", "identity", "169.254.169.254", "login.", "bearer", "token", "graph", "http", "invoke-", "curl", "wget", "source", ".sh", ".ps1", "python", "import", "eval", "kubectl", "\x00"}

// idle tells whether the text of a script is known and names nothing by which
// it could use an identity.
func idle(s facts.Script) bool {
	if s.External || !s.Exact || s.Text == "" {
		return false
	}
	for _, c := range script.Commands(s.Text, s.Language) {
		for _, w := range c.Words {
			for _, mark := range azureMarks {
				if containsFold(w.Text, mark) {
					return false
				}
			}
		}
	}
	return strings.TrimSpace(s.Text) != "" && s.Resource.Get("properties", "supportingScriptUris").Kind == value.Missing
}

func (p *Pass) reportIdle(s facts.Script) {
	attached := p.Access.AttachedTo(s.Resource)
	if len(attached) == 0 {
		return
	}
	p.report("idle", Finding{
		At: spot(s.Resource, "identity"), Resource: s.Resource, When: attached[0].When, Path: "identity",
		Message: fmt.Sprintf("the deployment script '%s' has an identity, and nothing in it uses Azure", called(s.Resource)),
		Related: []Related{{spot(s.Resource, s.Path...), "the script"}},
	})
}
