targetScope = 'subscription'

param name string = 'rg'

resource rg 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: name
  location: 'westeurope'
}

module m 'child.bicep' = {
  name: 'm'
  scope: rg
  params: { id: rg.id, secret: 'x', list: [] }
}

output id string = m.outputs.made
