package bicep_test

import (
	"flag"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
)

var update = flag.Bool("update", false, "write the golden files")

// folder gives a program the files of a map.
type folder struct {
	files map[string]string
	trees map[string]template.Tree
	base  int
}

func (f *folder) Bicep(name string) (string, int, error) {
	text, ok := f.files[name]
	if !ok {
		return "", 0, os.ErrNotExist
	}
	base := f.base + 1
	f.base += len(text) + 1
	return text, base, nil
}

func (f *folder) JSON(name string) (template.Tree, error) {
	text, ok := f.files[name]
	if !ok {
		return nil, os.ErrNotExist
	}
	if f.trees == nil {
		f.trees = map[string]template.Tree{}
	}
	if f.trees[name] == nil {
		f.trees[name] = template.NewFile(source.Parse(name, []byte(text))).Tree()
	}
	return f.trees[name], nil
}

func (f *folder) Bytes(name string) ([]byte, error) {
	text, ok := f.files[name]
	if !ok {
		return nil, os.ErrNotExist
	}
	return []byte(text), nil
}

func (f *folder) List(dir string) ([]string, error) {
	var out []string
	for name := range f.files {
		if path.Dir(name) == dir {
			out = append(out, path.Base(name))
		}
	}
	return out, nil
}

func (f *folder) Cached(_, name string) (template.Tree, error) { return f.JSON("cache/" + name) }

func testdata(t testing.TB) *folder {
	t.Helper()
	names, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	f := &folder{files: map[string]string{}}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f.files[filepath.Base(name)] = string(text)
	}
	return f
}

func arm(t *testing.T, tree template.Tree) string {
	t.Helper()
	text, err := bicep.ARM(tree)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestGolden compares the templates of testdata with golden files beside them.
func TestGolden(t *testing.T) {
	f := testdata(t)
	for name := range f.files {
		if ext := path.Ext(name); ext != ".bicep" && ext != ".bicepparam" {
			continue
		}
		p := bicep.NewProgram(f)
		lower := p.Template
		if path.Ext(name) == ".bicepparam" {
			lower = p.Parameters
		}
		tree, err := lower(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range p.Problems {
			t.Errorf("%s: %s", name, e.Message)
		}
		for _, u := range p.Unsupported {
			t.Errorf("%s: %s", name, u.Name)
		}
		sameLayout(t, tree)
		got := arm(t, tree)
		golden := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if d := cmp.Diff(f.files[name+".golden"], got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// TestOrigin: what a piece of the template comes from is found in the source.
func TestOrigin(t *testing.T) {
	f := testdata(t)
	tree, err := bicep.NewProgram(f).Template("main.bicep")
	if err != nil {
		t.Fatal(err)
	}
	out, m, err := bicep.Layout(tree, "")
	if err != nil {
		t.Fatal(err)
	}
	src := f.files["main.bicep"]
	for _, tt := range []struct{ in, from string }{
		{`"Standard_LRS"`, "'Standard_LRS'"},
		{"parameters('choice'), 'b'", "choice == 'b'"},
		{"'zone{0}'", "'zone${n}'"},
		{"[resourceId('Microsoft.Storage/storageAccounts/blobServices/containers'", "store::blobs::box.id"},
	} {
		at := strings.Index(out.Text, tt.in)
		from, to := m.Origin(at, at+len(tt.in), func(from, to token.Pos) string { return src[from-1 : to-1] })
		if from == 0 || int(to) > len(src)+1 || src[from-1:to-1] != tt.from {
			t.Errorf("%s comes from %d to %d", tt.in, from, to)
		}
	}
}

func FuzzLower(f *testing.F) {
	dir := testdata(f)
	for name, text := range dir.files {
		if strings.HasPrefix(path.Ext(name), ".bicep") {
			f.Add(text)
		}
	}
	f.Add("var a = b\nvar b = a\noutput c string = a")
	f.Add("module m 'in.bicep' = {}")
	f.Add("using none\nextensionConfig k\nextensionConfig l with {}\nparam a = b")
	f.Add("resource a 'x@y' = {\n parent: b\n}\nresource b 'x@y' = {\n parent: a\n}")
	f.Fuzz(func(t *testing.T, text string) { sameLayout(t, lowers(t, dir, text)) })
}

// TestCache: modules of registries and template specs come out of the module
// cache, where the official tools put them; what is not there is told.
func TestCache(t *testing.T) {
	const published = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
		"outputs": {"key": {"type": "securestring", "value": "x"}, "id": {"type": "string", "value": "y"}}, "resources": []}`
	f := &folder{files: map[string]string{
		"bicepconfig.json": `{
			// an alias
			"moduleAliases": {"br": {"own": {"registry": "own.example", "modulePath": "bicep"}}},
			"moduleAliasesMock": {"br": {"mock": {"mapToFilePath": "local"}}}}`,
		"local/thing/main.bicep":                                  "output id string = 'z'\n",
		"cache/br/own.example/bicep$a$b/V1$/main.json":            published,
		"cache/br/mcr.microsoft.com/bicep$avm$x/1.0.0$/main.json": published,
		"cache/br/own.example/bicep$tag/v2$1/main.json":           published,
		"cache/ts/0000/rg/spec/1.0/main.json":                     published,
		"main.bicep": `module a 'br/public:avm/x:1.0.0' = { name: 'a' }
module b 'br/own:tag:V2' = { name: 'b' }
module c 'br/mock:thing:9' = { name: 'c' }
module d 'ts:0000/RG/spec:1.0' = { name: 'd' }
module e 'br:nowhere.example/x:1' = { name: 'e' }
output key string = a.outputs.key
output id string = b.outputs.id
`,
	}}
	p := bicep.NewProgram(f)
	tree, err := p.Template("main.bicep")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b", "c", "d"} {
		if template.Path(tree, "resources", name, "properties", "template", "outputs") == nil {
			t.Errorf("the module %s is not there", name)
		}
	}
	if n := len(p.Unsupported); n != 1 || p.Unsupported[0].Name != "a module from a registry that is not in the cache" {
		t.Errorf("not understood: %v", p.Unsupported)
	}
	if got := arm(t, tree); !strings.Contains(got, "listOutputsWithSecureValues('a', '2025-04-01').key") {
		t.Errorf("the secret output is read like others: %s", got)
	}
}
