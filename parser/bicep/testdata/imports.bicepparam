using none
import * as shared from 'shared.bicep'
import { defaults, kinds, nameOf } from 'shared.bicep'
import * as lib from 'library.json'

param space = shared.defaults.env
param roles = kinds
param both = { ...defaults, of: shared.kinds[1] }
param name = nameOf('a')
param other = shared.nameOf('b')
param role = lib.roles.reader
param zone = lib.zones[0]
param id = lib.idOf(own(2))

@description('functions and types of the file itself')
func own(size lib.size?) string => join([nameOf(base), shared.nameOf(string(size))], '-')
var base = shared.kinds[0]
