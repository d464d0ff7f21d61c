package main

import (
	"errors"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
)

// disk gives the front end the files of a machine. Paths are absolute.
type disk struct {
	base  int
	json  map[string]template.Tree
	cache map[string]template.Tree // harvested modules
}

func newDisk(cache map[string]template.Tree) *disk {
	return &disk{base: 1, json: map[string]template.Tree{}, cache: cache}
}

func (d *disk) Bicep(path string) (string, int, error) {
	b, err := os.ReadFile(path)
	base := d.base
	d.base += len(b) + 1
	return string(b), base, err
}

func (d *disk) JSON(path string) (template.Tree, error) {
	if t, ok := d.json[path]; ok {
		return t, nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	t := parsed(path, b)
	d.json[path] = t
	return t, nil
}

func parsed(path string, b []byte) template.Tree {
	return template.NewFile(source.Parse(path, b)).Tree()
}

func (d *disk) Bytes(path string) ([]byte, error) { return os.ReadFile(path) }

func (d *disk) List(dir string) ([]string, error) {
	list, err := os.ReadDir(dir)
	var out []string
	for _, e := range list {
		if !e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return out, err
}

var errNotCached = errors.New("not harvested")

func (d *disk) Cached(_, path string) (template.Tree, error) {
	if t := d.cache[path]; t != nil {
		return t, nil
	}
	return nil, errNotCached
}

// pair is a Bicep file with what the compiler made of it.
type pair struct{ source, compiled string }

// pairs finds the files called name beside a main.bicep.
func pairs(dirs []string, name string) []pair {
	var out []pair
	for _, f := range find(dirs, func(n string) bool { return n == name }) {
		f, err := filepath.Abs(f)
		if err != nil {
			fatal(err)
		}
		src := filepath.Join(filepath.Dir(f), "main.bicep")
		if _, err := os.Stat(src); err == nil {
			out = append(out, pair{src, f})
		}
	}
	return out
}

// harvest collects the modules of registries out of compiled templates: a
// parent contains each as it was published.
func harvest(list []pair) map[string]template.Tree {
	cache := map[string]template.Tree{}
	types := map[string]map[string]template.Tree{}
	for _, p := range list {
		prog := bicep.NewProgram(newDisk(cache))
		collect(prog, p.source, parsed(p.compiled, []byte(read(p.compiled))), cache, types, 0)
	}
	for name, definitions := range types {
		if cache[name] == nil {
			cache[name] = ofTypes(definitions)
		}
	}
	return cache
}

func collect(prog *bicep.Program, file string, compiled template.Tree, cache map[string]template.Tree, types map[string]map[string]template.Tree, depth int) {
	uses, err := prog.Uses(file)
	if err != nil || compiled == nil || depth > 20 {
		return
	}
	t := template.New(compiled)
	modules := deployments(t)
	n := 0
	for _, u := range uses {
		var r *template.Resource
		switch {
		case u.Symbol == "" && u.Cached != "":
			imported(compiled, types, u.Cached)
			continue
		case u.Symbol == "":
			continue
		case t.Symbolic:
			r = bySymbol(t, u.Symbol)
		case n < len(modules):
			r = modules[n]
		}
		n++
		if r == nil {
			continue
		}
		inner := template.Path(r.Properties, "template")
		if u.Cached != "" && inner != nil {
			cache[u.Cached] = inner
		} else if u.File != "" {
			collect(prog, u.File, inner, cache, types, depth+1)
		}
	}
}

// imported collects the types that a template has of the modules that it
// imports from, and what those need: no template has all of them.
func imported(compiled template.Tree, types map[string]map[string]template.Tree, module string) {
	definitions := template.Member(compiled, "definitions")
	if definitions == nil {
		return
	}
	if types[module] == nil {
		types[module] = map[string]template.Tree{}
	}
	definitions.Members(func(name string, _ token.Pos, v template.Tree) bool {
		if t := template.Path(v, "metadata", "__bicep_imported_from!", "originalIdentifier"); t != nil {
			types[module][t.Text()] = v
		}
		if types[module][name] == nil {
			types[module][name] = v
		}
		return true
	})
}

// ofTypes is a template with definitions.
func ofTypes(definitions map[string]template.Tree) template.Tree {
	b := []byte(`{"resources": [], "definitions": {`)
	for i, name := range slices.Sorted(maps.Keys(definitions)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendQuote(b, name), ':')
		b = append(b, arm(definitions[name])...)
	}
	return parsed("", append(b, "}}"...))
}

// deployments are those that modules make.
func deployments(t *template.Template) []*template.Resource {
	var out []*template.Resource
	for _, r := range t.Resources {
		if template.Path(r.Properties, "expressionEvaluationOptions") != nil {
			out = append(out, r)
		}
	}
	return out
}

func bySymbol(t *template.Template, name string) *template.Resource {
	for _, r := range t.Resources {
		if r.Symbol == name {
			return r
		}
	}
	return nil
}
