package facts

import (
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// Resource types that this package knows.
const (
	RoleAssignments        = "Microsoft.Authorization/roleAssignments"
	RoleDefinitions        = "Microsoft.Authorization/roleDefinitions"
	UserAssignedIdentities = "Microsoft.ManagedIdentity/userAssignedIdentities"
)

// Access is the picture of a unit that rules read: who may do what where.
type Access struct {
	Unit        *Unit
	Identities  []*Identity
	Grants      []*Grant
	Definitions []*Definition
	Coverage    []Declaration

	planes   map[Plane][]*Grant
	attached []Attachment
	hosts    map[string][]Attachment
	runsWith map[*eval.Resource][]Attachment
	holders  []*Holder
	scripts  []Script
	policies []*PolicyDefinition
	holding  map[string]*Holder
	order    *order
	flows    []Flow
	sites    []*Site

	used    map[*eval.Resource][]Usage
	written map[*template.File][]FileSecret
	called  map[*template.File][]textCall
	uses    map[*eval.Resource][]Use
}

// Tables tells what is known of types and roles, and remembers it.
func (a *Access) Tables() *azure.Tables { return a.Unit.tables }

// Accesses is the analyzer that provides the [Access] of a unit.
var Accesses = &analysis.Analyzer{
	Name:       "accesses",
	Doc:        "derives identities and role grants from the evaluated template",
	Requires:   []*analysis.Analyzer{Source},
	ResultType: reflect.TypeFor[*Access](),
	Run: func(pass *analysis.Pass) (any, error) {
		return NewAccess(pass.ResultOf[Source].(*Unit)), nil
	},
}

// NewAccess derives the picture of a unit.
func NewAccess(u *Unit) *Access {
	a := &Access{Unit: u}
	for _, r := range u.Deployment.Resources {
		if r.Is(RoleDefinitions) {
			a.Definitions = append(a.Definitions, newDefinitions(r)...)
		}
	}
	for _, r := range u.Deployment.Resources {
		if r.Existing {
			continue
		}
		switch {
		case r.Is(RoleAssignments):
			a.Grants = append(a.Grants, a.newGrant(r))
		case r.Is(UserAssignedIdentities), r.Decl.Member("identity") != nil:
			a.Identities = append(a.Identities, newIdentity(r))
		}
	}
	a.cover()
	return a
}

// Grant says who gets which rights where: a role assignment, or its like on
// another plane. Of a role assignment that is not deployed only Resource is set.
type Grant struct {
	Plane     Plane
	Resource  *eval.Resource
	Path      string      // of the entry in the resource, "properties.authorizations"; "" if the resource is the grant
	Entry     value.Value // the object with the members: properties, or an element of an array
	RoleID    value.Value
	Roles     []Role      // what RoleID may be; empty if nothing of it is known
	Rights    value.Value // of planes without role definitions: what the entry says of rights
	Principal Principal
	Scope     value.Value
	Level     resourceid.Level
	Condition value.Value     // of the assignment
	When      value.Condition // of the entry within its resource
}

// Role is one alternative of a role id.
type Role struct {
	GUID       string               // lower case; "" if only the definition is known
	Definition azure.RoleDefinition // of a built-in role
	Custom     *Definition          // of a role that the unit defines
	Known      bool                 // the permissions are known
	ID         value.Value
	When       value.Condition
	Offered    bool // only a parameter from outside can choose it
}

// Name is what the role is called, or its GUID.
func (r *Role) Name() string {
	switch {
	case r.Custom != nil && r.Custom.Name != "":
		return r.Custom.Name
	case r.Definition.Name != "":
		return r.Definition.Name
	}
	return r.GUID
}

// Blocks returns the permissions of the role.
func (r *Role) Blocks() []azure.Permissions {
	if r.Custom != nil {
		return r.Custom.Blocks
	}
	return r.Definition.Blocks
}

func (a *Access) newGrant(r *eval.Resource) *Grant {
	g := &Grant{Resource: r}
	if r.State == eval.NotDeployed {
		return g // nobody asks, and modules have many of them
	}
	props := r.Get("properties")
	*g = Grant{
		Resource: r, Entry: props, Scope: r.Scope(), Level: resourceid.LevelOf(r.Scope()),
		RoleID:    RoleIDOf(r),
		Condition: member(props, "condition"),
		Principal: PrincipalOf(member(props, "principalId")),
	}
	g.Roles = a.RolesOf(g.RoleID)
	return g
}

// RoleIDOf returns the role that a role assignment, or a request for one,
// names.
func RoleIDOf(r *eval.Resource) value.Value { return member(r.Get("properties"), "roleDefinitionId") }

// member is a member of a body, or why it is not known.
func member(props value.Value, name string) value.Value {
	if o := props.Object(); o != nil {
		if v := o.Get(name); v.Kind != value.Missing || o.Open == nil {
			return v
		}
		return value.OfSymbol(o.Open)
	}
	return value.Lift([]value.Value{props}, func(vs []value.Value) value.Value {
		if vs[0].Object() != nil {
			return vs[0].Object().Get(name)
		}
		return vs[0]
	})
}

// role resolves a role definition id.
func (a *Access) role(id value.Value) (Role, bool) {
	segments, _ := id.Segments()
	last := segments[len(segments)-1]
	key := value.Fold(value.Key(last))
	var existing *Definition // which may be a built-in role
	for _, d := range a.Definitions {
		switch {
		case d.key == "" || d.key != key:
		case d.Resource.Existing:
			existing = d
		default:
			return Role{Custom: d, Known: d.Known, ID: id}, true
		}
	}
	if s, ok := last.Str(); ok && IsGUID(s) {
		guid := strings.ToLower(s)
		if def, known := a.Unit.Role(guid); known || existing == nil {
			return Role{GUID: guid, Definition: def, Known: known && def.Known, ID: id}, true
		}
	}
	if existing != nil {
		return Role{Custom: existing, ID: id}, true
	}
	if s := last.Symbol(); s != nil && s.Reason == value.ReasonRole {
		def, known := azure.RoleByName(s.Text)
		return Role{GUID: def.ID, Definition: def, Known: known && def.Known, ID: id}, known
	}
	if ref, _ := eval.ReferenceOf(last); ref != nil && ref.Resource() != nil {
		for _, d := range a.Definitions {
			if d.Resource == ref.Resource() {
				return Role{Custom: d, Known: d.Known, ID: id}, true
			}
		}
	}
	return Role{}, false
}

// IsGUID tells whether s is a GUID of five groups of hex digits.
func IsGUID(s string) bool { return azure.IsGUID(s) }
