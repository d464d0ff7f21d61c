package rules_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

var typeOrAction = regexp.MustCompile(`^Microsoft\.[^/ ]+(/[^/ ]+)+$`)

// notListed are types and actions that Azure has, though no table here lists
// them: no built-in role names the action, or the type is no resource of ARM.
var notListed = map[string]bool{
	"Microsoft.App/agent":                                                         true, // the beginning of several
	"Microsoft.App/jobs/start/action":                                             true,
	"Microsoft.Authorization/classicAdministrators/delete":                        true,
	"Microsoft.Authorization/classicAdministrators/write":                         true,
	"Microsoft.Batch/batchAccounts/jobs/write":                                    true,
	"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action": true,
	"Microsoft.ContainerInstance/containerGroups/containers/exec/action":          true,
	"Microsoft.ContainerService/managedClusters/pods/exec/action":                 true,
	"Microsoft.ContainerService/managedClusters/pods/write":                       true,
	"Microsoft.Graph/applications":                                                true, // of the extension for Microsoft Graph
	"Microsoft.Graph/applications/federatedIdentityCredentials":                   true,
	"Microsoft.Graph/groups":                                                      true,
	"Microsoft.Graph/oauth2PermissionGrants":                                      true,
	"Microsoft.Graph/servicePrincipals":                                           true,
	"Microsoft.Graph/users":                                                       true,
	"Microsoft.Kubernetes/connectedClusters/pods/write":                           true,
	"Microsoft.Synapse/workspaces/linkedServices":                                 true, // made in the workspace, not by a deployment
	"Microsoft.Web/connections/accessPolicies":                                    true,
	"Microsoft.Web/sites/publishxml/action":                                       true,
	"Microsoft.Web/sites/slots/publishxml/action":                                 true,

	// Kinds of sources of Stream Analytics.
	"Microsoft.EventHub/EventHub":   true,
	"Microsoft.ServiceBus/EventHub": true,
	"Microsoft.ServiceBus/Queue":    true,
	"Microsoft.ServiceBus/Topic":    true,
	"Microsoft.Sql/Server/Database": true,
	"Microsoft.Storage/Blob":        true,
}

// TestTypesOfResources holds that each resource type and each action that the
// rules name is one that Azure has.
func TestTypesOfResources(t *testing.T) {
	seen := 0
	for _, pattern := range []string{"*.go", "facts/*.go", "azure/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				s, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				if !typeOrAction.MatchString(s) {
					return true
				}
				seen++
				_, isType := azure.ResourceType(s)
				management, data := azure.Sides(s)
				if !isType && !management && !data && !notListed[s] {
					t.Errorf("%s: Azure has no '%s'", fset.Position(lit.Pos()), s)
				}
				return true
			})
		}
	}
	if seen < 300 {
		t.Errorf("only %d types and actions were seen", seen)
	}
}
