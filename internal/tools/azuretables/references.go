package main

import (
	"encoding/json"
	"os"
	"strings"
)

// A referenceRecord is a property that says something about an identity. The tags are those of a -references file.
type referenceRecord struct {
	Type string   `json:"type"`
	Path string   `json:"path"`
	Kind string   `json:"kind"`
	When []string `json:"when"`
	Note string   `json:"note"`
}

// referenceKinds are the kinds of property that name an identity, by what a -references file calls them. Others only
// switch one on, or name something else.
var referenceKinds = map[string]string{
	"userAssignedResourceId":      "id",
	"userAssignedResourceIdArray": "id",
	"systemOrResourceId":          "id-or-system",
	"identityOrHostResourceId":    "id-or-host",
	"prefixedResourceId":          "prefixed-id",
	"resourceIdOrClientId":        "id-or-client-id",
	"clientId":                    "client-id",
	"systemOrClientId":            "client-id-or-system",
	"principalId":                 "principal-id",
	"systemOrPrincipalId":         "principal-id-or-system",
	"userAssignedMap":             "map",
}

func referenceTables(file string) ([]table, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var records []referenceRecord
	if err := json.Unmarshal(data, &records); err != nil {
		return nil, err
	}
	return []table{referenceTable(records)}, nil
}

func referenceTable(records []referenceRecord) table {
	t := table{file: "identity-references.tsv", many: true, fields: 4, head: `Properties that name the identity which a resource uses: type, path, kind, conditions.
Kind: id, id-or-system, id-or-host (the id of the host means its system-assigned identity), prefixed-id, id-or-client-id,
client-id, client-id-or-system, principal-id, principal-id-or-system, or map (the keys of an object are ids).
In a path: [] every element, [name=x] the elements called x, * every member, *x those whose name ends in x, ** any depth.
Conditions: one of those between ";" holds; its parts between "&" are members of the objects around and their values,
or "name", the last segment of the name of the resource.`}
	for _, r := range records {
		if kind := r.kind(); kind != "" {
			t.rows = append(t.rows, []string{r.Type, r.path(), kind, r.conditions()})
		}
	}
	return t
}

// kind is the kind of a property, "" if it names no identity that the resource uses. Grants are no use.
func (r referenceRecord) kind() string {
	if strings.HasPrefix(r.Note, "grant:") || strings.Contains(r.Path, ":") { // ":" leads into a text
		return ""
	}
	return referenceKinds[r.Kind]
}

func (r referenceRecord) path() string {
	path := strings.ReplaceAll(r.Path, "[][name=", "[name=")
	if r.Kind == "userAssignedResourceIdArray" {
		path += "[]"
	}
	return path
}

// conditions joins the conditions under which it is an identity that is named: an application is none.
func (r referenceRecord) conditions() string {
	var out []string
	for _, c := range r.When {
		if !strings.Contains(c, "=servicePrincipal") && !strings.Contains(c, "=easyAuth") {
			out = append(out, strings.ReplaceAll(c, " & ", "&"))
		}
	}
	return strings.Join(out, ";")
}
