package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/rolecall/rolecall/internal/cli"
)

// lines are what FuzzFolder runs in a folder; JSON tells which write JSON.
var lines = []struct {
	args string
	json bool
}{
	{"check --profile pedantic --verbose .", false}, {"check --format json --profile pedantic .", true}, {"check --format sarif .", true},
	{"check --format gitlab .", true}, {"check --format github .", false}, {"check --format azure .", false}, {"check --format markdown .", false},
	{"check --only main.json main.bicep", false}, {"check --fix --unsafe-fixes --diff .", false}, {"check --fix --unsafe-fixes --format json .", true},
	{"grants --format json .", true}, {"grants --format html .", false}, {"grants --format csv .", false}, {"grants --format mermaid .", false},
	{"lock .", false}, {"lock --check .", false}, {"diff --format json a b", true}, {"diff HEAD", false},
	{"expand --all main.bicep", true}, {"expand --all -p main.parameters.json main.json", true}, {"expand --arm main.bicep", true},
	{"check --write-baseline base.json .", false}, {"check --baseline base.json .", false},
}

// canary stands in files that lie beside the analysed tree, under names that
// templates ask for.
const canary = "canary-beside-the-tree"

// FuzzFolder runs the program over a folder of any files, some of them links to
// others: it ends with a code that it should have, writes text or JSON, finds no
// defect in itself, and reads nothing outside.
func FuzzFolder(f *testing.F) {
	n := 0
	for _, pattern := range []string{"script", "rules"} {
		names, err := filepath.Glob(filepath.Join("..", "..", "testdata", pattern, "*.txtar"))
		if err != nil || len(names) == 0 {
			f.Fatal("no archives: ", err)
		}
		for _, name := range names {
			a, err := txtar.ParseFile(name)
			if err != nil {
				f.Fatal(err)
			}
			a.Comment = nil
			f.Add(txtar.Format(a), uint8(n%len(lines)))
			n++
		}
	}
	for i := range lines {
		f.Add([]byte("-- main.bicep --\nmodule m '../outside.bicep' = { name: 'm' }\nvar t = loadTextContent('../outside.txt')\noutput o string = t\n"+
			"-- main.json --\n{\"$schema\": \"deploymentTemplate.json#\", \"resources\": [{\"type\": \"Microsoft.Resources/deployments\", \"apiVersion\": \"2022-09-01\", \"name\": \"d\", "+
			"\"properties\": {\"mode\": \"Incremental\", \"templateLink\": {\"relativePath\": \"../outside.json\"}}}]}\n"+
			"-- a/main.json.link --\n../../outside.json\n-- b.link --\n..\n-- rolecall.json --\n{\"roles\": [\"../outside.json\"]}\n"), uint8(i))
	}
	f.Fuzz(func(t *testing.T, archive []byte, which uint8) {
		if a := txtar.Parse(archive); len(archive) < 40_000 && len(a.Files) <= 30 {
			inFolder(t, a, which)
		}
	})
}

func inFolder(t *testing.T, a *txtar.Archive, which uint8) {
	top := t.TempDir()
	dir := filepath.Join(top, "tree")
	fill(t, top, dir, a)
	t.Chdir(dir)
	line := lines[int(which)%len(lines)]
	args := strings.Fields(line.args)
	args = append(append(args[:1:1], "--root", dir), args[1:]...)
	var out, told bytes.Buffer
	code := cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &told})
	switch {
	case code < 0 || code > 3:
		t.Errorf("%s: exit code %d", line.args, code)
	case strings.Contains(told.String(), "defect of rolecall"):
		t.Errorf("%s: %s", line.args, told.String())
	case strings.Contains(out.String()+told.String(), canary):
		t.Errorf("%s: what lies outside of the tree was read:\n%s%s", line.args, told.String(), out.String())
	case !utf8.Valid(out.Bytes()) || !utf8.Valid(told.Bytes()) || strings.ContainsAny(out.String()+told.String(), "\x1b\x00\x07"):
		t.Errorf("%s: it is no text: %q %q", line.args, told.String(), out.String())
	case line.json && out.Len() > 0 && !json.Valid(out.Bytes()):
		t.Errorf("%s: it is no JSON: %s", line.args, out.String())
	}
}

// fill writes the files of an archive into a folder, names that end in .link as
// symbolic links; and beside the folder, what nobody may read. What cannot be
// written is left out.
func fill(t *testing.T, top, dir string, a *txtar.Archive) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	secret := `{"$schema": "deploymentTemplate.json#", "resources": [{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "` + canary + `"}]}`
	for name, text := range map[string]string{"outside.json": secret, "outside.txt": canary, "outside.bicep": "output o string = '" + canary + "'\n"} {
		if err := os.WriteFile(filepath.Join(top, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range a.Files {
		name, err := filepath.Localize(f.Name)
		if err != nil {
			continue
		}
		name = filepath.Join(dir, name)
		_ = os.MkdirAll(filepath.Dir(name), 0o755)
		if link, ok := strings.CutSuffix(name, ".link"); ok {
			_ = os.Symlink(filepath.FromSlash(strings.TrimSpace(string(f.Data))), link)
		} else if real, err := filepath.EvalSymlinks(filepath.Dir(name)); err == nil && strings.HasPrefix(real+string(filepath.Separator), dir+string(filepath.Separator)) {
			_ = os.WriteFile(name, f.Data, 0o644)
		}
	}
}
