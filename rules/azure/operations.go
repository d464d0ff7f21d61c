package azure

// The operations of each class, the telling ones first: they are what a message names.
// https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations

// escalateOperations change who has access. Requests of Privileged Identity Management lead to the same assignments.
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged
var escalateOperations = []string{
	"Microsoft.Authorization/roleAssignments/write",
	"Microsoft.Authorization/roleDefinitions/write",
	"Microsoft.Authorization/elevateAccess/action",
	"Microsoft.Authorization/roleAssignmentScheduleRequests/write",
	"Microsoft.Authorization/roleEligibilityScheduleRequests/write",
}

// policyOperations change what is enforced. A policy that deploys or modifies acts with an identity of its own.
// https://learn.microsoft.com/azure/governance/policy/overview#azure-rbac-permissions-in-azure-policy
var policyOperations = []string{
	"Microsoft.Authorization/policyAssignments/write",
	"Microsoft.Authorization/policyExemptions/write",
}

// identityOperations attach a user-assigned identity to a resource, or let a foreign token stand for it.
// https://learn.microsoft.com/entra/workload-id/workload-identity-federation
var identityOperations = []string{
	"Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
	"Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
}

// credentialOperations are well-known ones, and those that do not look like what they are. The table has the rest.
var credentialOperations = []string{
	"Microsoft.Storage/storageAccounts/listKeys/action",
	"Microsoft.DocumentDB/databaseAccounts/listKeys/action",
	"Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
	"Microsoft.ContainerRegistry/registries/listCredentials/action",
	"Microsoft.Web/sites/publishxml/action",
	"Microsoft.Web/sites/config/list/action",
	"Microsoft.Web/sites/slots/publishxml/action",
	"Microsoft.Web/sites/slots/config/list/action",
	"Microsoft.KeyVault/vaults/deploy/action",
}

// codeOperations run code that the caller brings, or start what runs it.
var codeOperations = []string{
	"Microsoft.Compute/virtualMachines/runCommand/action",
	"Microsoft.Compute/virtualMachines/runCommands/write",
	"Microsoft.Compute/virtualMachines/extensions/write",
	"Microsoft.Compute/virtualMachineScaleSets/extensions/write",
	"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action",
	"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands/write",
	"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/extensions/write",
	"Microsoft.HybridCompute/machines/runCommands/write",
	"Microsoft.HybridCompute/machines/extensions/write",
	"Microsoft.Resources/deploymentScripts/write",
	"Microsoft.Automation/automationAccounts/runbooks/write",
	"Microsoft.Automation/automationAccounts/runbooks/draft/write",
	"Microsoft.Automation/automationAccounts/jobs/write",
	"Microsoft.Automation/automationAccounts/webhooks/write",
	"Microsoft.Web/sites/functions/write",
	"Microsoft.Web/sites/write",
	"Microsoft.Web/sites/config/write",
	"Microsoft.Web/sites/extensions/write",
	"Microsoft.Web/sites/sourcecontrols/write",
	"Microsoft.Web/sites/slots/write",
	"Microsoft.App/containerApps/write",
	"Microsoft.App/jobs/write",
	"Microsoft.App/jobs/start/action",
	"Microsoft.ContainerInstance/containerGroups/write",
	"Microsoft.ContainerInstance/containerGroups/containers/exec/action",
	"Microsoft.ContainerService/managedClusters/runCommand/action",
	"Microsoft.ContainerRegistry/registries/tasks/write",
	"Microsoft.ContainerRegistry/registries/scheduleRun/action",
	"Microsoft.MachineLearningServices/workspaces/jobs/write",
	"Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments/write",
	"Microsoft.Batch/batchAccounts/pools/write",
	"Microsoft.AppPlatform/Spring/apps/deployments/write",
	"Microsoft.ServiceFabric/clusters/applications/write",
	"Microsoft.ServiceFabric/managedClusters/applications/write",
	"Microsoft.VirtualMachineImages/imageTemplates/write",
	"Microsoft.HDInsight/clusters/executeScriptActions/action",
}

// codeDataOperations do the same on the data plane.
var codeDataOperations = []string{
	"Microsoft.Compute/virtualMachines/loginAsAdmin/action",
	"Microsoft.Compute/virtualMachines/login/action",
	"Microsoft.HybridCompute/machines/loginAsAdmin/action",
	"Microsoft.HybridCompute/machines/login/action",
	"Microsoft.ContainerService/managedClusters/pods/write",
	"Microsoft.ContainerService/managedClusters/pods/exec/action",
	"Microsoft.Kubernetes/connectedClusters/pods/write",
	"Microsoft.Batch/batchAccounts/jobs/write",
}
