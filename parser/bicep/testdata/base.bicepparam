using none
param zones = [2]
param location = 'eastus'
