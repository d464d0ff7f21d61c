package facts

import (
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// secretProperty is a property whose value is a password or key that people
// choose or bring along.
type secretProperty struct {
	types []string
	path  string // see places
}

var machines = []string{"Microsoft.Compute/virtualMachines", "Microsoft.Compute/virtualMachineScaleSets/virtualMachines"}

// secretProperties are those that the descriptions of the resource types mark
// as secret, as far as they are commonly used.
// https://learn.microsoft.com/azure/templates/
var secretProperties = []secretProperty{
	{machines, "properties.osProfile.adminPassword"},
	{[]string{"Microsoft.Compute/virtualMachineScaleSets"}, "properties.virtualMachineProfile.osProfile.adminPassword"},
	{[]string{"Microsoft.Sql/servers", "Microsoft.Sql/managedInstances", "Microsoft.DBforMySQL/flexibleServers", "Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.DBforMySQL/servers", "Microsoft.DBforPostgreSQL/servers", "Microsoft.DBforMariaDB/servers", "Microsoft.DBforPostgreSQL/serverGroupsv2"}, "properties.administratorLoginPassword"},
	{[]string{"Microsoft.Synapse/workspaces"}, "properties.sqlAdministratorLoginPassword"},
	{[]string{"Microsoft.DocumentDB/mongoClusters"}, "properties.administrator.password"},
	{[]string{"Microsoft.ContainerService/managedClusters"}, "properties.windowsProfile.adminPassword"},
	{[]string{"Microsoft.ContainerService/managedClusters"}, "properties.servicePrincipalProfile.secret"},
	{[]string{"Microsoft.ServiceFabric/managedClusters"}, "properties.adminPassword"},
	{[]string{"Microsoft.Automation/automationAccounts/credentials"}, "properties.password"},
	{[]string{"Microsoft.Network/connections"}, "properties.sharedKey"},
	{[]string{"Microsoft.Network/applicationGateways"}, "properties.sslCertificates[].properties.password"},
	{[]string{"Microsoft.Web/certificates"}, "properties.password"},
	{[]string{"Microsoft.ContainerInstance/containerGroups"}, "properties.imageRegistryCredentials[].password"},
	{[]string{"Microsoft.HDInsight/clusters"}, "properties.computeProfile.roles[].osProfile.linuxOperatingSystemProfile.password"},
	{[]string{"Microsoft.NetApp/netAppAccounts"}, "properties.activeDirectories[].password"},
	{[]string{"Microsoft.LabServices/labs"}, "properties.virtualMachineProfile.adminUser.password"},
	{[]string{"Microsoft.DevTestLab/labs/virtualMachines"}, "properties.password"},
}

// SecretValue is what stands in a secret property of a resource.
type SecretValue struct {
	Resource *eval.Resource
	Path     string   // "[]" for elements
	Steps    []string // numbers for elements
	Value    value.Value
	When     value.Condition
}

// SecretValues returns what stands in the secret properties of a resource,
// leaving out what only a parameter offers.
func SecretValues(r *eval.Resource) []SecretValue {
	var out []SecretValue
	for i := range secretProperties {
		if s := &secretProperties[i]; r.Is(s.types...) {
			at := SecretValue{Resource: r, Path: s.path, Value: r.Body()}
			at.below(strings.Split(strings.ReplaceAll(s.path, "[]", ".[]"), "."), &out)
		}
	}
	return out
}

// below follows the rest of a path.
func (s SecretValue) below(path []string, out *[]SecretValue) {
	for _, alt := range s.Value.Alternatives() {
		when, feasible := s.When.And(alt.When)
		if !feasible || alt.Offered || alt.Value.IsNull() {
			continue
		}
		t := s
		t.Value, t.When = alt.Value, when
		if len(path) == 0 {
			*out = append(*out, t)
			continue
		}
		t.step(path, out)
	}
}

func (s SecretValue) step(path []string, out *[]SecretValue) {
	from := s.Value
	if path[0] != "[]" {
		s.Steps, s.Value = append(s.Steps[:len(s.Steps):len(s.Steps)], path[0]), from.Get(path[0])
		s.below(path[1:], out)
		return
	}
	if a := from.Array(); a != nil {
		for i, v := range a.All() {
			t := s
			t.Steps, t.Value = append(s.Steps[:len(s.Steps):len(s.Steps)], strconv.Itoa(i)), v
			t.below(path[1:], out)
		}
	}
}
