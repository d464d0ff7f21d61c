package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
)

// A role is one role definition, whatever shape it was read from.
type role struct {
	id, name string
	former   []string
	blocks   []block
	unknown  bool // id and name only
}

// A block is one entry of a role definition's permissions.
type block struct {
	Actions        []string        `json:"actions"`
	NotActions     []string        `json:"notActions"`
	DataActions    []string        `json:"dataActions"`
	NotDataActions []string        `json:"notDataActions"`
	Condition      json.RawMessage `json:"condition"`
}

// A rawRole is the union of three shapes: what `az role definition list` prints, the answer of the REST interface
// (with the role under properties), and a flat form with the four lists at the top.
// https://learn.microsoft.com/rest/api/authorization/role-definitions/list
type rawRole struct {
	ID          string          `json:"id"`
	Name        string          `json:"name"`
	RoleName    string          `json:"roleName"`
	Permissions json.RawMessage `json:"permissions"`
	Properties  *rawRole        `json:"properties"`
	Blocks      []block         `json:"blocks"`
	block
}

func roleTables(opts options) ([]table, error) {
	roles, err := readRoles(opts.roles)
	if err != nil {
		return nil, err
	}
	former, err := formerNames(opts)
	if err != nil {
		return nil, err
	}
	t := rolesTable()
	for _, r := range roles {
		r.former = former[r.id]
		t.rows = append(t.rows, r.row())
	}
	keepRoles(&t, opts.out)
	return []table{t}, nil
}

// keepRoles leaves committed roles in place that the files lack: those of a narrow scope, which a list of a subscription
// does not show, and removed ones, whose ids are still no slip of the hand.
func keepRoles(t *table, dir string) {
	old := rolesTable()
	if old.read(dir) != nil {
		return // the first run
	}
	seen := map[string]bool{}
	for _, row := range t.rows {
		seen[row[0]] = true
	}
	for _, row := range old.rows {
		if !seen[row[0]] {
			t.rows = append(t.rows, row)
		}
	}
}

func readRoles(files []string) ([]role, error) {
	var roles []role
	seen := map[string]bool{}
	for _, file := range files {
		list, err := readRoleFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for _, raw := range list {
			r, err := raw.role()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			if !seen[r.id] {
				roles = append(roles, r)
			}
			seen[r.id] = true
		}
	}
	return roles, nil
}

// readRoleFile reads a list of roles, or an object that holds such lists. Of an object it takes the member `value` of a
// REST answer, or `azureRbac` of a supplement.
func readRoleFile(file string) ([]rawRole, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []rawRole
	if json.Unmarshal(data, &list) == nil {
		return list, nil
	}
	var object struct {
		Value     []rawRole `json:"value"`
		AzureRbac []rawRole `json:"azureRbac"`
	}
	if err := json.Unmarshal(data, &object); err != nil {
		return nil, err
	}
	return append(object.Value, object.AzureRbac...), nil
}

var guid = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

func (raw rawRole) role() (role, error) {
	body := raw
	if raw.Properties != nil {
		body = *raw.Properties
	}
	r := role{name: body.RoleName, blocks: body.Blocks}
	r.id = strings.ToLower(raw.ID[strings.LastIndexByte(raw.ID, '/')+1:])
	if r.name == "" {
		r.name = raw.Name
	}
	r.name = strings.TrimSpace(r.name)
	if !guid.MatchString(r.id) || r.name == "" {
		return r, fmt.Errorf("role %q with id %q: a GUID and a name are needed", r.name, raw.ID)
	}
	if r.blocks == nil {
		return r, r.readPermissions(body)
	}
	return r, nil
}

// readPermissions takes the blocks of `permissions`, or the flat lists if that member is absent. A text in place of the
// blocks says that they are not known.
func (r *role) readPermissions(body rawRole) error {
	switch {
	case len(body.Permissions) == 0:
		r.blocks = []block{body.block}
	case body.Permissions[0] == '"':
		r.unknown = true
	default:
		return json.Unmarshal(body.Permissions, &r.blocks)
	}
	return nil
}
