package azure

import "strings"

// MicrosoftGraphAppID is the application id of Microsoft Graph in every tenant.
const MicrosoftGraphAppID = "00000003-0000-0000-c000-000000000000"

// A GraphPermission is an application permission of Microsoft Graph by which its holder can come to be Global
// Administrator: at once, or by way of another principal.
type GraphPermission struct {
	ID     string // of the app role, in lower case
	Name   string
	Direct bool
}

// graphPermissions are sorted by id. The ids are those of the permissions reference; which of them lead to Global
// Administrator follows public research.
// https://learn.microsoft.com/graph/permissions-reference
// https://github.com/emiliensocchi/azure-tiering
var graphPermissions = []GraphPermission{
	{"01c0a623-fc9b-48e9-b794-0756f8e8f067", "Policy.ReadWrite.ConditionalAccess", true},
	{"06b708a9-e830-4db3-a914-8e69da51d44f", "AppRoleAssignment.ReadWrite.All", false},
	{"18a4783c-866b-4cc7-a460-3d5e5662c884", "Application.ReadWrite.OwnedBy", false},
	{"19dbc75e-c2e2-444c-a770-ec69d8559fc7", "Directory.ReadWrite.All", false},
	{"1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9", "Application.ReadWrite.All", false},
	{"292d869f-3427-49a8-9dab-8c70152b74e9", "Organization.ReadWrite.All", false},
	{"29c18626-4985-4dcd-85c0-193eef327366", "Policy.ReadWrite.AuthenticationMethod", false},
	{"2f6817f8-7b12-4f0f-bc18-eeaf60705a9e", "PrivilegedAccess.ReadWrite.AzureADGroup", true},
	{"3011c876-62b7-4ada-afa2-506cbbecc68c", "User.EnableDisableAccount.All", true},
	{"31e08e0a-d3f7-4ca2-ac39-7343fb83e8ad", "RoleManagementPolicy.ReadWrite.Directory", false},
	{"41202f2c-f7ab-45be-b001-85c9728b9d69", "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup", true},
	{"50483e42-d915-4231-9639-7fdb7fd190e5", "UserAuthenticationMethod.ReadWrite.All", true},
	{"5eb59dd3-1da2-4329-8733-9dabdc435916", "AdministrativeUnit.ReadWrite.All", false},
	{"618b6020-bca8-4de6-99f6-ef445fa4d857", "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup", false},
	{"62a82d76-70ea-41e2-9197-370581804d09", "Group.ReadWrite.All", false},
	{"741f803b-c850-494e-b5df-cde7c675a1ca", "User.ReadWrite.All", false},
	{"7e05723c-0bb0-42da-be95-ae9f08a6e53c", "Domain.ReadWrite.All", false},
	{"89c8469c-83ad-45f7-8ff2-6e3d4285709e", "ServicePrincipalEndpoint.ReadWrite.All", false},
	{"9241abd9-d0e6-425a-bd4f-47ba86e767a4", "DeviceManagementConfiguration.ReadWrite.All", false},
	{"9acd699f-1e81-4958-b001-93b1d2506e19", "EntitlementManagement.ReadWrite.All", false},
	{"9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", "RoleManagement.ReadWrite.Directory", true},
	{"a402ca1c-2696-4531-972d-6e5ee4aa11ea", "Policy.ReadWrite.PermissionGrant", false},
	{"b38dcc4d-a239-4ed6-aa84-6c65b284f97c", "RoleManagementPolicy.ReadWrite.AzureADGroup", false},
	{"cc117bb9-00cf-4eb8-b580-ea2a878fe8f7", "User-PasswordProfile.ReadWrite.All", false},
	{"dbaae8cf-10b5-4b86-a4a1-f871c94c6695", "GroupMember.ReadWrite.All", false},
	{"dd199f4a-f148-40a4-a2ec-f0069cc799ec", "RoleAssignmentSchedule.ReadWrite.Directory", true},
	{"e330c4f0-4170-414e-a55a-2f022ec2b57b", "DeviceManagementRBAC.ReadWrite.All", false},
	{"eccc023d-eccf-4e7b-9683-8813ab36cecc", "User.DeleteRestore.All", true},
	{"fee28b28-e1f3-4841-818e-2704dc62245f", "RoleEligibilitySchedule.ReadWrite.Directory", false},
}

// DangerousGraphPermission finds a permission by the id of its app role, or by its name, in any case.
func DangerousGraphPermission(idOrName string) (GraphPermission, bool) {
	for _, p := range graphPermissions {
		if strings.EqualFold(p.ID, idOrName) || strings.EqualFold(p.Name, idOrName) {
			return p, true
		}
	}
	return GraphPermission{}, false
}

// DangerousGraphPermissionIn finds the name of a permission that stands in quotes in the text of an expression, such as
// the filter by which an app role is looked up.
func DangerousGraphPermissionIn(expression string) (GraphPermission, bool) {
	for _, p := range graphPermissions {
		if strings.Contains(expression, "'"+p.Name+"'") {
			return p, true
		}
	}
	return GraphPermission{}, false
}
