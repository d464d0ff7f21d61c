//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// checks says that the test program is to check a file, see TestHostileSizes.
const checks = "ROLECALL_TEST_CHECK"

// What a file of TestHostileSizes may cost at most: much more than any does, and
// much less than one that hangs or grows without bound.
const (
	mostTime   = 20 * time.Second // of the processor
	mostMemory = 1 << 20          // KiB
)

// TestHostileSizes checks files that are made to be too much, each in a process
// of its own: none may panic, hang or take all memory, and what cannot be
// analysed is said.
func TestHostileSizes(t *testing.T) {
	if file := os.Getenv(checks); file != "" {
		os.Exit(Main([]string{"check", "--jobs", "1", "--timeout", "0", file}, Streams{Out: os.Stdout, Err: os.Stderr}))
	}
	if raceDetector {
		t.Skip("what it takes is not what the program takes")
	}
	dir := t.TempDir()
	for _, c := range hostileSizes() {
		t.Run(strings.TrimSuffix(c.name, filepath.Ext(c.name)), func(t *testing.T) {
			file := filepath.Join(dir, c.name)
			if err := os.WriteFile(file, []byte(c.text), 0o644); err != nil {
				t.Fatal(err)
			}
			defer os.Remove(file)
			c.hold(t, file)
		})
	}
}

// hostileSize is a file, the exit code of a check of it, and what is said.
type hostileSize struct {
	name, text string
	exit       int
	says       string
}

func (c hostileSize) hold(t *testing.T, file string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestHostileSizes$")
	cmd.Env = append(os.Environ(), checks+"="+file)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	cmd.Run()
	all := out.String() + errs.String()
	if cmd.ProcessState.ExitCode() != c.exit || !strings.Contains(all, c.says) || strings.Contains(all, "defect of rolecall") {
		t.Errorf("exit code %d, want %d and %q:\n%.600s", cmd.ProcessState.ExitCode(), c.exit, c.says, all)
	}
	if used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(); used > mostTime {
		t.Errorf("it takes %v", used)
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if ok && runtime.GOOS == "linux" && int64(usage.Maxrss) > mostMemory {
		t.Errorf("it takes %d KiB", usage.Maxrss)
	}
}

func hostileSizes() []hostileSize {
	rep := strings.Repeat
	each := func(n int, f func(i int) string) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = f(i)
		}
		return strings.Join(parts, ",\n")
	}
	laughs := func(call string) string {
		return `"v0": "ha", "a0": ["ha"], ` + each(12, func(i int) string {
			return fmt.Sprintf(`"v%d": "[%s(%s)]"`, i+1, call, strings.TrimSuffix(rep(fmt.Sprintf("variables('v%d'),", i), 10), ","))
		})
	}
	const million = 1_000_000
	cases := []hostileSize{
		{"empty.json", "", 0, "no JSON"},
		{"zeros.json", rep("\x00", 1000), 0, "no JSON"},
		{"deep_array.json", rep("[", 200_000), 0, "the nesting is too deep"},
		{"deep_object.json", rep(`{"a":`, 200_000), 0, "the nesting is too deep"},
		{"deep_value.json", sized(`"x": `+rep("[", 200_000)+rep("]", 200_000)+`,`, grantNamed("a")), 3, "the nesting is too deep"},
		{"deep_calls.json", sized("", grantNamed("["+rep("concat(", 100_000)+"'x'"+rep(")", 100_000)+"]")), 1, "RA001"},
		{"deep_indexes.json", sized("", grantNamed("["+rep("a[", 100_000)+"0"+rep("]", 100_000)+"]")), 1, "RA001"},
		{"long_text.json", sized("", grantNamed(rep("a", 10*million))), 1, "RA001"},
		{"long_array.json", sized("", grantNamed("[string(createArray("+rep("1,", 100_000)+"1))]")), 1, "RA001"},
		{"long_name.json", sized(`"variables": {"`+rep("n", 100_000)+`": "x"},`, grantNamed("[variables('"+rep("n", 100_000)+"')]")), 1, "RA001"},
		{"laughs_text.json", sized(`"variables": {`+laughs("concat")+`},`, grantNamed("[variables('v12')]")), 1, "RA001"},
		{"laughs_arrays.json", sized(`"variables": {`+laughs("createArray")+`},`, grantNamed("[string(variables('v12'))]")), 1, "RA001"},
		{"much_text.json", sized(`"variables": {"v": "[padLeft('', 1000000, 'x')]"},`, copied(1000, grantNamed("[concat(variables('v'), copyIndex())]"))), 3, "256 MB of text"},
		{"many_copies.json", sized("", copied(1_000_000_000, grantNamed("[string(copyIndex())]"))), 1, "RA001"},
		{"copies_of_copies.json", sized("", each(11, func(i int) string { return copied(10_000, grantNamed(fmt.Sprintf("[concat('a%d', copyIndex())]", i))) })), 3, "more than 100,000 resources"},
		{"many_parameters.json", sized(`"parameters": {`+each(100_000, func(i int) string { return fmt.Sprintf(`"p%d": {"type": "string"}`, i) })+`},`, grantNamed("a")), 1, "RA001"},
		{"many_outputs.json", sized(`"outputs": {`+each(100_000, func(i int) string {
			return fmt.Sprintf(`"p%d": {"type": "string", "value": "[resourceGroup().id]"}`, i)
		})+`},`, grantNamed("a")), 1, "RA001"},
		{"chain.json", sized(`"variables": {`+each(100_000, func(i int) string { return fmt.Sprintf(`"v%d": "[variables('v%d')]"`, i, i+1) })+`},`, grantNamed("[variables('v0')]")), 1, "RA001"},
		{"same_keys.json", sized(`"variables": {`+each(200_000, func(int) string { return `"a": 1` })+`},`, grantNamed("a")), 1, "RA001"},
		{"same_names.json", sized("", each(2000, func(int) string { return grantNamed("a") })), 1, "RA001"},
		{"depends_chain.json", sized("", each(10_000, func(i int) string { return dependent(i, i+1) })), 0, ""},
		{"depends_circle.json", sized("", each(10_000, func(i int) string { return dependent(i, (i+1)%10_000) })), 0, ""},
		{"many_findings.json", strings.ReplaceAll(sized("", each(1000, func(i int) string { return grantNamed(fmt.Sprintf("[guid('%d')]", i)) })), "\n", " "), 1, "RA001"},
		{"role.json", sized("", `{"type": "Microsoft.Authorization/roleDefinitions", "apiVersion": "2022-04-01", "name": "[guid('d')]", "properties": {"roleName": "r", "assignableScopes": ["/"], "permissions": [{
			"actions": [`+each(1000, func(i int) string { return fmt.Sprintf(`"Microsoft.A%d/*"`, i) })+`], "notActions": [`+each(1000, func(i int) string { return fmt.Sprintf(`"Microsoft.A%d/b/*"`, i) })+`]}]}}`), 1, ""},
		{"condition.json", sized("", strings.Replace(grantNamed("a"), `"principalId"`, `"conditionVersion": "2.0", "condition": "`+rep("(", 100_000)+"@Resource[a] StringEquals 'b'"+rep(")", 100_000)+`", "principalId"`, 1)), 1, ""},
		{"number.json", sized("", strings.Replace(grantNamed("a"), `"principalId"`, `"x": `+rep("9", million)+`, "principalId"`, 1)), 1, "RA001"},
		{"functions.json", sized(`"functions": [{"namespace": "f", "members": {
			"a": {"parameters": [{"name": "x", "type": "string"}], "output": {"type": "string", "value": "[concat(f.b(parameters('x')), f.b(parameters('x')))]"}},
			"b": {"parameters": [{"name": "x", "type": "string"}], "output": {"type": "string", "value": "[concat(f.a(parameters('x')), f.a(parameters('x')))]"}}}}],`, grantNamed("[f.a('x')]")), 1, "RA001"},
		{"types.json", strings.Replace(sized(`"definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}, "parameters": {"p": {"$ref": "#/definitions/a"}},`, grantNamed("a")), `"contentVersion"`, `"languageVersion": "2.0", "contentVersion"`, 1), 1, "RA001"},
	}
	for name, value := range map[string]string{
		"parentheses": rep("(", 100_000) + "1" + rep(")", 100_000), "arrays": rep("[", 100_000) + rep("]", 100_000), "objects": rep("{ a: ", 100_000) + "1" + rep(" }", 100_000),
		"holes": rep("'${", 100_000) + "1" + rep("}'", 100_000), "not": rep("!", 100_000) + "true", "choices": rep("p == 1 ? 2 : ", 100_000) + "3", "calls": rep("string(", 100_000) + "1" + rep(")", 100_000),
		"accesses": "p" + rep(".a", 100_000), "sums": "1" + rep(" + 1", 100_000), "lambdas": rep("map([1], x => ", 100_000) + "1" + rep(")", 100_000), "loops": rep("[for i in p: ", 100_000) + "1" + rep("]", 100_000),
	} {
		cases = append(cases, hostileSize{"bicep_" + name + ".bicep", "param p string\nvar v = " + value + "\n", 3, "error: "})
	}
	lines := func(n int, line string) string { return "param p string\n" + rep(line, n) }
	numbered := func(n int, line string) string {
		return "param p string\n" + strings.ReplaceAll(each(n, func(i int) string { return fmt.Sprintf(line, i, i+1) }), ",\n", "\n") + "\n"
	}
	return append(cases,
		hostileSize{"bicep_types.bicep", "type t = " + rep("(", 100_000) + "string" + rep(")", 100_000) + "\n", 3, "error: "},
		hostileSize{"bicep_ifs.bicep", "resource r 'A.B/c@2020-01-01' = " + rep("if (true) ", 100_000) + "{}\n", 3, "error: "},
		hostileSize{"bicep_resources.bicep", rep("resource r 'c@2020-01-01' = {\n", 100_000), 3, "error: "},
		hostileSize{"bicep_decorators.bicep", lines(100_000, "@description('x')\n") + "param q string\n", 0, ""},
		hostileSize{"bicep_errors.bicep", lines(100_000, "var = =\n"), 3, "error: "},
		hostileSize{"bicep_quotes.bicep", lines(100_000, "var a = \"x\"\n"), 3, "double quote"},
		hostileSize{"bicep_chain.bicep", numbered(10_000, "var v%d = v%d"), 0, ""},
		hostileSize{"bicep_functions.bicep", numbered(10_000, "func f%d(x string) string => f%d(x)"), 0, ""},
		hostileSize{"bicep_laughs.bicep", "param p string\nresource s 'A.B/c@2020-01-01' existing = { name: p }\nvar v0 = s.properties.x\n" +
			strings.ReplaceAll(each(14, func(i int) string { return fmt.Sprintf("var v%d = '%s'", i+1, rep(fmt.Sprintf("${v%d}", i), 10)) }), ",\n", "\n") + "\noutput o string = v14\n", 0, "too large"},
		hostileSize{"bicep_text.bicep", "var v = '" + rep("x", 10*million) + "'\noutput o string = v\n", 0, ""},
	)
}

// sized is a template with some members and resources.
func sized(members, resources string) string {
	return `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", ` + members + `"resources": [` + resources + `]}`
}

// grantNamed is a role assignment that RA001 reports.
func grantNamed(name string) string {
	return `{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "` + name + `", "properties": {
		"roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635')]",
		"principalId": "5f3a5d2c-64f0-4b5e-9a57-0d2f2a4f5b11"}}`
}

func copied(n int, resource string) string {
	return fmt.Sprintf(`{"copy": {"name": "c", "count": %d}, `, n) + resource[1:]
}

func dependent(i, on int) string {
	return fmt.Sprintf(`{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2022-09-01", "name": "s%d", "location": "x", "dependsOn": ["[resourceId('Microsoft.Storage/storageAccounts', 's%d')]"]}`, i, on)
}
