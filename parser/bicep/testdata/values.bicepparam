using 'main.bicep'
extends 'base.bicepparam'

var env = 'prod'
param location = 'westeurope'
param choice = env == 'prod' ? 'a' : 'b'
param password = az.getSecret('00000000-0000-0000-0000-000000000000', 'rg', 'kv', 'pw')
param sites = [for n in ['x', 'y']: { name: '${env}-${n}' }]
param level = readEnvironmentVariable('LEVEL', 'low')
param zones = base.zones
