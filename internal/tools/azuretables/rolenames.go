package main

import (
	"encoding/json"
	"os"
	"strings"
)

// formerNames reads the names that roles had before, by id, from -role-names or else from the committed table.
func formerNames(opts options) (map[string][]string, error) {
	if opts.roleNames == "" {
		return committedFormerNames(opts.out), nil
	}
	data, err := os.ReadFile(opts.roleNames)
	if err != nil {
		return nil, err
	}
	var file struct {
		Renamed map[string]struct {
			Former []string `json:"former"`
		} `json:"renamed"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, err
	}
	former := map[string][]string{}
	for id, r := range file.Renamed {
		former[strings.ToLower(id)] = r.Former
	}
	return former, nil
}

func committedFormerNames(dir string) map[string][]string {
	former := map[string][]string{}
	t := rolesTable()
	if t.read(dir) != nil {
		return former // the first run
	}
	for _, row := range t.rows {
		if names := field(row, 2); names != "" {
			former[row[0]] = strings.Split(names, ";")
		}
	}
	return former
}

// roleNamesTable follows from the roles: a name of today wins over the same name of the past, and a former name that
// two roles had is left out.
func roleNamesTable(roles table, places map[string]string) table {
	t := table{file: "role-names.tsv", fields: 2, head: `Names of built-in roles in lower case, former ones included: name, place in roles-packed.tsv. Derived from roles.tsv.`}
	ids, former := map[string]string{}, map[string]string{}
	for _, row := range roles.rows {
		ids[fold(row[1])] = row[0]
		for name := range strings.SplitSeq(field(row, 2), ";") {
			if other, taken := former[fold(name)]; taken && other != row[0] {
				former[fold(name)] = ""
				continue
			}
			former[fold(name)] = row[0]
		}
	}
	for name, id := range former {
		if _, current := ids[name]; !current && name != "" && id != "" {
			ids[name] = id
		}
	}
	for name, id := range ids {
		t.rows = append(t.rows, []string{name, places[id]})
	}
	t.sort()
	return t
}
