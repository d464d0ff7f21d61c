package azure_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

func TestIdentitySupport(t *testing.T) {
	for _, c := range []struct {
		resourceType string
		want         string // s system, u user, b both, i the block is required
	}{
		{"microsoft.web/SITES", "sub"},
		{"Microsoft.ContainerService/managedClusters", "su"},
		{"Microsoft.Logic/workflows", "su"},
		{"Microsoft.Resources/deploymentScripts", "u"},
		{"Microsoft.Kubernetes/connectedClusters", "si"},
		{"Microsoft.Authorization/policyAssignments", "su"},
		{"Microsoft.VirtualMachineImages/imageTemplates", "ui"},
	} {
		s, ok := azure.IdentitySupport(c.resourceType)
		if !ok || !strings.EqualFold(s.Type, c.resourceType) {
			t.Errorf("%s: found %v, %q", c.resourceType, ok, s.Type)
		}
		for _, f := range []struct {
			letter string
			on     bool
		}{{"s", s.System}, {"u", s.User}, {"b", s.Both}, {"i", s.IdentityRequired}} {
			if strings.Contains(c.want, f.letter) != f.on {
				t.Errorf("%s: %q is %v: %+v", c.resourceType, f.letter, f.on, s)
			}
		}
	}
	for _, none := range []string{"Microsoft.KeyVault/vaults", "Microsoft.Compute/disks", "", "Contoso.Shop/tills"} {
		if s, ok := azure.IdentitySupport(none); ok {
			t.Errorf("%s: %+v", none, s)
		}
	}
}

func TestOddIdentities(t *testing.T) {
	vm, _ := azure.IdentitySupport("Microsoft.Compute/virtualMachines")
	if vm.Type != "Microsoft.Compute/virtualMachines" || !vm.LegacyArray || vm.Shape != azure.ShapeMap {
		t.Errorf("virtual machines: %+v", vm)
	}
	for resourceType, value := range map[string]string{
		"Dynatrace.Observability/monitors": "SystemAndUserAssigned",
		"Microsoft.Sql/servers/jobAgents":  "SystemAssignedUserAssigned",
	} {
		if s, _ := azure.IdentitySupport(resourceType); !slices.Contains(s.Values, value) || !s.Both {
			t.Errorf("%s: %+v", resourceType, s)
		}
	}
	if s, _ := azure.IdentitySupport("Microsoft.AVS/privateClouds"); s.User || !s.AlsoUser {
		t.Errorf("documented only in part: %+v", s)
	}
	if s, _ := azure.IdentitySupport("Microsoft.Logic/integrationAccounts"); !s.DocumentedOnly || !s.BothUnknown {
		t.Errorf("documented only: %+v", s)
	}
}

func TestResourceType(t *testing.T) {
	for _, c := range []struct {
		name string
		want azure.TypeInfo
	}{
		{"microsoft.web/sites", azure.TypeInfo{Type: "Microsoft.Web/sites", WritableScopes: azure.ScopeResourceGroup, RootIdentity: true}},
		{"Microsoft.KeyVault/vaults", azure.TypeInfo{Type: "Microsoft.KeyVault/vaults", WritableScopes: azure.ScopeResourceGroup}},
	} {
		if got, ok := azure.ResourceType(c.name); !ok || got != c.want {
			t.Errorf("%s: %+v, %v", c.name, got, ok)
		}
	}
	if got, _ := azure.ResourceType("Microsoft.Authorization/roleAssignments"); !got.Extension || got.WritableScopes&azure.ScopeResource == 0 {
		t.Errorf("role assignments: %+v", got)
	}
	if got, ok := azure.ResourceType("Microsoft.Web/site"); ok {
		t.Errorf("a prefix of a type is found: %+v", got)
	}
}

func TestHasPropertiesIdentity(t *testing.T) {
	if !azure.HasPropertiesIdentity("microsoft.machinelearningservices/workspaces/jobs") {
		t.Error("jobs of machine learning have properties.identity")
	}
	if azure.HasPropertiesIdentity("Microsoft.Web/sites") {
		t.Error("sites have no properties.identity")
	}
}

func TestHosts(t *testing.T) {
	h, ok := azure.HostOf("microsoft.app/containerapps")
	if !ok || h.Type != "Microsoft.App/containerApps" || h.Class != "code" || h.Strength != "recommended" || h.Prefers != "user" {
		t.Errorf("container apps: %+v", h)
	}
	if len(h.Required) == 0 || len(h.Recommended) == 0 || len(h.Skip) == 0 || !h.System || !h.User || !h.Both {
		t.Errorf("container apps: %+v", h)
	}
	if h, _ := azure.HostOf("Microsoft.Web/connections"); h.IdentityOn != "Microsoft.Logic/workflows;Microsoft.Web/sites" {
		t.Errorf("connections carry it on %q", h.IdentityOn)
	}
	if _, ok := azure.HostOf("Microsoft.Network/virtualNetworks"); ok {
		t.Error("a network is no host")
	}
}

func TestConditionHolds(t *testing.T) {
	script := azure.Condition{Op: azure.OpWord, Values: []string{"az ", "Get-Az"}, Ignore: []string{"az version"}}
	for _, c := range []struct {
		name string
		cond azure.Condition
		text string
		want bool
	}{
		{"word", script, "echo; az group list", true},
		{"word in any case", script, "get-azVM", true},
		{"inside a word", script, "topaz group", false},
		{"second place", script, "topaz az group", true},
		{"ignored", script, "az version", false},
		{"in", azure.Condition{Op: azure.OpIn, Values: []string{"Microsoft.Keyvault"}}, "Microsoft.KeyVault", true},
		{"not in", azure.Condition{Op: azure.OpNotIn, Values: []string{"None"}}, "none", false},
		{"contains", azure.Condition{Op: azure.OpContains, Values: []string{"AccountKey="}}, "x;accountkey=y", true},
		{"prefix", azure.Condition{Op: azure.OpPrefix, Values: []string{"STATICSITE|"}}, "staticsite|1", true},
		{"suffix", azure.Condition{Op: azure.OpSuffix, Values: []string{"__clientId"}}, "a__clientId", true},
		{"part", azure.Condition{Op: azure.OpPart, Values: []string{"functionapp"}}, "linux, functionapp", true},
		{"no part", azure.Condition{Op: azure.OpPart, Values: []string{"functionapp"}}, "functionapps", false},
		{"below", azure.Condition{Op: azure.OpBelow, Values: []string{"2016-08-01"}}, "2015-08-01", true},
		{"not below", azure.Condition{Op: azure.OpBelow, Values: []string{"2016-08-01"}}, "2016-08-01", false},
		{"exists", azure.Condition{Op: azure.OpExists}, "", true},
		{"absent", azure.Condition{Op: azure.OpAbsent}, "", false},
		{"remark", azure.Condition{Op: azure.OpRemark}, "", false},
	} {
		if got := c.cond.Holds(c.text); got != c.want {
			t.Errorf("%s: Holds(%q) = %v", c.name, c.text, got)
		}
	}
}
