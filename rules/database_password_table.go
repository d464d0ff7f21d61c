package rules

// passwordDatabase is a kind of database server that can do without
// passwords.
type passwordDatabase struct {
	on        string
	passwords []string     // where the password of the administrator stands
	mode      string       // says whether the server is made anew
	not       string       // a path: with notValue there the server is of another kind
	notValue  string       //
	switches  []authSwitch // bad: the value that lets passwords in, as absence does
	child     string       // a child that turns passwords off,
	childName string       // of this name, if not empty,
	childPath string       // and with this value, if not empty
	childOff  string       //
	retired   bool         // takes passwords in any case, and Microsoft Entra identities beside them
	remedy    string
}

const (
	adminPassword = "properties.administratorLoginPassword"
	entraOnly     = "turn on Microsoft Entra-only authentication"
)

// passwordDatabases is the table of the kinds of server.
var passwordDatabases = []passwordDatabase{
	// https://learn.microsoft.com/azure/azure-sql/database/authentication-azure-ad-only-authentication
	{
		on: "Microsoft.Sql/servers", passwords: []string{adminPassword}, mode: "properties.createMode",
		switches: []authSwitch{{path: "properties.administrators.azureADOnlyAuthentication", bad: "false"}},
		child:    "azureADOnlyAuthentications", childPath: "properties.azureADOnlyAuthentication", childOff: "true",
		remedy: entraOnly,
	},
	{
		on: "Microsoft.Sql/managedInstances", passwords: []string{adminPassword}, mode: "properties.managedInstanceCreateMode",
		switches: []authSwitch{{path: "properties.administrators.azureADOnlyAuthentication", bad: "false"}},
		child:    "azureADOnlyAuthentications", childPath: "properties.azureADOnlyAuthentication", childOff: "true",
		remedy: entraOnly,
	},
	// https://learn.microsoft.com/azure/synapse-analytics/sql/active-directory-authentication
	{
		on: "Microsoft.Synapse/workspaces", passwords: []string{"properties.sqlAdministratorLoginPassword"}, mode: "properties.createMode",
		not: "properties.extraProperties.WorkspaceType", notValue: "Connected",
		switches: []authSwitch{{path: "properties.azureADOnlyAuthentication", bad: "false"}},
		child:    "azureADOnlyAuthentications", childPath: "properties.azureADOnlyAuthentication", childOff: "true",
		remedy: entraOnly,
	},
	// https://learn.microsoft.com/azure/postgresql/security/security-entra-configure
	{
		on: "Microsoft.DBforPostgreSQL/flexibleServers", passwords: []string{adminPassword}, mode: "properties.createMode",
		switches: []authSwitch{{path: "properties.authConfig.passwordAuth", bad: "Enabled"}, {path: "properties.authConfig.passwordAuthEnabled", bad: "true"}},
		remedy:   "set 'passwordAuth' to Disabled and 'activeDirectoryAuth' to Enabled in 'authConfig'",
	},
	// https://learn.microsoft.com/azure/mysql/flexible-server/concepts-azure-ad-authentication
	{
		on: "Microsoft.DBforMySQL/flexibleServers", passwords: []string{adminPassword}, mode: "properties.createMode",
		child: "configurations", childName: "aad_auth_only", childPath: "properties.value", childOff: "ON",
		remedy: "set the server parameter 'aad_auth_only' to ON",
	},
	// https://learn.microsoft.com/azure/documentdb/how-to-connect-role-based-access-control
	{
		on: "Microsoft.DocumentDB/mongoClusters", passwords: []string{"properties.administrator.password", adminPassword}, mode: "properties.createMode",
		switches: []authSwitch{{path: "properties.authConfig.allowedModes[]", bad: "NativeAuth"}},
		remedy:   "allow only 'MicrosoftEntraID' in 'authConfig.allowedModes'",
	},
	// https://learn.microsoft.com/previous-versions/azure/postgresql/single-server/concepts-azure-ad-authentication
	{
		on: "Microsoft.DBforPostgreSQL/servers", passwords: []string{adminPassword}, mode: "properties.createMode",
		child: "administrators", retired: true,
	},
	{
		on: "Microsoft.DBforMySQL/servers", passwords: []string{adminPassword}, mode: "properties.createMode",
		child: "administrators", retired: true,
	},
}
