package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/rolecall/rolecall"

// walls says who may import whom, and with these whatever they may import.
// Longer names go before the folders they lie in.
var walls = []struct {
	name string
	may  []string
}{
	{"cmd", []string{"internal"}},
	{"internal", []string{"internal", "rules", "report", "report/access", "parser/bicep", "parser/bicep/edit"}},
	{"rules", []string{"docs", "rules/facts"}},
	{"rules/facts", []string{"rules/azure", "parser/eval", "parser/abac", "parser/script"}},
	{"rules/azure", []string{"parser/resourceid"}},
	{"parser/eval", []string{"parser/eval/armfn", "parser/template", "parser/resourceid"}},
	{"parser/eval/armfn", nil},
	{"parser/bicep", []string{"parser/template", "parser/bicep/syntax", "parser/bicep/jsonpath"}},
	{"parser/bicep/jsonpath", []string{"parser/template"}},
	{"parser/bicep/edit", []string{"parser/bicep/syntax", "parser/source", "parser/expr", "parser/value"}},
	{"parser/bicep/syntax", nil},
	{"parser/template", []string{"parser/source", "parser/expr", "parser/blocks"}},
	{"parser/resourceid", []string{"parser/value"}},
	{"parser/abac", nil},
	{"parser/value", nil},
	{"parser/source", nil},
	{"parser/expr", []string{"parser/blocks"}},
	{"parser/blocks", nil},
	{"parser/script", nil},
	{"report", nil},
	{"report/access", []string{"report"}},
	{"docs", nil},
}

// pure packages do no input or output, so that they run in a browser too.
var pure = []string{"parser", "rules", "report"}

// effects are the packages that pure ones leave alone. Of io/fs, the error
// values are harmless.
var effects = []string{
	"net", "net/http", "os", "os/exec", "os/signal", "os/user", "plugin", "syscall", "io/ioutil",
	"log", "log/slog", "golang.org/x/sys/unix", "golang.org/x/term",
}

type pkg struct {
	ImportPath string
	Name       string
	Dir        string
	GoFiles    []string
	Imports    []string
	Deps       []string
}

func list(t *testing.T, args ...string) []pkg {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Name,Dir,GoFiles,Imports,Deps"}, args...)...)
	cmd.Dir = "../.."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	var pkgs []pkg
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

// own returns the path of a package of ours within the module.
func own(path string) (string, bool) {
	return strings.CutPrefix(path, module+"/")
}

// within reports whether a package is dir or lies below it.
func within(rel, dir string) bool {
	return rel == dir || strings.HasPrefix(rel, dir+"/")
}

// wall returns the name under which a package stands in walls.
func wall(rel string) string {
	best := ""
	for _, w := range walls {
		if within(rel, w.name) && len(w.name) > len(best) {
			best = w.name
		}
	}
	return best
}

// reach is what a package may import: what walls says, and what that may.
func reach(name string) map[string]bool {
	out := map[string]bool{}
	var add func(string)
	add = func(name string) {
		for _, w := range walls {
			if w.name != name {
				continue
			}
			for _, m := range w.may {
				if !out[m] {
					out[m] = true
					add(m)
				}
			}
		}
	}
	add(name)
	return out
}

func TestWalls(t *testing.T) {
	for _, p := range list(t, "-deps", "./...") {
		rel, ok := own(p.ImportPath)
		if !ok {
			continue
		}
		name := wall(rel)
		if name == "" {
			t.Errorf("%s: the test knows no wall for this package; add it to walls", rel)
			continue
		}
		may := reach(name)
		if name == "cmd" {
			may = map[string]bool{"internal": true} // nothing but the start
		}
		for _, i := range p.Imports {
			if dep, ok := own(i); ok && !may[wall(dep)] {
				t.Errorf("%s imports %s: %s may import only %s", rel, dep, name, slices.Sorted(maps.Keys(may)))
			}
		}
		effectless(t, rel, p)
		if slices.Contains(p.Deps, "net/http") {
			t.Errorf("%s depends on net/http", rel)
		}
	}
}

// effectless checks that a pure package stays so. Rules judge templates: if
// one reaches for the syntax tree of Go, it has taken the wrong node.
func effectless(t *testing.T, rel string, p pkg) {
	t.Helper()
	if within(rel, "rules") {
		for _, i := range p.Imports {
			if i == "go/ast" || i == "go/parser" {
				t.Errorf("%s imports %s", rel, i)
			}
		}
	}
	if !slices.ContainsFunc(pure, func(dir string) bool { return within(rel, dir) }) {
		return
	}
	for _, i := range p.Imports {
		if slices.Contains(effects, i) {
			t.Errorf("%s imports %s: it does no input or output", rel, i)
		}
		if i == "io/fs" {
			onlyErrors(t, rel, p)
		}
	}
}

var fsName = regexp.MustCompile(`\bfs\.([A-Z]\w*)`)

func onlyErrors(t *testing.T, rel string, p pkg) {
	t.Helper()
	for _, name := range p.GoFiles {
		text, err := os.ReadFile(p.Dir + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range fsName.FindAllStringSubmatch(string(text), -1) {
			if !strings.HasPrefix(m[1], "Err") && m[1] != "PathError" {
				t.Errorf("%s/%s uses fs.%s: of io/fs, only the errors are for it", rel, name, m[1])
			}
		}
	}
}

// TestOneMain: whoever installs ./... (pre-commit does) gets one program.
func TestOneMain(t *testing.T) {
	var mains []string
	for _, p := range list(t, "./...") {
		if p.Name == "main" {
			mains = append(mains, p.ImportPath)
		}
	}
	if want := []string{module + "/cmd/rolecall"}; !slices.Equal(mains, want) {
		t.Errorf("main packages: %v, want %v", mains, want)
	}
}

var mapped = regexp.MustCompile("(?m)^\\| `([a-z0-9/]+)` \\|")

// TestMap: the map in CONTRIBUTING.md names exactly the packages of the tree.
func TestMap(t *testing.T) {
	text, err := os.ReadFile("../../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, m := range mapped.FindAllStringSubmatch(string(text), -1) {
		if told[m[1]] {
			t.Errorf("CONTRIBUTING.md names %s twice", m[1])
		}
		told[m[1]] = true
	}
	for _, p := range append(list(t, "./..."), tools(t)...) {
		rel, _ := own(p.ImportPath)
		if !told[rel] {
			t.Errorf("the map in CONTRIBUTING.md lacks %s", rel)
		}
		delete(told, rel)
	}
	for rel := range told {
		t.Errorf("the map in CONTRIBUTING.md names %s, which is not there", rel)
	}
}

// tools are the packages of the nested module, which wants a newer Go.
func tools(t *testing.T) []pkg {
	t.Helper()
	const dir = "internal/tools"
	entries, err := os.ReadDir("../../" + dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []pkg
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, pkg{ImportPath: module + "/" + dir + "/" + e.Name()})
		}
	}
	return out
}
