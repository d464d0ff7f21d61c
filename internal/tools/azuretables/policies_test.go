package main

import (
	"io"
	"path/filepath"
	"testing"
)

const policiesFile = `{
	"definitions": {"b1": {"default": "DeployIfNotExists", "effectParameter": "effect", "effects": ["deployifnotexists"], "roles": ["r1", "r2"]}},
	"initiatives": {"a1": {"members": 3, "needingByDefault": 1, "roles": ["r1"]}, "c1": {"members": 3, "needingByDefault": 0}}
}`

func TestPolicies(t *testing.T) {
	dir := t.TempDir()
	args := []string{"-references", writeFile(t, dir, "references.json", referenceFile),
		"-types", writeTypes(t, dir), "-hosts", writeFile(t, dir, "hosts.json", hostFile), "-policies", writeFile(t, dir, "policies.json", policiesFile),
		"-roles", writeFile(t, dir, "roles.json", `[]`), "-date", "2026-01-02", "-out", filepath.Join(dir, "out")}
	if err := run(args, io.Discard); err != nil {
		t.Fatal(err)
	}
	checkTable(t, dir, "policies.tsv", []string{"a1\tinitiative\t\tr1", "b1\tdeployifnotexists\teffect\tr1,r2", "c1\tnone"})
}
