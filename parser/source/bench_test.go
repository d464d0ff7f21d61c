package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/parser/source"
)

// generated returns an indented template of about one megabyte that has the
// proportions of what the Bicep compiler writes.
func generated() []byte {
	var b strings.Builder
	b.WriteString("{\n  \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",\n" +
		"  \"contentVersion\": \"1.0.0.0\",\n  \"parameters\": {\n")
	for i := range 400 {
		fmt.Fprintf(&b, "    \"parameter%d\": {\n      \"type\": \"string\",\n      \"nullable\": true,\n      \"minLength\": %d,\n"+
			"      \"metadata\": {\n        \"description\": \"Optional. The \\\"name\\\" of part %d, as it is shown.\"\n      }\n    },\n", i, i%20, i)
	}
	b.WriteString("    \"last\": {\n      \"type\": \"bool\",\n      \"defaultValue\": false\n    }\n  },\n  \"resources\": [\n")
	for i := range 1000 {
		fmt.Fprintf(&b, `    {
      "copy": {
        "name": "assignments%d",
        "count": "[length(coalesce(variables('formattedRoleAssignments'), createArray()))]"
      },
      "type": "Microsoft.Authorization/roleAssignments",
      "apiVersion": "2022-04-01",
      "scope": "[resourceId('Microsoft.Storage/storageAccounts', parameters('parameter%d'))]",
      "name": "[guid(resourceGroup().id, parameters('parameter%d'), 'b24988ac-6180-42a0-ab88-20f7382dd24c')]",
      "properties": {
        "roleDefinitionId": "[coalesce(variables('formattedRoleAssignments')[copyIndex()].roleDefinitionId, null())]",
        "principalId": "[reference(parameters('parameter%d'), '2018-11-30').principalId]",
        "principalType": "ServicePrincipal",
        "conditions": [
          1,
          true,
          "[if(equals(1, 2), 'a', 'b')]"
        ],
        "tags": {}
      },
      "dependsOn": [
        "storage",
        "identity"
      ]
    },
`, i, i%400, i%400, i%400)
	}
	b.WriteString("    {}\n  ],\n  \"outputs\": {}\n}\n")
	return []byte(b.String())
}

// corpora returns the texts to measure with: generated ones, and the .json files
// of the folder that ROLECALL_CORPUS names.
func corpora(b *testing.B) map[string][][]byte {
	corpora := map[string][][]byte{"generated": {generated()}}
	root := os.Getenv("ROLECALL_CORPUS")
	if root == "" {
		return corpora
	}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || filepath.Ext(path) != ".json" {
			return err
		}
		raw, err := os.ReadFile(path)
		corpora["corpus"] = append(corpora["corpus"], raw)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return corpora
}

// overCorpora runs body over every text of each corpus.
func overCorpora(b *testing.B, body func(raw []byte)) {
	for name, files := range corpora(b) {
		b.Run(name, func(b *testing.B) {
			size := 0
			for _, raw := range files {
				size += len(raw)
				body(raw) // grows what is reused
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, raw := range files {
					body(raw)
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	var f source.File
	overCorpora(b, func(raw []byte) { f.Reset("", raw) })
}

func BenchmarkParseWalk(b *testing.B) {
	var f source.File
	overCorpora(b, func(raw []byte) {
		f.Reset("", raw)
		walk(f.Root())
	})
}

func BenchmarkGjsonWalk(b *testing.B) {
	overCorpora(b, func(raw []byte) { walkGjson(gjson.ParseBytes(raw)) })
}

func BenchmarkPosition(b *testing.B) {
	f := source.Parse("", generated())
	b.SetBytes(int64(len(f.Text)))
	for b.Loop() {
		f.Position(len(f.Text))
	}
}

// walk visits every value below n and returns how many there are.
func walk(n source.Node) int {
	count := 1
	switch n.Kind() {
	case source.Object:
		for key, value := range n.Members() {
			count += len(key.Text()) + walk(value)
		}
	case source.Array:
		for element := range n.Elements() {
			count += walk(element)
		}
	}
	return count
}

func walkGjson(r gjson.Result) int {
	count := 1
	if r.IsObject() || r.IsArray() {
		r.ForEach(func(key, value gjson.Result) bool {
			count += len(key.Str) + walkGjson(value)
			return true
		})
	}
	return count
}
