using 'extensions.bicep'

param own = true
param kubeConfig = az.getSecret('aaaaaaaa-0000-4000-8000-000000000001', 'rg-jobs', 'kv-jobs', 'kube-config')

extensionConfig k8s with {
  namespace: 'others'
  kubeConfig: az.getSecret('aaaaaaaa-0000-4000-8000-000000000001', 'rg-jobs', 'kv-jobs', 'kube-config', 'v1')
}
extensionConfig queues with {}
