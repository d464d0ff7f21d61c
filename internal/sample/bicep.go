package sample

import (
	"fmt"
	"strings"
)

// Bicep is the template as main.bicep, with modules beside it. It deploys what
// [Shape.JSON] does; Linked means nothing to it.
func (s Shape) Bicep() Set {
	set := Set{Root: "main.bicep", Files: map[string]string{}}
	for depth := range s.Depth {
		set.Files[level(depth)] = s.source(depth)
	}
	if s.Uses > 0 {
		set.Files["module.bicep"] = Shape{Resources: group}.source(0)
	}
	set.Files["main.bicep"] = s.source(s.Depth)
	return set
}

// level is the file with so many deployments within.
func level(depth int) string { return fmt.Sprintf("level%d.bicep", depth) }

func (s Shape) source(depth int) string {
	var w strings.Builder
	s.head(&w)
	for i := range s.Resources {
		s.declaration(&w, i)
	}
	if depth == s.Depth {
		for i := range s.Uses {
			module(&w, fmt.Sprintf("use%d", i), "module.bicep")
		}
	}
	if depth > 0 {
		module(&w, "inner", level(depth-1))
	}
	w.WriteString("\noutput name string = name\n")
	return w.String()
}

func module(w *strings.Builder, symbol, file string) {
	fmt.Fprintf(w, `
module %s '%s' = {
  name: '${uniqueString(deployment().name, location)}-%[1]s'
  params: {
    name: '${name}-%[1]s'
    location: location
  }
}
`, symbol, file)
}

func (s Shape) head(w *strings.Builder) {
	w.WriteString(`@description('Required. What all names of this deployment begin with.')
@minLength(3)
param name string

@description('Optional. Where everything is created; that of the "resource group" if not given.')
param location string = resourceGroup().location

param tags object?
`)
	if s.Copies > 0 {
		w.WriteString("\nparam roleAssignments array = [\n")
		for i := range s.Copies {
			fmt.Fprintf(w, "  {\n    principalId: '%s'\n    roleDefinitionIdOrName: '%s'\n  }\n", principal(i), roles[i%len(roles)].name)
		}
		w.WriteString("]\n")
	}
	w.WriteString("\nvar prefix = toLower('${name}${uniqueString(resourceGroup().id)}')\n\nvar builtInRoleNames = {\n")
	for _, r := range roles {
		fmt.Fprintf(w, "  '%s': subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '%s')\n", r.name, r.id)
	}
	w.WriteString("}\n")
	if s.Copies > 0 {
		w.WriteString(`
var formattedRoleAssignments = [
  for (assignment, index) in (roleAssignments ?? []): union(assignment, {
    roleDefinitionId: builtInRoleNames[?assignment.roleDefinitionIdOrName] ?? (contains(assignment.roleDefinitionIdOrName, '/providers/Microsoft.Authorization/roleDefinitions/')
      ? assignment.roleDefinitionIdOrName
      : subscriptionResourceId('Microsoft.Authorization/roleDefinitions', assignment.roleDefinitionIdOrName))
  })
]
`)
	}
}

// declaration writes resource i as [writer.resource] does.
func (s Shape) declaration(w *strings.Builder, i int) {
	g := i / group
	switch i % group {
	case 0:
		fmt.Fprintf(w, "\nresource identity%d 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {\n  name: %s\n  location: location\n  tags: tags\n}\n", g, s.name(g, "name"))
	case 1:
		fmt.Fprintf(w, bicepStorage, g)
	case 2:
		fmt.Fprintf(w, bicepApp, g)
	case 3:
		fmt.Fprintf(w, bicepVault, g)
	case 4:
		s.bicepGrant(w, g)
	}
}

const bicepStorage = `
resource storage%d 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: take('${prefix}st%[1]d', 24)
  location: location
  tags: union(tags ?? {}, { part: 'data', number: '%[1]d' })
  sku: {
    name: 'Standard_ZRS'
  }
  kind: 'StorageV2'
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Deny'
      ipRules: []
      virtualNetworkRules: []
    }
  }
}
`

const bicepApp = `
resource app%d 'Microsoft.Web/sites@2024-04-01' = {
  name: '${name}-app-%[1]d'
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity%[1]d.id}': {}
    }
  }
  properties: {
    httpsOnly: true
    siteConfig: {
      ftpsState: 'Disabled'
      appSettings: [
        {
          name: 'AzureWebJobsStorage__accountName'
          value: storage%[1]d.name
        }
        {
          name: 'AzureWebJobsStorage__clientId'
          value: identity%[1]d.properties.clientId
        }
        {
          name: 'FUNCTIONS_EXTENSION_VERSION'
          value: '~4'
        }
      ]
    }
  }
}
`

const bicepVault = `
resource vault%d 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: take('${prefix}-kv-%[1]d', 24)
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: location == 'westeurope' ? 'Enabled' : 'Disabled'
  }
}
`

func (s Shape) bicepGrant(w *strings.Builder, g int) {
	value, role, who := "{", fmt.Sprintf("builtInRoleNames['%s']", roles[g%4].name), fmt.Sprintf("identity%d.properties.principalId", g)
	seed := fmt.Sprintf("'identity%d', '%s'", g, roles[g%4].name)
	if s.Copies > 0 {
		value, role, who = "[for assignment in (formattedRoleAssignments ?? []): {", "assignment.roleDefinitionId", "assignment.principalId"
		seed = who + ", " + role
	}
	fmt.Fprintf(w, `
resource grant%d 'Microsoft.Authorization/roleAssignments@2022-04-01' = %s
  scope: storage%[1]d
  name: guid(storage%[1]d.id, %[3]s)
  properties: {
    roleDefinitionId: %[4]s
    principalId: %[5]s
    principalType: 'ServicePrincipal'
    description: 'What application %[1]d needs of its data.'
  }
}`, g, value, seed, role, who)
	if s.Copies > 0 {
		w.WriteByte(']')
	}
	w.WriteByte('\n')
}
