package eval_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// TestDeployments evaluates the templates of testdata/deploy. Each NAME.json
// with a NAME.want beside it is a case; NAME.parameters.json holds its
// arguments, and the other files of the archive can be linked to. A want file
// lists the resources in order and what is not understood:
//
//	STATE [existing|empty|symbolic|COPY] TYPE ID
//	  PATH = JSON
//	unsupported: CONSTRUCT
//
// The id of the root's scope is written as ~. Paths are what a resource is
// asked for, by its members; nothing else of it is compared.
func TestDeployments(t *testing.T) {
	archives, _ := filepath.Glob(filepath.Join("testdata", "deploy", "*.txtar"))
	cases := 0
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := loader{}
		for _, f := range a.Files {
			files[f.Name] = string(f.Data)
		}
		for _, f := range a.Files {
			base, ok := strings.CutSuffix(f.Name, ".want")
			if !ok {
				continue
			}
			cases++
			t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar")+"/"+base, func(t *testing.T) {
				cfg := eval.Config{
					Path: base + ".json", Loader: files,
					Subscription: "s", ResourceGroup: "rg", ManagementGroup: "mg", Tenant: "t",
				}
				if p := files[base+".parameters.json"]; p != "" {
					cfg.Arguments = template.NewParameterFile(tree(t, p)).Arguments
				}
				dep := deploy(t, files[base+".json"], cfg)
				want, _, _ := strings.Cut(string(f.Data), "\n\n") // a comment may follow
				compare(t, dep, strings.TrimSuffix(want, "\n")+"\n")
			})
		}
	}
	if cases < 36 {
		t.Errorf("only %d cases were read", cases)
	}
}

// compare holds a deployment against a want file, asking for the paths that
// it names.
func compare(t *testing.T, dep *eval.Deployment, want string) {
	t.Helper()
	var got strings.Builder
	asked := questions(want)
	for i, r := range dep.Resources {
		got.WriteString(line(dep, r) + "\n")
		if i >= len(asked) {
			continue
		}
		for _, q := range asked[i] {
			got.WriteString("  " + q + " = " + answerTo(r, q) + "\n")
		}
	}
	for _, c := range dep.Unsupported {
		got.WriteString("unsupported: " + c.Name + "\n")
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// questions are the paths that a want file asks for, by resource.
func questions(want string) [][]string {
	var out [][]string
	for line := range strings.Lines(want) {
		q, _, _ := strings.Cut(strings.TrimSpace(line), " = ")
		switch {
		case strings.HasPrefix(line, "unsupported"):
		case !strings.HasPrefix(line, "  "):
			out = append(out, nil)
		case len(out) > 0:
			out[len(out)-1] = append(out[len(out)-1], q)
		}
	}
	return out
}

var states = [...]string{eval.Certain: "certain", eval.Maybe: "maybe", eval.Conditional: "conditional", eval.NotDeployed: "notDeployed"}

func line(dep *eval.Deployment, r *eval.Resource) string {
	words := []string{states[r.State]}
	switch {
	case r.Existing:
		words = append(words, "existing")
	case r.EmptyLoop:
		words = append(words, "empty")
	case r.Symbolic:
		words = append(words, "symbolic")
	case r.Copy >= 0:
		words = append(words, value.OfInt(int64(r.Copy)).Number())
	}
	id := value.Show(r.ID())
	if root := value.Show(dep.Root.Scope.ID()); root != "" {
		if rest, ok := strings.CutPrefix(id, root); ok {
			id = "~" + rest
		}
	}
	return strings.Join(append(words, r.Type, id), " ")
}

func answerTo(r *eval.Resource, path string) string {
	switch path {
	case "when":
		return r.When.String()
	case "embedded":
		if r.Instance.Embedded == "" {
			return "no"
		}
		return r.Instance.Embedded
	case "modules":
		var names []string
		for _, m := range r.Modules() {
			names = append(names, value.Show(m.Name()))
		}
		return strings.Join(names, " ")
	case "file":
		return r.Instance.Path
	case "scope":
		if s, ok := r.Scope().Str(); ok && s == "" {
			return "/"
		}
		return value.Show(r.Scope())
	case "name":
		return value.Show(r.Name())
	case "trace":
		return trace(r)
	}
	if rest, ok := strings.CutPrefix(path, "principal of "); ok {
		return principal(r, rest)
	}
	v := r.Get(strings.Split(path, ".")...)
	return string(bytes.TrimSpace(value.AppendJSON(nil, v)))
}

// principal follows a value to the resource that it is read from.
func principal(r *eval.Resource, path string) string {
	ref, members := eval.ReferenceOf(r.Get(strings.Split(path, ".")...))
	switch {
	case ref == nil:
		return "nothing"
	case ref.Resource() == nil:
		return "outside " + value.Show(ref.ID) + " " + strings.Join(members, ".")
	}
	out := value.Show(ref.Resource().Name()) + " " + strings.Join(members, ".")
	if ref.IsSystemIdentity() {
		out += " of its system identity"
	}
	return out
}

// trace lists the stops of properties.x.
func trace(r *eval.Resource) string {
	var out []string
	for _, s := range r.Trace("properties", "x") {
		if s.Kind != "literal" {
			out = append(out, s.Kind+" "+s.Name)
		}
	}
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, ", ")
}
