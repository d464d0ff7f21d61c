package main

import (
	"io"
	"path/filepath"
	"testing"
)

const referenceFile = `[
	{"type": "Contoso.Shop/tills", "path": "properties.lock.identity", "kind": "systemOrResourceId", "note": "[system] or an id"},
	{"type": "contoso.shop/signs", "path": "properties.keepers", "kind": "userAssignedResourceIdArray",
		"when": ["kind=Big & light=on", "kind=Small"], "values": ["a"], "since": "2024-01-01"},
	{"type": "Contoso.Shop/tills", "path": "properties.settings[][name=KEEPER].value", "kind": "clientId"},
	{"type": "Contoso.Shop/tills", "path": "properties.auth.clientId", "kind": "clientId",
		"when": ["auth=servicePrincipalSecret", "auth=userAssignedIdentity", "auth=easyAuthMicrosoftEntraID"]},
	{"type": "Contoso.Shop/tills", "path": "properties.grants[].principalId", "kind": "principalId", "note": "grant: of the till"},
	{"type": "Contoso.Shop/tills", "path": "properties.rules:keeper@id", "kind": "clientId"},
	{"type": "Contoso.Shop/tills", "path": "properties.lock.type", "kind": "identityTypeSelector", "values": ["SystemAssigned"]}
]`

func TestReferences(t *testing.T) {
	dir := t.TempDir()
	args := []string{"-references", writeFile(t, dir, "references.json", referenceFile), "-types", writeTypes(t, dir),
		"-hosts", writeFile(t, dir, "hosts.json", hostFile),
		"-roles", writeFile(t, dir, "roles.json", `[]`), "-date", "2026-01-02", "-out", filepath.Join(dir, "out")}
	if err := run(args, io.Discard); err != nil {
		t.Fatal(err)
	}
	checkTable(t, dir, "identity-references.tsv", []string{
		"contoso.shop/signs\tproperties.keepers[]\tid\tkind=Big&light=on;kind=Small",
		"Contoso.Shop/tills\tproperties.lock.identity\tid-or-system",
		"Contoso.Shop/tills\tproperties.settings[name=KEEPER].value\tclient-id",
		"Contoso.Shop/tills\tproperties.auth.clientId\tclient-id\tauth=userAssignedIdentity",
	})
}
