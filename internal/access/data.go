package access

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	model "github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// named is a role of a service by its name, and its power.
type named struct {
	name  string
	power model.Power
}

// builtInCosmos is the built-in role for data of Cosmos DB with the id.
// https://learn.microsoft.com/azure/cosmos-db/nosql/reference-data-plane-security
func builtInCosmos(id string) (role named, ok bool) {
	switch id {
	case "00000000-0000-0000-0000-000000000001":
		return named{"Cosmos DB Built-in Data Reader", model.PowerReadData}, true
	case "00000000-0000-0000-0000-000000000002":
		return named{"Cosmos DB Built-in Data Contributor", model.PowerWriteData}, true
	}
	return named{}, false
}

// cosmosRole describes a role for data of Cosmos DB: a built-in one, or one
// that the unit defines.
func (r *reader) cosmosRole(id value.Value) model.Role {
	out := r.unknownRole(id)
	if built, ok := builtInCosmos(out.Name); ok {
		return model.Role{Name: built.name, ID: out.Name, Known: true, Power: built.power}
	}
	d := r.access.Unit.Deployment.Lookup(id)
	if d == nil {
		return out
	}
	if name := d.Get("properties", "roleName"); !name.IsNull() {
		out.Name = r.whole(name)
	}
	actions, exact := r.texts(d, "properties.permissions[].dataActions[]")
	if len(actions) == 0 {
		return out
	}
	out.Custom, out.Known = !d.Existing, exact
	out.Power, out.Evidence = powerOf([]azure.Permissions{{DataActions: actions}})
	out.Permissions = []model.Permissions{{DataActions: actions}}
	return out
}

// texts are the known texts at a path of a resource; exact if there are no
// others.
func (r *reader) texts(res *eval.Resource, path string) (out []string, exact bool) {
	found, exact := facts.Places(res.Body(), path)
	for _, at := range found {
		if at.Value.Kind != value.String {
			exact = false
			continue
		}
		out = append(out, r.whole(at.Value))
	}
	return out, exact
}

// kustoPower is the power of a role of clusters and databases of Azure Data
// Explorer. Administrators also say who else gets access.
// https://learn.microsoft.com/kusto/access-control/role-based-access-control
func kustoPower(role string) (power model.Power, known bool) {
	switch strings.ToLower(role) {
	case "alldatabasesadmin", "admin":
		return model.PowerBroad, true
	case "alldatabasesmonitor", "monitor":
		return model.PowerNone, true
	case "alldatabasesviewer", "viewer", "unrestrictedviewer":
		return model.PowerReadData, true
	case "user", "ingestor":
		return model.PowerWriteData, true
	}
	return model.PowerUnknown, false
}

func (r *reader) kustoRole(v value.Value) model.Role {
	name := r.whole(v)
	power, known := kustoPower(name)
	return model.Role{Name: name, ID: name, Known: known, Power: power}
}

// redisPower is the power of a built-in access policy of caches.
// https://learn.microsoft.com/azure/azure-cache-for-redis/cache-configure-role-based-access-control
func redisPower(policy string) (power model.Power, known bool) {
	switch strings.ToLower(policy) {
	case "data owner", "default", "data contributor":
		return model.PowerWriteData, true
	case "data reader":
		return model.PowerReadData, true
	}
	return model.PowerUnknown, false
}

// redisPolicy describes an access policy of a cache: a built-in one, one that
// the unit defines, or the commands themselves.
func (r *reader) redisPolicy(v value.Value) model.Role {
	name := r.whole(v)
	power, known := redisPower(name)
	out := model.Role{Name: name, ID: name, Known: known, Power: power}
	if known || v.Kind != value.String {
		return out
	}
	commands := name
	if d := r.redisDefinition(name); d != nil {
		commands = r.whole(d.Get("properties", "permissions"))
		out.Custom = true
	}
	if power := commandPower(commands); power != model.PowerUnknown {
		out.Known, out.Power, out.Evidence = true, power, commands
	}
	return out
}

func (r *reader) redisDefinition(name string) *eval.Resource {
	for _, res := range r.access.Unit.Deployment.Resources {
		if !res.Is("Microsoft.Cache/redis/accessPolicies") || res.State == eval.NotDeployed {
			continue
		}
		segments, _ := res.Name().Segments()
		if s, ok := segments[len(segments)-1].Str(); ok && s == name {
			return res
		}
	}
	return nil
}

// commandPower reads the commands of an access string: "+@read +set ~*". What
// allows no more than the group @read reads; any other command may write.
func commandPower(acl string) model.Power {
	power := model.PowerUnknown
	for word := range strings.FieldsSeq(strings.ToLower(acl)) {
		switch {
		case word == "+@read" || word == "+@connection" || word == "+@fast":
			power = max(power, model.PowerReadData)
		case word == "allcommands" || strings.HasPrefix(word, "+"):
			power = max(power, model.PowerWriteData)
		}
	}
	return power
}

// databaseAdministrator is what the Microsoft Entra administrator of a database
// server is.
func (r *reader) databaseAdministrator(g *facts.Grant) []either[model.Role] {
	name := "administrator of the database server"
	if strings.HasPrefix(strings.ToLower(g.Resource.Type), "microsoft.synapse/") {
		name = "administrator of the workspace's SQL"
	}
	return []either[model.Role]{{is: model.Role{Name: name, Known: true, Power: model.PowerBroad, Evidence: "every database of it, and who may use it"}}}
}
