// Extensions with configurations, their resources, and modules that get some.
extension az
extension kubernetes with {
  namespace: 'jobs'
  kubeConfig: kubeConfig
} as k8s
extension 'br:contoso.azurecr.io/extensions/queues/v1:1.0.0' as queues

@secure()
param kubeConfig string
param own bool

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: 'kv-jobs'
}

resource cluster 'az:Microsoft.ContainerService/managedClusters@2024-02-01' = {
  name: 'jobs'
  location: az.resourceGroup().location
}

resource space 'k8s:core/Namespace@v1' = {
  metadata: { name: 'jobs' }
}

resource queue 'queues:Queue@v1' = {
  name: 'jobs'
}

module written 'extended.bicep' = {
  name: 'written'
  params: { prefix: 'w' }
  extensionConfigs: {
    k8s: {
      namespace: own ? 'own' : k8s.config.namespace
      kubeConfig: vault.getSecret('kube-config')
    }
    queues: {}
  }
}

module inherited 'extended.bicep' = [for i in range(0, 2): {
  name: 'inherited-${i}'
  params: { prefix: 'i${i}' }
  extensionConfigs: {
    k8s: {
      namespace: 'jobs-${i}'
      kubeConfig: cluster.listClusterAdminCredential().kubeconfigs[0].value
    }
    queues: own ? queues.config : { url: 'https://contoso.example' }
  }
}]
