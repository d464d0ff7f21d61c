// What comes out of a compiled template: types, variables, functions, and what
// these refer to in their turn.
import { worker as machine, roles, idOf } from 'library.json'
import * as library from 'library.json'

param one machine
param all library.worker[] = []
param also library.worker?

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: idOf(one.name)
  location: 'westeurope'
  tags: { zone: library.zones[0], other: library.short('others') }
}

output role string = roles.reader
output same object = library.roles
