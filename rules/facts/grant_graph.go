package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// GraphType is the type of a Microsoft Graph resource without its version:
// "Microsoft.Graph/applications" of "Microsoft.Graph/applications@v1.0". It is
// "" of anything else.
// https://learn.microsoft.com/graph/templates/overview-bicep-templates-for-graph
func GraphType(r *eval.Resource) string {
	name, _, _ := strings.Cut(r.Type, "@")
	const prefix = "Microsoft.Graph/"
	if len(name) <= len(prefix) || !value.FoldEqual(name[:len(prefix)], prefix) {
		return ""
	}
	return name
}

// graphGrants reads the permissions of Microsoft Graph that a template gives or
// asks for. Rights is the id of an app role, or the list of scopes.
func graphGrants(_ *Access, r *eval.Resource) []*Grant {
	props := r.Get("properties")
	g := &Grant{Plane: GraphAppRole, Resource: r, Entry: props}
	switch strings.ToLower(GraphType(r)) {
	case "microsoft.graph/approleassignedto":
		g.Rights = member(props, "appRoleId")
		g.Principal = PrincipalOf(member(props, "principalId"))
	case "microsoft.graph/oauth2permissiongrants":
		g.Rights = member(props, "scope")
		g.Principal = PrincipalOf(member(props, "clientId"))
	case "microsoft.graph/applications":
		return requestedGraph(r, props)
	default:
		return nil
	}
	return []*Grant{g}
}

// requestedGraph reads the app roles that an application asks for.
func requestedGraph(r *eval.Resource, props value.Value) []*Grant {
	var out []*Grant
	found, _ := Places(props, "requiredResourceAccess[].resourceAccess[]")
	for _, at := range found {
		kind, _ := at.Value.Get("type").Str()
		if at.Offered || !value.FoldEqual(kind, "Role") {
			continue
		}
		out = append(out, &Grant{
			Plane: GraphAppRole, Resource: r, Entry: at.Value, Path: "properties.requiredResourceAccess", When: at.When,
			Rights: member(at.Value, "id"),
		})
	}
	return out
}
