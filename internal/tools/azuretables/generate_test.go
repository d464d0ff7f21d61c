package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	tillKeeper = "00000001-0000-4000-8000-000000000001"
	tillReader = "00000002-0000-4000-8000-00000000000a"
	shopper    = "00000003-0000-4000-8000-000000000003"
)

// The same kind of fact in each shape that role lists come in.
var roleFiles = map[string]string{
	"az.json": `[{"id": "/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/` + tillKeeper + `",
		"name": "` + tillKeeper + `", "roleName": "Till Keeper", "permissions": [
		{"actions": ["Contoso.Shop/tills/* "], "notActions": ["Contoso.Shop/tills/delete"], "dataActions": [], "notDataActions": [], "condition": null},
		{"actions": [], "dataActions": ["Contoso.Shop/tills/coins/read"], "condition": "@Resource[x] StringEquals 'y'", "conditionVersion": "2.0"}]}]`,
	"rest.json": `{"value": [{"id": "/providers/Microsoft.Authorization/roleDefinitions/` + strings.ToUpper(tillReader) + `",
		"properties": {"roleName": "Till Reader", "permissions": [{"actions": ["*/read", "Contoso.Shop/safes/listKeys/action"]}]}}]}`,
	"flat.json": `{"azureRbac": [{"id": "` + shopper + `", "name": "Shopper", "permissions": "unknown"},
		{"id": "` + tillKeeper + `", "name": "Never seen, for the first file wins", "actions": ["*"]}]}`,
}

const formerNameFile = `{"renamed": {
	"` + tillKeeper + `": {"name": "Till Keeper", "former": ["Cashier", "Shopper", "Clerk"]},
	"` + tillReader + `": {"name": "Till Reader", "former": ["CLERK"]}}}`

func TestRoles(t *testing.T) {
	dir := t.TempDir()
	args := []string{"-role-names", writeFile(t, dir, "former.json", formerNameFile), "-types", writeTypes(t, dir),
		"-hosts", writeFile(t, dir, "hosts.json", hostFile), "-policies", writeFile(t, dir, "policies.json", policiesFile),
		"-references", writeFile(t, dir, "references.json", referenceFile), "-date", "2026-01-02", "-out", filepath.Join(dir, "out")}
	for _, name := range []string{"az.json", "rest.json", "flat.json"} {
		args = append(args, "-roles", writeFile(t, dir, name, roleFiles[name]))
	}
	if err := run(args, io.Discard); err != nil {
		t.Fatal(err)
	}
	checkTable(t, dir, "roles.tsv", []string{
		tillKeeper + "\tTill Keeper\tCashier;Shopper;Clerk\tContoso.Shop/tills/*;Contoso.Shop/tills/delete|?;;Contoso.Shop/tills/coins/read",
		tillReader + "\tTill Reader\tCLERK\t*/read,Contoso.Shop/safes/listKeys/action",
		shopper + "\tShopper\t\t-",
	})
	// Shopper is a role of today, and two roles were Clerk.
	checkTable(t, dir, "role-names.tsv", []string{
		"cashier\t" + place(t, dir, tillKeeper), "shopper\t" + place(t, dir, shopper),
		"till keeper\t" + place(t, dir, tillKeeper), "till reader\t" + place(t, dir, tillReader),
	})
	checkTable(t, dir, "credentials.tsv", []string{"Contoso.Shop/safes/listKeys/action", "Contoso.Shop/tills/listSecrets/action"})
	date, err := os.ReadFile(filepath.Join(dir, "out", "tables_date.go"))
	if err != nil || !strings.Contains(string(date), `const TablesDate = "2026-01-02"`) {
		t.Errorf("%s, %v", date, err)
	}
	checkIdempotent(t, filepath.Join(dir, "out"))
}

func TestKeepRoles(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, tableDir), 0o755); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, tableDir), "roles.tsv", "# head\n"+shopper+"\tShopper\tBuyer\t-\n"+tillReader+"\tOld\tOlder\t*\n")
	file := writeFile(t, dir, "roles.json", roleFiles["rest.json"])
	tables, err := roleTables(options{roles: fileList{file}, out: dir})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{tillReader, "Till Reader", "Older", "*/read,Contoso.Shop/safes/listKeys/action"}, {shopper, "Shopper", "Buyer", "-"},
	}
	if got := tables[0].rows; !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// checkIdempotent normalises a folder twice more, once out of order, and wants the same files.
func checkIdempotent(t *testing.T, out string) {
	t.Helper()
	before := readAll(t, out)
	file := filepath.Join(out, tableDir, "roles.tsv")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimSuffix(string(data), "\n"), "\n")
	last := len(lines) - 1
	lines[last], lines[last-1] = strings.TrimSuffix(lines[last-1], "\n"), lines[last]+"\n"
	if err := os.WriteFile(file, []byte(strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{"-normalise", out}, io.Discard); err != nil {
		t.Fatal(err)
	}
	if after := readAll(t, out); after != before {
		t.Errorf("normalised to\n%s\nwant\n%s", after, before)
	}
}

func TestNormaliseRejects(t *testing.T) {
	for _, c := range []struct{ name, file, rows, want string }{
		{"upper case id", "roles.tsv", strings.ToUpper(tillReader) + "\tA", "no lower-case GUID"},
		{"two of a key", "identity.tsv", "a.b/c\ts\nA.B/c\tu", "occurs twice"},
		{"too many fields", "resource-types.tsv", "a.b/c\t8\ti\tx", "at most 3"},
		{"no key", "hosts.tsv", "\tcode", "bad key"},
		{"too many lists", "roles.tsv", tillReader + "\tA\t\ta;b;c;d;e", "bad block"},
	} {
		dir := t.TempDir()
		for _, table := range allTables() {
			if err := os.MkdirAll(filepath.Join(dir, tableDir), 0o755); err != nil {
				t.Fatal(err)
			}
			writeFile(t, filepath.Join(dir, tableDir), table.file, "# head\n")
		}
		writeFile(t, filepath.Join(dir, tableDir), c.file, "# head\n"+c.rows+"\n")
		if err := run([]string{"-normalise", dir}, io.Discard); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestFlags(t *testing.T) {
	for _, args := range [][]string{{}, {"-out", "x"}, {"-out", "x", "-date", "today"}, {"-normalise", "x", "y"}} {
		if err := run(args, io.Discard); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}

func writeFile(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// checkTable compares the rows of a table below dir/out.
func checkTable(t *testing.T, dir, file string, want []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "out", tableDir, file))
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for line := range strings.Lines(string(data)) {
		if line[0] != '#' {
			rows = append(rows, strings.TrimSuffix(line, "\n"))
		}
	}
	if got, want := strings.Join(rows, "\n"), strings.Join(want, "\n"); got != want {
		t.Errorf("%s:\n%s\nwant\n%s", file, got, want)
	}
}

// place is where the program finds a role in roles-packed.tsv.
func place(t *testing.T, dir, role string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "out", tableDir, "roles-packed.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	digits := strconv.FormatInt(int64(strings.Index(string(data), "\n"+role)+1), placeBase)
	return strings.Repeat("0", placeDigits-len(digits)) + digits
}

func readAll(t *testing.T, out string) string {
	t.Helper()
	var b strings.Builder
	files, err := filepath.Glob(filepath.Join(out, tableDir, "*.tsv"))
	if err != nil || len(files) == 0 {
		t.Fatal("no tables", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(file + "\n" + string(data))
	}
	return b.String()
}
