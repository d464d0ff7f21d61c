package main

import (
	"io"
	"path/filepath"
	"slices"
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
	want := []string{"a1\tinitiative\t\tr1", "b1\tdeployifnotexists\teffect\tr1,r2", "c1\tnone"}
	checkTable(t, dir, "policies.tsv", want)
	checkTable(t, dir, "policies-packed.tsv", want) // the roles are not known
}

func TestPackPolicies(t *testing.T) {
	policies := table{rows: [][]string{{"a", "modify", "effect", "known,unknown"}, {"b", "none"}}}
	got := packPolicies(policies, map[string]string{"known": "0a1z"}).lines()
	if want := []string{"a\tmodify\teffect\t0a1z,unknown", "b\tnone"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
