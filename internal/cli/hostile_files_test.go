package cli_test

import (
	"fmt"
	"strings"
	"testing"
)

// smallTemplate has one finding, RA001.
const smallTemplate = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "parameters": { "given": { "type": "string" } },
  "resources": [ {
    "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "[guid(resourceGroup().id, parameters('given'), 'owner')]",
    "properties": {
      "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635')]",
      "principalId": "[parameters('given')]", "principalType": "ServicePrincipal"
    }
  } ]
}
`

// hostileFiles writes what else may come with a pull request into the working
// directory, and returns the runs that read it: configurations, baselines and
// lock files, and folders to compare.
func hostileFiles(t *testing.T, dir string) []told {
	t.Helper()
	put(t, "none/readme.txt", "nothing to deploy")
	put(t, "small.json", smallTemplate)
	runs := comparisons(dir)
	for i, p := range append(payloads, strings.Join(payloads, " ")) {
		for j, config := range hostileConfigs(p) {
			if i < len(payloads) && j != i%len(hostileConfigs(p)) {
				continue // one of them in its turn; all of the payloads together everywhere
			}
			name := fmt.Sprintf("%d-%d.json", i, j)
			put(t, name, config)
			runs = append(runs, told{args: []string{"check", "--verbose", "--config", name, "small.json"}, oracle: isText})
		}
		text, name := inJSON(p), fmt.Sprintf("%d.json", i)
		put(t, name, p)
		put(t, "x"+name, `{"version": 1, "findings": [{"fingerprint": `+text+`, "rule": `+text+`, "file": `+text+`, "message": `+text+`}], "grants": [`+text+`]}`)
		runs = append(runs,
			told{args: []string{"check", "--baseline", name, "small.json"}, oracle: isText},
			told{args: []string{"lock", "--check", "--file", "x" + name, "none"}, oracle: isText})
		line := strings.NewReplacer("\n", " ", "\r", " ").Replace(p)
		put(t, fmt.Sprintf("suppressed/%d.json", i), strings.Replace(fmt.Sprintf(hostileTemplate, inJSON("a"), "a"), `"roleDefinitionId": "[variables`,
			"// rolecall:ignore RA001 "+line+"\n        \"roleDefinitionId\": \"[variables", 1))
		put(t, fmt.Sprintf("suppressed/rule%d.json", i), strings.Replace(fmt.Sprintf(hostileTemplate, inJSON("a"), "a"), `"roleDefinitionId": "[variables`,
			"// rolecall:ignore "+line+"\n        \"roleDefinitionId\": \"[variables", 1))
	}
	return append(runs,
		told{args: []string{"check", "--verbose", "suppressed"}, oracle: isText},
		told{args: []string{"check", "--format", "json", "suppressed"}, oracle: isJSON},
		told{args: []string{"check", "--format", "github", "suppressed"}, oracle: isGitHub})
}

// hostileConfigs are configurations with a payload in every place.
func hostileConfigs(p string) []string {
	text := inJSON(p)
	return []string{
		`{` + text + `: 1}`, `{"profile": ` + text + `}`, `{"rules": {` + text + `: "off"}}`, `{"rules": {"RA001": ` + text + `}}`,
		`{"ignore": [{"rule": ` + text + `, "paths": ["**"], "reason": "r"}]}`, `{"baseline": ` + text + `}`, `{"roles": [` + text + `]}`,
		`{"deny": [{"action": ` + text + `, "at": ` + text + `}]}`, `{"place": {"cloud": ` + text + `}}`, `{"principals": [` + text + `]}`,
		`{"exclude": [` + text + `]}`, `{"overrides": [{"paths": [` + text + `], "profile": "x"}]}`, `{ ` + p + ` }`,
		`{"ignore": [{"rule": "RA001", "paths": ["**"], "reason": ` + text + `}], "parameters": {"given": ` + text + `}}`,
	}
}

// comparisons are the runs that compare with what was, beside those of
// TestHostileChanges.
func comparisons(dir string) []told {
	return []told{
		{args: []string{"lock", "--file", "all.lock", "--root", dir, dir}, oracle: isText},
		{args: []string{"lock", "--check", "--file", "all.lock", "none"}, oracle: isText},
		{args: []string{"check", "--diff", "--unsafe-fixes", "--root", dir, dir}, oracle: isDiff},
		{args: []string{"check", "--baseline", "new.json", "--update-baseline", "--root", dir, dir}, oracle: isText},
		{args: []string{"check", "--baseline", "new.json", "none"}, oracle: isText},
		{args: []string{"check", "--format", "github-output", "--root", dir, dir}, oracle: isText},
	}
}

// isDiff is text in which lines of templates stand, with their tabs.
func isDiff(t *testing.T, out string) {
	t.Helper()
	isTable(t, strings.ReplaceAll(out, "\t", " "))
}
