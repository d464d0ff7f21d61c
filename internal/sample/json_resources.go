package sample

import "fmt"

// resource writes resource i; those that it refers to stand before it.
func (w *writer) resource(i int) {
	g := i / group
	switch i % group {
	case 0:
		w.identity(g)
	case 1:
		w.storage(g)
	case 2:
		w.app(g)
	case 3:
		w.vault(g)
	case 4:
		w.grant(g)
	}
}

func (w *writer) identity(g int) {
	w.member(fmt.Sprintf("identity%d", g))
	fmt.Fprintf(w, `      "type": "Microsoft.ManagedIdentity/userAssignedIdentities",
      "apiVersion": "2024-11-30",
      "name": "[%s]",
      "location": "[parameters('location')]",
      "tags": "[parameters('tags')]"
    }`, w.name(g, "parameters('name')"))
}

func (w *writer) storage(g int) {
	w.member(fmt.Sprintf("storage%d", g))
	fmt.Fprintf(w, `      "type": "Microsoft.Storage/storageAccounts",
      "apiVersion": "2024-01-01",
      "name": "[take(format('{0}st%d', variables('prefix')), 24)]",
      "location": "[parameters('location')]",
      "tags": "[union(coalesce(parameters('tags'), createObject()), createObject('part', 'data', 'number', '%[1]d'))]",
      "sku": {
        "name": "Standard_ZRS"
      },
      "kind": "StorageV2",
      "properties": {
        "allowBlobPublicAccess": false,
        "allowSharedKeyAccess": false,
        "minimumTlsVersion": "TLS1_2",
        "supportsHttpsTrafficOnly": true,
        "networkAcls": {
          "bypass": "AzureServices",
          "defaultAction": "Deny",
          "ipRules": [],
          "virtualNetworkRules": []
        }
      }
    }`, g)
}

func (w *writer) app(g int) {
	w.member(fmt.Sprintf("app%d", g))
	fmt.Fprintf(w, `      "type": "Microsoft.Web/sites",
      "apiVersion": "2024-04-01",
      "name": "[format('{0}-app-%d', parameters('name'))]",
      "location": "[parameters('location')]",
      "kind": "functionapp,linux",
      "identity": {
        "type": "UserAssigned",
        "userAssignedIdentities": {
          "[format('{0}', resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', %s))]": {}
        }
      },
      "properties": {
        "httpsOnly": true,
        "siteConfig": {
          "ftpsState": "Disabled",
          "appSettings": [
            {
              "name": "AzureWebJobsStorage__accountName",
              "value": "[take(format('{0}st%[1]d', variables('prefix')), 24)]"
            },
            {
              "name": "AzureWebJobsStorage__clientId",
              "value": "[reference('identity%[1]d').clientId]"
            },
            {
              "name": "FUNCTIONS_EXTENSION_VERSION",
              "value": "~4"
            }
          ]
        }
      },
      "dependsOn": [
        "identity%[1]d",
        "storage%[1]d"
      ]
    }`, g, w.name(g, "parameters('name')"))
}

func (w *writer) vault(g int) {
	w.member(fmt.Sprintf("vault%d", g))
	fmt.Fprintf(w, `      "type": "Microsoft.KeyVault/vaults",
      "apiVersion": "2024-11-01",
      "name": "[take(format('{0}-kv-%d', variables('prefix')), 24)]",
      "location": "[parameters('location')]",
      "properties": {
        "tenantId": "[subscription().tenantId]",
        "sku": {
          "family": "A",
          "name": "standard"
        },
        "enableRbacAuthorization": true,
        "enablePurgeProtection": true,
        "softDeleteRetentionInDays": 90,
        "publicNetworkAccess": "[if(equals(parameters('location'), 'westeurope'), 'Enabled', 'Disabled')]"
      }
    }`, g)
}

func (w *writer) grant(g int) {
	w.member(fmt.Sprintf("grant%d", g))
	account := fmt.Sprintf("resourceId('Microsoft.Storage/storageAccounts', take(format('{0}st%d', variables('prefix')), 24))", g)
	role, who := roles[g%4].name, fmt.Sprintf("reference('identity%d').principalId", g)
	seed, roleID := fmt.Sprintf("'identity%d', '%s'", g, role), fmt.Sprintf("variables('builtInRoleNames')['%s']", role)
	if w.Copies > 0 {
		one := "coalesce(variables('formattedRoleAssignments'), createArray())[copyIndex()]"
		who, roleID = one+".principalId", one+".roleDefinitionId"
		seed = who + ", " + roleID
		fmt.Fprintf(w, `      "copy": {
        "name": "grant%d",
        "count": "[length(coalesce(variables('formattedRoleAssignments'), createArray()))]"
      },
`, g)
	}
	fmt.Fprintf(w, `      "type": "Microsoft.Authorization/roleAssignments",
      "apiVersion": "2022-04-01",
      "scope": "[%[2]s]",
      "name": "[guid(%[2]s, %[3]s)]",
      "properties": {
        "roleDefinitionId": "[%[4]s]",
        "principalId": "[%[5]s]",
        "principalType": "ServicePrincipal",
        "description": "What application %[1]d needs of its data."
      },
      "dependsOn": [
        "identity%[1]d",
        "storage%[1]d"
      ]
    }`, g, account, seed, roleID, who)
}
