// What extensions.bicep deploys.
extension kubernetes as k8s
extension 'br:contoso.azurecr.io/extensions/queues/v1:1.0.0' as queues
param prefix string
output prefix string = prefix
