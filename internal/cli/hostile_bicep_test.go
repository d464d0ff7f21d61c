package cli_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// hostileBicep says %s wherever Bicep may hold text of its author.
const hostileBicep = `metadata description = %[1]s

@description(%[1]s)
param given string
resource id 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = { name: %[1]s, location: 'x' }
resource site 'Microsoft.Web/sites@2023-12-01' = {
  name: %[1]s
  location: 'x'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${id.id}': {} } }
}
resource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(%[1]s)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635')
    principalId: id.properties.principalId
    description: %[1]s
  }
}
resource other 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: %[1]s
  properties: { roleDefinitionId: %[1]s, principalId: given, principalType: %[1]s }
}
`

// putBicep writes Bicep with a payload, whole and broken.
func putBicep(t *testing.T, folder, payload string) {
	t.Helper()
	put(t, filepath.Join(folder, fileName(payload, "source.bicep")), fmt.Sprintf(hostileBicep, inBicep(payload)))
	put(t, filepath.Join(folder, fileName(payload, "broken.bicep")), "resource "+payload+" 'x' = {\n")
}

// inBicep spells text as a string of Bicep.
func inBicep(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "${", `\${`).Replace(s) + "'"
}
