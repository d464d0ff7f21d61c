package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rolecall/rolecall/internal/cli"
)

// payloads are what a pull request may put anywhere: what terminals, build
// agents, browsers, Markdown and spreadsheets act on. Where it would begin
// something, it says PWN.
var payloads = []string{
	"\x1b[31mPWN\x1b[2J", "\x1b]8;;http://evil.example\x07PWN", "\u009b31mPWN", "a\rPWN", "\bPWN", "\x7fPWN",
	"::error file=x::PWN", "\n::error::PWN", " ::set-output name=a::PWN", "::stop-commands::PWN", "%0A::error::PWN",
	"##vso[task.setvariable variable=a]PWN", "\r\n##vso[task.complete result=Failed]PWN", "##[add-mask]PWN", "##[group]PWN",
	"%AZP25%0D%0A##vso[task.complete]PWN", ";type=error]PWN", "a,title=PWN::", "%3B%5DPWN",
	"a|b|PWN|", "| PWN |\n|---|", "`PWN`", "```\nPWN", "**PWN**", "[PWN](http://evil.example)", "[PWN]: http://evil.example",
	"![PWN](http://evil.example/x.png)", "](http://evil.example) PWN", "\n# PWN", "\n- PWN", "\n1. PWN", "\n> PWN", "~~PWN~~", "$PWN$",
	"<!-- PWN", "--> PWN", "<img src=x onerror=PWN>", "</summary></details><script>PWN</script>", "<a href=javascript:PWN>", "</text><script>PWN</script>",
	"&lt;script&gt;PWN", "\" onload=PWN x=\"", "' onload=PWN x='", "@PWN", "owner/repo#1 PWN #1", "https://evil.example/PWN", "www.evil.example/PWN", "pwn@evil.example",
	"=cmd|' /C PWN'!A0", "+PWN", "-PWN", "@SUM(PWN)", "\tPWN", "\r=PWN", ",=PWN", "\"PWN\",=PWN",
	"\u202ePWN\u2066", "\u200bPWN", "\u0085PWN", "\u2028PWN", "\U000e0050PWN", "\ufeffPWN",
	"\"]; click n0 \"javascript:PWN\"", "%%{init: PWN}%%", "end\n  PWN --> b", "${{ PWN }}", "{{PWN}}", "{0}PWN", "\\PWN", "PWN\\",
}

// hostileTemplate says %s wherever a template may hold text of its author.
const hostileTemplate = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "metadata": { "description": %[1]s },
  "parameters": {
    "given": { "type": "string" },
    "without": { "type": "string", "metadata": { "description": %[1]s } },
    %[1]s: { "type": "string", "defaultValue": "b24988ac-6180-42a0-ab88-20f7382dd24c" }
  },
  "variables": { %[1]s: "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635')]" },
  "resources": [
    { "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": %[1]s, "location": "x" },
    { "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "[parameters('given')]", "location": "x" },
    {
      "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "[guid('a')]",
      "properties": {
        "roleDefinitionId": "[variables(%[2]s)]",
        "principalId": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', %[2]s)).principalId]",
        "principalType": "ServicePrincipal", "description": %[1]s
      }
    },
    {
      "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "[guid('b')]",
      "properties": {
        "roleDefinitionId": "[variables(%[2]s)]",
        "principalId": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', parameters('given'))).principalId]",
        "condition": %[1]s, "conditionVersion": "2.0"
      }
    },
    {
      "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": %[1]s,
      "properties": { "roleDefinitionId": %[1]s, "principalId": %[1]s, "principalType": %[1]s }
    },
    {
      "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "[guid('c')]",
      "scope": "[resourceId('Microsoft.Storage/storageAccounts', %[2]s)]",
      "properties": {
        "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', parameters(%[2]s))]",
        "principalId": "[parameters('without')]"
      }
    },
    {
      "type": "Microsoft.Authorization/roleDefinitions", "apiVersion": "2022-04-01", "name": "[guid('d')]",
      "properties": {
        "roleName": %[1]s, "description": %[1]s, "assignableScopes": [ %[1]s ],
        "permissions": [ { "actions": [ "*", %[1]s ], "dataActions": [ %[1]s ] } ]
      }
    },
    {
      "type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": %[1]s, "location": "x",
      "identity": { "type": %[1]s, "userAssignedIdentities": { %[1]s: {} } },
      "properties": { "siteConfig": { "appSettings": [ { "name": %[1]s, "value": "@Microsoft.KeyVault(VaultName=v;SecretName=s)" } ] } }
    },
    {
      "type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-03-01", "name": %[1]s, "location": "x",
      "identity": { "type": "UserAssigned", "userAssignedIdentities": { "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', %[2]s)]": {} } }
    },
    {
      "type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": %[1]s, "location": "x",
      "properties": { "tenantId": "[subscription().tenantId]", "sku": { "family": "A", "name": "standard" }, "accessPolicies": [
        { "tenantId": "[subscription().tenantId]", "objectId": %[1]s, "permissions": { "secrets": [ "all" ], "keys": [ %[1]s ] } } ] }
    },
    {
      "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": %[1]s,
      "properties": { "mode": "Incremental", "expressionEvaluationOptions": { "scope": "inner" }, "template": {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
        "resources": [ {
          "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "[guid('e')]",
          "properties": {
            "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9')]",
            "principalId": %[1]s
          }
        } ]
      } }
    }
  ]
}
`

// hostileFolder returns a folder with the payloads in names of files, in
// templates, in parameter files and in what git calls things.
func hostileFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for i, p := range payloads {
		folder := filepath.Join(dir, fmt.Sprintf("%02d", i))
		put(t, filepath.Join(folder, fileName(p, "template.json")), fmt.Sprintf(hostileTemplate, inJSON(p), inExpression(p)))
		put(t, filepath.Join(folder, fileName(p, "template.parameters.json")),
			fmt.Sprintf(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {"given": {"value": %s}}}`, inJSON(p)))
		put(t, filepath.Join(folder, fileName(p, "broken.json")),
			`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", `+inJSON(p)+`: [ `+p+` }`)
		putBicep(t, folder, p)
		if i%5 > 0 {
			continue
		}
		put(t, filepath.Join(folder, fileName(p, "wrong.json")), strings.ReplaceAll(fmt.Sprintf(hostileTemplate, inJSON(p), inExpression(p)),
			`"parameters('given')`, `"parameters(`+inExpression(p)+`'`))
	}
	branch := fileName("[PWN](x)|<img src=x>`@PWN ##vso[a]", "branch")
	put(t, filepath.Join(dir, ".git", "HEAD"), "ref: refs/heads/"+branch+"\n")
	put(t, filepath.Join(dir, ".git", "refs", "heads", branch), strings.Repeat("0a", 20)+"\n")
	put(t, filepath.Join(dir, ".git", "config"), "[remote \"origin\"]\n\turl = https://github.com/o/\"[PWN](x)|`<img src=x>*_@PWN.git\n")
	return dir
}

// fileName makes a payload a name of a file, as far as the system lets it.
func fileName(payload, tail string) string {
	if runtime.GOOS == "windows" {
		return tail
	}
	return strings.NewReplacer("/", "∕", "\x00", "").Replace(payload) + " " + tail
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// inJSON spells text as a string of JSON; in an expression it would otherwise
// be evaluated, a bracket at the start is doubled.
func inJSON(s string) string {
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		s = "[" + s
	}
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// inExpression spells text as a string of an expression within one of JSON.
func inExpression(s string) string {
	quoted := inJSON("'" + strings.ReplaceAll(s, "'", "''") + "'")
	return quoted[1 : len(quoted)-1]
}

// told is one way to make rolecall talk, and what holds that its output is
// harmless where it goes. A command that is new is one more line.
type told struct {
	args   []string
	stdin  string
	oracle func(t *testing.T, out string)
}

func hostileRuns(dir string) []told {
	file := filepath.Join(dir, "00", fileName(payloads[0], "template.json"))
	check := func(more ...string) []string {
		return append([]string{"check", "--profile", "pedantic", "--root", dir, dir}, more...)
	}
	grants := func(more ...string) []string {
		return append([]string{"grants", "--root", dir, dir}, more...)
	}
	all := strings.Join(payloads, " ")
	runs := []told{
		{args: check(), oracle: isText},
		{args: check("--verbose", "--no-parameter-files"), oracle: isText},
		{args: check("--color", "always"), oracle: isPainted},
		{args: check("--format", "json"), oracle: isJSON},
		{args: check("--format", "sarif", "--category", all), oracle: isSARIF},
		{args: check("--format", "github"), oracle: isGitHub},
		{args: check("--format", "azure"), oracle: isAzure},
		{args: check("--format", "gitlab"), oracle: isJSON},
		{args: check("--format", "markdown"), oracle: isMarkdown},
		{args: check("--diff", "--unsafe-fixes"), oracle: func(t *testing.T, out string) { isTable(t, strings.ReplaceAll(out, "\t", " ")) }},
		{args: grants(), oracle: isTable},
		{args: grants("--color", "always"), oracle: func(t *testing.T, out string) { isTable(t, painted.ReplaceAllString(out, "")) }},
		{args: grants("--format", "json"), oracle: isJSON},
		{args: grants("--format", "csv"), oracle: isCSV},
		{args: grants("--format", "markdown"), oracle: func(t *testing.T, out string) { isPage(t, out) }},
		{args: grants("--format", "mermaid"), oracle: isMermaid},
		{args: grants("--format", "svg"), oracle: isSVG},
		{args: grants("--format", "html"), oracle: isHTML},
		{args: grants("--verbose"), oracle: isTable},
		{args: []string{"expand", "--root", dir, file}, oracle: isJSON},
		{args: []string{"expand", "--root", dir, "-p", "given=" + all, file}, oracle: isJSON},
		{args: []string{"eval", "concat(" + all + ")"}, oracle: isText},
		{args: []string{"eval", "concat('" + strings.ReplaceAll(all, "'", "''") + "')"}, oracle: isJSON},
		{args: []string{"eval", "--jsonl"}, stdin: `{"expr": ` + inJSON("[concat('"+strings.ReplaceAll(all, "'", "''")+"')]") + "}\n", oracle: isJSON},
	}
	for _, p := range payloads {
		for _, args := range [][]string{
			{p}, {"check", p}, {"check", "--format", p}, {"check", "--select", p}, {"check", "--write", p}, {"check", "--" + p}, {"check", "--root", p},
			{"check", "-p", p, "--root", dir, file}, {"check", "--output", filepath.Join(p, p), "--root", dir, file}, {"check", "--jobs", p},
			{"explain", p}, {"rules", p}, {"help", p}, {"completion", p}, {"expand", p}, {"diff", p}, {"diff", p + "..HEAD"}, {"diff", ".", "--", p}, {"lock", p}, {"lock", "--check", "--file", p}, {"eval", "--scope", p, "1"}, {"eval", p},
		} {
			runs = append(runs, told{args: args, oracle: isText})
		}
	}
	return runs
}

// TestHostileContent holds that nothing of templates, names of files, git or
// the command line works in any output, nor in any message.
func TestHostileContent(t *testing.T) {
	dir := hostileFolder(t)
	t.Chdir(t.TempDir())
	for _, r := range append(hostileRuns(dir), hostileFiles(t, dir)...) {
		t.Run(strings.ToValidUTF8(strings.Join(r.args, " "), "?"), func(t *testing.T) {
			var out, errs bytes.Buffer
			cli.Main(r.args, cli.Streams{In: strings.NewReader(r.stdin), Out: &out, Err: &errs})
			if out.Len()+errs.Len() == 0 {
				t.Fatal("it says nothing")
			}
			isText(t, painted.ReplaceAllString(errs.String(), ""))
			if out.Len() > 0 {
				r.oracle(t, out.String())
			}
		})
	}
}

// isText holds what every output keeps to: no control character but the line
// break, none that is not seen, no command of a build agent.
func isText(t *testing.T, out string) {
	t.Helper()
	isTable(t, out)
	for line := range strings.Lines(out) {
		if strings.HasPrefix(strings.TrimLeft(line, " -#>1."), "PWN") {
			t.Errorf("a line of its own: %q", line)
		}
	}
}

// isTable is text whose lines may begin with what others wrote.
func isTable(t *testing.T, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Error("it is no UTF-8")
	}
	if i := strings.IndexFunc(out, acts); i >= 0 {
		t.Errorf("%q in %q", []rune(out[i:])[0], around(out, i))
	}
	for line := range strings.Lines(out) {
		if command := agentCommand(line); command != "" {
			t.Errorf("the command %q in %q", command, line)
		}
	}
}

// around returns some of a text.
func around(s string, i int) string {
	return strings.ToValidUTF8(s[max(0, i-40):min(len(s), i+40)], "?")
}

// acts reports whether a terminal acts on a character, or does not show it.
func acts(r rune) bool {
	switch {
	case r == '\n':
		return false
	case r < ' ', 0x7f <= r && r <= 0x9f:
		return true
	}
	return strings.ContainsRune("\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff", r) ||
		0xe0000 <= r && r <= 0xe007f
}
