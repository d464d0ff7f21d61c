package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/script"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// PP002 reports scripts in templates that give access or hand out keys: no
// deployment preview and no reader of the template sees what they grant.
var PP002 = add("PP002", func(p *Pass) {
	for _, s := range p.Access.Scripts() {
		switch {
		case s.External:
			p.reportExternal(s)
		case s.Text != "":
			p.reportCommands(s)
		}
	}
})

// grantingCommand is a command by which a script gives access.
type grantingCommand struct {
	phrase string
	with   []string // what must stand in it too, in lower case
	does   string
	grade  string
}

const (
	assigns    = "assigns a role"
	defines    = "changes what a role allows"
	newSecret  = "makes a new secret for an application"
	policies   = "changes the access policies of a vault"
	directory  = "gives rights in Microsoft Entra ID"
	trusts     = "lets a foreign token stand for an identity"
	readsKeys  = "reads the keys of an account"
	restAssign = "roleassignments"
)

// grantingCommands are those of the Azure CLI and of the modules Az, AzureAD
// and Microsoft.Graph.
// https://learn.microsoft.com/cli/azure/reference-index
// https://learn.microsoft.com/powershell/azure/
var grantingCommands = []grantingCommand{
	{"az role assignment create", nil, assigns, "grants"},
	{"az role definition create", nil, defines, "grants"},
	{"az role definition update", nil, defines, "grants"},
	{"New-AzRoleAssignment", nil, assigns, "grants"},
	{"New-AzureRmRoleAssignment", nil, assigns, "grants"},
	{"New-AzRoleDefinition", nil, defines, "grants"},
	{"Set-AzRoleDefinition", nil, defines, "grants"},
	{"az rest", []string{restAssign, "put"}, assigns, "grants"},
	{"Invoke-AzRestMethod", []string{restAssign, "put"}, assigns, "grants"},
	{"az ad app credential reset", nil, newSecret, "grants"},
	{"az ad sp credential reset", nil, newSecret, "grants"},
	{"az ad sp create-for-rbac", nil, newSecret, "grants"},
	{"New-AzADAppCredential", nil, newSecret, "grants"},
	{"New-AzADSpCredential", nil, newSecret, "grants"},
	{"az keyvault set-policy", nil, policies, "grants"},
	{"Set-AzKeyVaultAccessPolicy", nil, policies, "grants"},
	{"New-MgServicePrincipalAppRoleAssignment", nil, directory, "grants"},
	{"New-AzureADServiceAppRoleAssignment", nil, directory, "grants"},
	{"Add-AzureADDirectoryRoleMember", nil, directory, "grants"},
	{"az identity federated-credential create", nil, trusts, "grants"},
	{"New-AzFederatedIdentityCredential", nil, trusts, "grants"},
	{"az storage account keys list", nil, readsKeys, "keys"},
	{"Get-AzStorageAccountKey", nil, readsKeys, "keys"},
}

// reportCommands tells of each kind of command once for a script.
func (p *Pass) reportCommands(s facts.Script) {
	seen := map[string]bool{}
	for _, c := range script.Commands(s.Text, s.Language) {
		for _, g := range grantingCommands {
			start, end, ok := c.Find(g.phrase, g.with...)
			if !ok || seen[g.phrase] {
				continue
			}
			seen[g.phrase] = true
			p.report(g.grade, Finding{
				At: p.scriptPlace(s, start, end), Resource: s.Resource, When: s.When, Path: s.Path[len(s.Path)-1] + "." + g.phrase,
				Message: fmt.Sprintf("the script of '%s' %s ('%s'), which neither what-if nor a reader of the template sees", called(s.Resource), g.does, g.phrase),
				Related: because(s.Resource, "the script", s.Path...),
			})
		}
	}
}

// scriptPlace is where a command stands: in the literal that holds the script
// if there is one, else at the property.
func (p *Pass) scriptPlace(s facts.Script, start, end int) value.Span {
	if n := nodeAt(p.Unit, s.At); s.Exact && !n.IsZero() && n.Text() == s.Text {
		if base := p.Unit.File(s.At.Pos()).Base; n.Offset(end) > n.Offset(start) {
			return p.firstLine(value.Span{Start: int32(base + n.Offset(start)), End: int32(base + n.Offset(end))})
		}
	}
	return spot(s.Resource, s.Path...)
}

func (p *Pass) reportExternal(s facts.Script) {
	if len(p.Access.AttachedTo(s.Resource)) == 0 {
		return
	}
	p.report("external", Finding{
		At: spot(s.Resource, s.Path...), Resource: s.Resource, When: s.When, Path: s.Path[len(s.Path)-1],
		Message: fmt.Sprintf("the script of '%s' stands elsewhere: what it does with the identity of the resource was not read", called(s.Resource)),
	})
}
