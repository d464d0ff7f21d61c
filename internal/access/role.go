package access

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/value"
	model "github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// roles are the roles that a grant may give.
func (r *reader) roles(g *facts.Grant) []either[model.Role] {
	switch g.Plane {
	case facts.KeyVaultPolicy:
		return r.vaultRights(g)
	case facts.Cosmos:
		return alternatives(g.RoleID, r.cosmosRole)
	case facts.Kusto:
		return alternatives(g.Rights, r.kustoRole)
	case facts.Redis:
		return alternatives(g.Rights, r.redisPolicy)
	case facts.DatabaseAdmin:
		return r.databaseAdministrator(g)
	case facts.GraphAppRole:
		return alternatives(g.Rights, r.graphPermission)
	}
	return r.definitions(g.RoleID)
}

// definitions are the role definitions that an id may name.
func (r *reader) definitions(id value.Value) []either[model.Role] {
	var out []either[model.Role]
	for _, alt := range alternatives(id, func(v value.Value) value.Value { return v }) {
		found := r.access.RolesOf(alt.is)
		if len(found) == 0 {
			out = append(out, either[model.Role]{r.unknownRole(alt.is), alt.when})
		}
		for _, role := range found {
			out = append(out, r.variants(role, alt.when)...)
		}
	}
	return out
}

// variants are the alternatives that the permissions of a role have.
func (r *reader) variants(role facts.Role, when value.Condition) []either[model.Role] {
	if role.Custom == nil {
		return []either[model.Role]{{r.role(role), when}}
	}
	var out []either[model.Role]
	for _, d := range r.access.Definitions {
		if d.Resource != role.Custom.Resource {
			continue
		}
		if both, feasible := when.And(d.When); feasible {
			role.Custom, role.Known = d, d.Known
			out = append(out, either[model.Role]{r.role(role), both})
		}
	}
	return out
}

// unknownRole is a role of which no definition is known.
func (r *reader) unknownRole(id value.Value) model.Role {
	if id.IsNull() {
		return model.Role{Name: unknown("no role")}
	}
	out := model.Role{Name: r.whole(id), ID: r.exact(id)}
	if segments, _ := id.Segments(); len(segments) > 0 {
		out.Name = r.whole(segments[len(segments)-1])
	}
	return out
}

// role describes a role.
func (r *reader) role(role facts.Role) model.Role {
	if role.Custom == nil {
		if out, ok := BuiltIn(role.GUID); ok {
			return out
		}
	}
	out := model.Role{Name: r.Plain(role.Name()), ID: strings.Clone(role.GUID), Known: role.Known}
	if d := role.Custom; d != nil {
		out.Custom, out.ID = !d.Resource.Existing, r.exact(d.Resource.ID())
		if out.Name == "" {
			out.Name = r.whole(d.Resource.Name())
		}
	}
	blocks := role.Blocks()
	if len(blocks) > 0 {
		out.Power, out.Evidence = powerOf(blocks)
	}
	if out.Power == model.PowerNone && !role.Known {
		out.Power = model.PowerUnknown
	}
	out.Evidence = r.Plain(out.Evidence)
	for i, b := range blocks {
		out.Permissions = append(out.Permissions, r.permissions(role, i, b))
	}
	return out
}

// BuiltIn describes the built-in role with a GUID.
func BuiltIn(guid string) (model.Role, bool) {
	def, ok := azure.RoleByID(guid)
	if !ok {
		return model.Role{}, false
	}
	out := model.Role{Name: def.Name, ID: def.ID, Known: def.Known}
	if def.Known {
		out.Power, out.Evidence = powerOf(def.Blocks)
	}
	for _, b := range def.Blocks {
		p := model.Permissions{Actions: b.Actions, NotActions: b.NotActions, DataActions: b.DataActions, NotDataActions: b.NotDataActions}
		if b.Condition {
			p.Condition = conditionOfRole
		}
		out.Permissions = append(out.Permissions, p)
	}
	return out, true
}

// conditionOfRole stands for the condition of a built-in role, whose text is
// not known.
const conditionOfRole = "one that Azure defines"

func (r *reader) permissions(role facts.Role, i int, b azure.Permissions) model.Permissions {
	out := model.Permissions{
		Actions: r.plainAll(b.Actions), NotActions: r.plainAll(b.NotActions),
		DataActions: r.plainAll(b.DataActions), NotDataActions: r.plainAll(b.NotDataActions),
	}
	switch {
	case !b.Condition:
	case role.Custom != nil && i < len(role.Custom.Bound):
		out.Condition = r.condition(role.Custom.Bound[i].Condition)
	default:
		out.Condition = conditionOfRole
	}
	return out
}

func (r *reader) plainAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = r.Plain(s)
	}
	return out
}

// powers are the classes of risk from the worst down, and what they amount to.
var powers = []struct {
	class azure.Class
	power model.Power
}{
	{azure.Escalate, model.PowerEscalate},
	{azure.Broad, model.PowerBroad},
	{azure.Policy, model.PowerPolicy},
	{azure.Credential, model.PowerCredential},
	{azure.CodeExecution, model.PowerCode},
	{azure.Identity, model.PowerCode},
	{azure.DataWrite, model.PowerWriteData},
	{azure.DataRead, model.PowerReadData},
}

// powerOf is the most that permissions let one do, and what says so. A
// condition that binds them does not lessen it.
func powerOf(blocks []azure.Permissions) (model.Power, string) {
	free, bound := azure.Classify(blocks)
	for _, p := range powers {
		switch {
		case (free|bound)&p.class != 0:
			return p.power, azure.Grants(blocks, p.class)
		case p.power == model.PowerCredential && readsSecrets(blocks):
			return p.power, getSecret
		}
	}
	return model.PowerNone, ""
}

// getSecret reads a secret out of a vault. That is data, but what such data is
// for makes it a credential.
const getSecret = "Microsoft.KeyVault/vaults/secrets/getSecret/action"

func readsSecrets(blocks []azure.Permissions) bool {
	return slices.ContainsFunc(blocks, func(b azure.Permissions) bool { return b.AllowsData(getSecret) })
}
