package main

import (
	"cmp"
	"encoding/json"
	"os"
	"strings"
)

// A policyFile is what a -policies file holds: the built-in policies and initiatives that act with an identity, by id.
type policyFile struct {
	Definitions map[string]policyRecord `json:"definitions"`
	Initiatives map[string]policyRecord `json:"initiatives"`
}

// A policyRecord says what an assignment needs an identity for.
type policyRecord struct {
	Default          string   `json:"default"`         // effect
	EffectParameter  string   `json:"effectParameter"` // that sets it
	NeedingByDefault int      `json:"needingByDefault"`
	Roles            []string `json:"roles"`
}

func policyTables(file string) ([]table, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var f policyFile
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, err
	}
	return []table{policyTable(f)}, nil
}

func policyTable(f policyFile) table {
	t := table{file: "policies.tsv", fields: 4, head: `Built-in policies that act with the identity of their assignment: id, default effect, parameter of the effect, ids of
the roles that they ask for (with ","). The default effect of an initiative is "initiative" if one of its policies acts
by default, else "none".`}
	for id, r := range f.Definitions {
		t.rows = append(t.rows, []string{id, strings.ToLower(r.Default), r.EffectParameter, strings.Join(r.Roles, ",")})
	}
	for id, r := range f.Initiatives {
		effect := "none"
		if r.NeedingByDefault > 0 {
			effect = "initiative"
		}
		t.rows = append(t.rows, []string{id, effect, "", strings.Join(r.Roles, ",")})
	}
	return t
}

// packPolicies is the table of policies as the program embeds it: with the places of roles instead of their ids.
func packPolicies(policies table, places map[string]string) table {
	t := policies
	t.file, t.head = "policies-packed.tsv", "Policies, as in policies.tsv, with places in roles-packed.tsv instead of ids of roles. Derived from policies.tsv."
	t.rows = nil
	for _, row := range policies.rows {
		ids := strings.Split(field(row, 3), ",")
		for i, id := range ids {
			ids[i] = cmp.Or(places[id], id)
		}
		t.rows = append(t.rows, []string{row[0], field(row, 1), field(row, 2), strings.Join(ids, ",")})
	}
	return t
}
