package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Two versions of a made-up provider. Nodes refer to each other by index.
const oldTypes = `[
	{"$type": "StringType"},
	{"$type": "ObjectType", "name": "Identity", "properties": {
		"type": {"type": {"$ref": "#/0"}, "flags": 1}, "identityIds": {"type": {"$ref": "#/2"}, "flags": 0}}},
	{"$type": "ArrayType", "itemType": {"$ref": "#/0"}},
	{"$type": "ObjectType", "name": "Till", "properties": {"identity": {"type": {"$ref": "#/1"}, "flags": 0}}},
	{"$type": "ResourceType", "name": "contoso.shop/Tills@2024-01-01-preview", "body": {"$ref": "#/3"}, "readableScopes": 8, "writableScopes": 4}
]`

const newTypes = `[
	{"$type": "StringType"},
	{"$type": "StringLiteralType", "value": "SystemAssigned"},
	{"$type": "StringLiteralType", "value": "SystemAssigned, UserAssigned"},
	{"$type": "UnionType", "elements": [{"$ref": "#/1"}, {"$ref": "#/2"}, {"$ref": "#/0"}]},
	{"$type": "ObjectType", "name": "Ids", "properties": {}, "additionalProperties": {"$ref": "#/0"}},
	{"$type": "ObjectType", "name": "Identity", "properties": {
		"type": {"type": {"$ref": "#/3"}, "flags": 1}, "userAssignedIdentities": {"type": {"$ref": "#/4"}, "flags": 0}}},
	{"$type": "ObjectType", "name": "Till", "properties": {"identity": {"type": {"$ref": "#/5"}, "flags": 1}}},
	{"$type": "ResourceType", "name": "Contoso.Shop/tills@2024-01-01", "body": {"$ref": "#/6"}, "readableScopes": 8, "writableScopes": 8},

	{"$type": "ObjectType", "name": "ShelfProperties", "properties": {"identity": {"type": {"$ref": "#/0"}, "flags": 0}}},
	{"$type": "ObjectType", "name": "Shelf", "properties": {
		"properties": {"type": {"$ref": "#/8"}, "flags": 0}, "identity": {"type": {"$ref": "#/5"}, "flags": 2}}},
	{"$type": "DiscriminatedObjectType", "name": "Furniture", "discriminator": "kind", "baseProperties": {},
		"elements": {"shelf": {"$ref": "#/9"}}},
	{"$type": "ResourceType", "name": "Contoso.Shop/shelves@2024-01-01", "body": {"$ref": "#/10"}, "readableScopes": 8, "writableScopes": 16},
	{"$type": "ResourceType", "name": "Contoso.Shop/signs@2024-01-01", "body": {"$ref": "#/4"}, "readableScopes": 8, "writableScopes": 0},

	{"$type": "ResourceFunctionType", "name": "listSecrets", "resourceType": "Contoso.Shop/tills", "apiVersion": "2024-01-01"},
	{"$type": "ResourceFunctionType", "name": "listCoins", "resourceType": "Contoso.Shop/tills", "apiVersion": "2024-01-01"}
]`

func writeTypes(t *testing.T, dir string) string {
	t.Helper()
	root := filepath.Join(dir, "generated")
	for version, text := range map[string]string{"2024-01-01-preview": oldTypes, "2024-01-01": newTypes} {
		folder := filepath.Join(root, "shop", "contoso.shop", version)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		writeFile(t, folder, "types.json", text)
	}
	return root
}

func TestTypes(t *testing.T) {
	dir := t.TempDir()
	args := []string{"-types", writeTypes(t, dir), "-hosts", writeFile(t, dir, "hosts.json", hostFile),
		"-references", writeFile(t, dir, "references.json", referenceFile),
		"-roles", writeFile(t, dir, "roles.json", `[]`), "-date", "2026-01-02", "-out", filepath.Join(dir, "out")}
	if err := run(args, io.Discard); err != nil {
		t.Fatal(err)
	}
	checkTable(t, dir, "identity.tsv", []string{
		"Contoso.Shop/tills\tsubotia\tmap\tSystemAssigned;SystemAssigned, UserAssigned",
	})
	checkTable(t, dir, "resource-types.tsv", []string{
		"Contoso.Shop/shelves\t16\te", "Contoso.Shop/signs\t0\tr", "Contoso.Shop/tills\t12\ti",
	})
	checkTable(t, dir, "properties-identity.tsv", []string{"Contoso.Shop/shelves"})
	checkTable(t, dir, "credentials.tsv", []string{"Contoso.Shop/tills/listSecrets/action"})
}

// What type files do not tell stays.
func TestKeepCommitted(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, tableDir), 0o755); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, tableDir), "identity.tsv", "# head\na.b/doubt\tsUBoq\tmap\tKind\na.b/gone\na.b/told\td?\n")
	now := identityTable([]identityRecord{{Type: "A.B/doubt", LatestSystem: true, LatestUser: true, LatestBoth: new(bool), Shape: shapeMap}})
	keepCommitted(&now, dir, 1, "SUBq")
	want := "A.B/doubt suBq map Kind;a.b/gone ;a.b/told d?"
	var got []string
	for _, row := range now.rows {
		got = append(got, strings.Join(row, " "))
	}
	if strings.Join(got, ";") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A file of identity support wins, and is compared with the types.
func TestIdentityFile(t *testing.T) {
	dir := t.TempDir()
	file := writeFile(t, dir, "identity.json", `[
		{"type": "Contoso.Shop/tills", "latestSystemAssigned": true, "latestUserAssigned": true, "both": true, "latestBoth": false,
			"documented": {"system": true, "user": true}, "typeValues": ["SystemAssigned", "systemAssigned, userAssigned"],
			"latestTypeValues": ["SystemAssigned,UserAssigned"], "userAssignedShape": "map", "doubtful": "shared model"},
		{"type": "Contoso.Shop/vans", "documentedOnly": true, "userAssignedShape": "none", "latestBoth": null, "retired": true}]`)
	records, err := identityRecords(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	table := identityTable(records)
	for i, want := range []string{
		"Contoso.Shop/tills\tsuBq\tmap\tSystemAssigned,UserAssigned;SystemAssigned", "Contoso.Shop/vans\t?dx\tnone\t",
	} {
		if got := strings.Join(table.rows[i], "\t"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	c, err := readCatalogue(writeTypes(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	compareSupport(&log, records, c.support())
	if !strings.Contains(log.String(), "0 types agree, 1 differ, 1 only in the file, 0 only in the type files") {
		t.Error(log.String())
	}
}

func TestResourceTypeFile(t *testing.T) {
	file := writeFile(t, t.TempDir(), "types.json", `{"Contoso.Shop/tills": [12, 8, "2024-01-01", "", "i"]}`)
	records, err := resourceTypeRecords(file, nil)
	if err != nil || len(records) != 1 || records[0] != (typeRecord{"Contoso.Shop/tills", 12, "i"}) {
		t.Errorf("%+v, %v", records, err)
	}
}

func TestIsCredential(t *testing.T) {
	for op, want := range map[string]bool{
		"A.B/c/listKeys/action":                   true,
		"A.B/c/LISTKEYS/ACTION":                   true,
		"A.B/c/listkeys/action":                   true,
		"A.B/c/listAccountSas/action":             true,
		"A.B/c/regenerateKey/action":              true,
		"A.B/c/listCallbackUrl/action":            true,
		"A.B/c/getikesas/action":                  true,
		"A.B/keys/read":                           false,
		"A.B/c/listConnections/action":            false,
		"A.B/c/getKeyVaultStatus/action":          false,
		"A.B/c/generateUserDelegationKey/action":  false,
		"A.B/c/getBestPracticesAssessment/action": false,
		"A.B/*/listKeys/action":                   false,
	} {
		if got := isCredential(op); got != want {
			t.Errorf("%s: %v", op, got)
		}
	}
}

func TestTextOperator(t *testing.T) {
	for _, c := range []struct{ pattern, op, values string }{
		{`plain`, "contains", "plain"},
		{`a\(|b=`, "contains", "a(;b="},
		{`^(A|B=)`, "prefix", "A;B="},
		{`__(a|b)$`, "suffix", "__a;__b"},
		{`\b(ab|cd)\(`, "word", "ab(;cd("},
		{`(?i)\b(az\s+[a-z]+|(Get|Set)-Az[A-Z])`, "word", "az ;get-az;set-az"},
		{`(^|,)app(,|$)`, "part", "app"},
		{`x\.(y|z\.y)`, "contains", "x.y;x.z.y"},
		{`Password=(MSI|Me)`, "contains", "Password=MSI;Password=Me"},
	} {
		op, values, err := textOperator(c.pattern)
		slices.Sort(values)
		if err != nil || op != c.op || strings.Join(values, ";") != c.values {
			t.Errorf("%s: %s %q, %v", c.pattern, op, values, err)
		}
	}
	for _, bad := range []string{`a*b`, `[a-z]b`, `(`} {
		if op, values, err := textOperator(bad); err == nil {
			t.Errorf("%s: %s %q", bad, op, values)
		}
	}
}
