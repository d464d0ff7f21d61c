package config

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/internal/names"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// roles reads the tenant's own roles: definitions as "az role definition list"
// prints them, or paths of files that hold such.
func (p *parser) roles(n source.Node) {
	if !p.is(n, `"roles"`, source.Array) {
		return
	}
	p.c.facts.Roles = map[string]azure.RoleDefinition{}
	for e := range n.Elements() {
		if e.Kind() == source.String {
			p.rolesOfFile(e)
			continue
		}
		p.role(e)
	}
}

func (p *parser) rolesOfFile(n source.Node) {
	file := p.filePath(n, `an entry of "roles"`)
	if file == "" {
		return
	}
	raw, err := p.read(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.failf(n, "there is no file %q; write it with 'az role definition list --custom-role-only'", file)
		return
	case err != nil:
		p.failf(n, "the file %q cannot be read: %s", file, problem(file, err))
		return
	}
	p.c.Files = append(p.c.Files, file)
	inner := &parser{decoder: decoder{file: source.Parse(file, raw), name: file}, c: p.c}
	inner.rolesIn()
	p.errs = append(p.errs, inner.errs...)
}

// rolesIn reads a file of one role, or of an array of them.
func (p *parser) rolesIn() {
	switch root := p.file.Root(); {
	case !p.readable():
	case root.Kind() == source.Array:
		for e := range root.Elements() {
			p.role(e)
		}
	default:
		p.role(root)
	}
}

// role reads one definition. It has further members, which do not matter.
// https://learn.microsoft.com/azure/role-based-access-control/role-definitions-list
func (p *parser) role(n source.Node) {
	if !p.is(n, "a role", source.Object) {
		return
	}
	id, name, permissions := exact(n, "name"), exact(n, "roleName"), exact(n, "permissions")
	if id.IsZero() || name.IsZero() || permissions.IsZero() {
		p.failf(n, `a role needs the keys "name" (its GUID), "roleName" and "permissions", as 'az role definition list' prints them`)
		return
	}
	role := azure.RoleDefinition{ID: strings.ToLower(p.text(id, `"name"`)), Name: p.text(name, `"roleName"`), Known: true}
	if role.ID != "" && !facts.IsGUID(role.ID) {
		p.failf(id, `"name" of a role is its GUID; its display name is "roleName"`)
	}
	if _, twice := p.c.facts.Roles[role.ID]; twice {
		p.failf(id, "the role %s is defined twice; remove one", role.ID)
	}
	if p.is(permissions, `"permissions"`, source.Array) {
		for e := range permissions.Elements() {
			role.Blocks = append(role.Blocks, p.block(e))
		}
	}
	p.c.facts.Roles[role.ID] = role
}

func (p *parser) block(n source.Node) azure.Permissions {
	var out azure.Permissions
	into := func(what string, to *[]string) func(source.Node) {
		return func(n source.Node) {
			if n.Kind() != source.Null {
				*to = p.texts(n, what)
			}
		}
	}
	p.object(n, "a block of permissions", members{
		"actions":          into(`"actions"`, &out.Actions),
		"notActions":       into(`"notActions"`, &out.NotActions),
		"dataActions":      into(`"dataActions"`, &out.DataActions),
		"notDataActions":   into(`"notDataActions"`, &out.NotDataActions),
		"condition":        func(n source.Node) { out.Condition = n.Kind() == source.String && n.Text() != "" },
		"conditionVersion": func(source.Node) {},
	})
	return out
}

// LevelWords are the values of "at", from the narrowest level.
var LevelWords = []string{"resource", "resourceGroup", "subscription", "managementGroup", "tenant"}

// levels are what LevelWords mean, in the same order.
var levels = [...]resourceid.Level{
	resourceid.Resource, resourceid.ResourceGroup, resourceid.Subscription, resourceid.ManagementGroup, resourceid.Tenant,
}

// deny reads what must not be granted.
func (p *parser) deny(n source.Node) {
	if !p.is(n, `"deny"`, source.Array) {
		return
	}
	for e := range n.Elements() {
		d := facts.Denied{Level: resourceid.Resource}
		p.object(e, `an entry of "deny"`, members{
			"action": func(n source.Node) { d.Action = p.action(n) },
			"role":   func(n source.Node) { d.Role, d.Name = p.roleNamed(n) },
			"at": func(n source.Node) {
				d.Level = levels[max(0, slices.Index(LevelWords, p.oneOf(n, `"at"`, LevelWords...)))]
			},
		})
		if e.Kind() == source.Object && exact(e, "action").IsZero() == exact(e, "role").IsZero() {
			p.failf(e, `an entry of "deny" has either the key "action" or the key "role"`)
		}
		p.c.facts.Denied = append(p.c.facts.Denied, d)
	}
}

func (p *parser) action(n source.Node) string {
	s := p.text(n, `"action"`)
	if s != "" && s != "*" && !strings.Contains(s, "/") {
		p.failf(n, "%q is no operation; write one such as \"Microsoft.Authorization/roleAssignments/write\", with * for any part", s)
	}
	return s
}

// roleNamed finds a role by GUID or display name: a built-in one, or one of
// "roles".
func (p *parser) roleNamed(n source.Node) (id, name string) {
	s := p.text(n, `"role"`)
	if s == "" {
		return "", ""
	}
	if facts.IsGUID(s) {
		id = strings.ToLower(s)
		if role, ok := p.c.facts.Role(id, azure.RoleByID); ok {
			return id, role.Name
		}
		return id, id
	}
	for _, role := range p.c.facts.Roles {
		if strings.EqualFold(role.Name, s) {
			return role.ID, role.Name
		}
	}
	if role, ok := azure.RoleByName(s); ok {
		return role.ID, role.Name
	}
	if near := names.Nearest(s, p.roleNames()...); near != "" {
		p.failf(n, "there is no role %q; did you mean %q?", s, near)
		return "", ""
	}
	p.failf(n, `there is no built-in role %q and none in "roles"; name it by its GUID`, s)
	return "", ""
}

func (p *parser) roleNames() []string {
	var out []string
	for role := range azure.Roles() {
		out = append(out, role.Name)
	}
	return out
}
