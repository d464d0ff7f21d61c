// What one file can say: loops, conditions, children, scopes, modules.
targetScope = 'resourceGroup'

metadata owner = 'platform'

import { nameOf, kinds } from 'shared.bicep'
import * as shared from 'shared.bicep'

@description('Where to.')
param location string = resourceGroup().location
@secure()
param password string
@allowed(['a', 'b'])
param choice string = 'a'
param sites siteType[] = []
param level 'low' | 'high'? = null
param zones (1 | 2 | 3)[] = [1]

type siteType = {
  name: string
  @minLength(1)
  tags: object?
  *: string
}

var prefix = toLower('${choice}-{x}-${location}')
var names = [for (s, i) in sites: '${s.name}-${i}']
var first = sites[?0].?name ?? 'none'
var runtimeKey = store.listKeys().keys[0].value
var merged = { ...shared.defaults, odd: [...names, 'z'], copy: 1 }
var bracket = '[not an expression]'
var long = '''
several
lines'''
var big = 5000000000
var text = loadTextContent('note.txt')
var data = loadJsonContent('data.json', '$.items[1]')

func greet(who string) string => 'hello ${who}'

resource store 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'st${uniqueString(resourceGroup().id)}'
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  tags: any(merged)

  resource blobs 'blobServices' = {
    name: 'default'

    resource box 'containers' = if (choice == 'b') {
      name: 'box'
    }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: 'vault'
  scope: resourceGroup('other')
}

resource apps 'Microsoft.Web/sites@2023-12-01' = [
  for (site, i) in sites: if (site.name != '') {
    name: names[i]
    location: location
    identity: { type: 'SystemAssigned' }
    properties: {
      siteConfig: {
        appSettings: [
          for (z, n) in zones: {
            name: 'zone${n}'
            value: string(z)
          }
        ]
      }
      key: runtimeKey
      id: store::blobs::box.id
      text: '${first}${long}${big}${bracket}${data}${text}${greet(level!)}'
    }
  }
]

@batchSize(2)
resource settings 'Microsoft.Web/sites/config@2023-12-01' = [
  for (site, i) in sites: {
    parent: apps[i]
    name: 'web'
  }
]

resource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for i in range(0, length(sites)): {
    name: guid(store.id, nameOf(string(i)))
    scope: store
    properties: {
      principalId: apps[i].identity.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', kinds[0])
    }
  }
]

module child 'child.bicep' = {
  scope: resourceGroup('other')
  params: {
    id: store.id
    secret: choice == 'a' ? vault.getSecret('s') : password
    list: [for s in sites: s.name]
  }
}

module each 'child.bicep' = [
  for i in range(0, 2): {
    name: 'each${i}'
    params: { id: apps[i].id, secret: password, list: [-1 % 2 == 0, !true] }
    dependsOn: [grant]
  }
]

output principal string = apps[0].identity.principalId
output host string? = store.?properties.?primaryEndpoints.blob
output fromChild string = child.outputs.made
output all array = [for i in range(0, 2): each[i].outputs.made]
output ends array = map(sites, s => s.tags.?x[^1])
