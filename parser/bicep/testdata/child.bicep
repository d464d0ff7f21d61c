param id string
@secure()
param secret string
param list array

resource v 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: last(split(id, '/'))
}

resource s 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: v
  name: 'one'
  properties: { value: secret, contentType: join(list, ',') }
}

output made string = s.id
