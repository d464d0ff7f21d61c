package eval_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rolecall/rolecall/internal/expanded"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// roots calls f for each template in the archives of this package and of the
// rules.
func roots(t testing.TB, f func(name string, files loader, root string)) {
	t.Helper()
	mine, _ := filepath.Glob(filepath.Join("testdata", "deploy", "*.txtar"))
	others, _ := filepath.Glob(filepath.Join("..", "..", "testdata", "rules", "*.txtar"))
	if len(mine) == 0 || len(others) == 0 {
		t.Fatal("the archives are missing")
	}
	for _, name := range append(mine, others...) {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := loader{}
		for _, f := range a.Files {
			files[f.Name] = string(f.Data)
		}
		for _, file := range a.Files {
			if strings.HasSuffix(file.Name, ".json") {
				f(filepath.Base(name)+"/"+file.Name, files, file.Name)
			}
		}
	}
}

// evaluated deploys a template of an archive; nil if it is none.
func evaluated(t testing.TB, files loader, root string) *eval.Deployment {
	t.Helper()
	return evaluatedBy(t, eval.Deploy, files, root)
}

type deployer func(template.Tree, template.DocumentKind, eval.Config) (*eval.Deployment, error)

func evaluatedBy(t testing.TB, by deployer, files loader, root string) *eval.Deployment {
	t.Helper()
	f := source.Parse(root, []byte(files[root]))
	f.Base = 1
	doc := template.NewFile(f).Tree()
	kind := template.KindOf(doc)
	if kind == template.NotTemplate || kind == template.Parameters {
		return nil
	}
	dep, err := by(doc, kind, eval.Config{Path: root, Loader: files})
	if err != nil {
		t.Fatalf("%s: %v", root, err)
	}
	return dep
}

// TestOrder checks that what is asked for first changes no value.
func TestOrder(t *testing.T) {
	n := 0
	roots(t, func(name string, files loader, root string) {
		plain := evaluated(t, files, root)
		if plain == nil {
			return
		}
		n++
		want := expanded.JSON(plain, true, nil)
		if again := expanded.JSON(plain, true, nil); !bytes.Equal(again, want) {
			t.Errorf("%s: the same deployment is written in two ways", name)
		}
		forward := evaluated(t, files, root)
		for _, r := range forward.Resources {
			force(r)
		}
		backward := evaluated(t, files, root)
		for _, r := range slices.Backward(backward.Resources) {
			r.Trace("properties")
			force(r)
		}
		for how, dep := range map[string]*eval.Deployment{"forward": forward, "backward": backward, "not at all": evaluated(t, files, root)} {
			if got := expanded.JSON(dep, true, nil); !bytes.Equal(got, want) {
				t.Errorf("%s: forced %s, the deployment differs", name, how)
			}
		}
	})
	if n < 100 {
		t.Errorf("only %d templates were read", n)
	}
}

// TestMemory checks that values computed each time anew are those that were kept.
func TestMemory(t *testing.T) {
	n := 0
	roots(t, func(name string, files loader, root string) {
		kept := evaluated(t, files, root)
		if kept == nil {
			return
		}
		n++
		got := expanded.JSON(evaluatedBy(t, eval.DeployAnew, files, root), true, nil)
		if want := expanded.JSON(kept, true, nil); !bytes.Equal(got, want) {
			t.Errorf("%s: without memory the deployment is\n%s\nwith it\n%s", name, got, want)
		}
	})
	if n < 100 {
		t.Errorf("only %d templates were read", n)
	}
}

// force evaluates all of a resource, its last members first.
func force(r *eval.Resource) {
	o := r.Body().Object()
	for i := range slices.Backward(o.Names) {
		eval.FirstError(o.At(i))
	}
	r.Scope()
	r.ID()
}

// TestBehind reads outputs of deployments that are written behind the ones that
// read them, one of which reads its reader's. The resources stay in their order.
func TestBehind(t *testing.T) {
	const nested = `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "%NAME", "properties": {"mode": "Incremental",
		"expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"p": {"value": "%VALUE"}}, "template": {"parameters": {"p": {"type": "string"}},
		"resources": [{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01", "name": "[concat('in-%NAME-', parameters('p'))]"}],
		"outputs": {"o": {"type": "string", "value": "[concat(parameters('p'), '%NAME')]"}}}}}`
	deployment := func(name, p string) string {
		return strings.NewReplacer("%NAME", name, "%VALUE", p).Replace(nested)
	}
	text := `{"resources": [` + strings.Join([]string{
		deployment("a", "[reference('b').outputs.o.value]"), deployment("b", "[reference('c').outputs.o.value]"), deployment("c", "x"),
		deployment("d", "[reference('e').outputs.o.value]"), deployment("e", "[reference('d').outputs.o.value]"),
	}, ", ") + `], "$schema": "deploymentTemplate.json#"}`
	dep := evaluated(t, loader{"main.json": text}, "main.json")
	var names []string
	for _, r := range dep.Resources {
		names = append(names, value.Show(r.Name()))
	}
	want := []string{"a", "b", "c", "d", "e", "in-a-xcb", "in-b-xc", "in-c-x"}
	if len(names) != 10 || !slices.Equal(names[:8], want) || strings.Contains(names[8], "in-d-x") {
		t.Errorf("the names are %q, want %q and two that are not known", names, want)
	}
}
