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
	f := source.Parse(root, []byte(files[root]))
	f.Base = 1
	doc := template.NewFile(f).Tree()
	kind := template.KindOf(doc)
	if kind == template.NotTemplate || kind == template.Parameters {
		return nil
	}
	dep, err := eval.Deploy(doc, kind, eval.Config{Path: root, Loader: files})
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

// force evaluates all of a resource, its last members first.
func force(r *eval.Resource) {
	o := r.Body().Object()
	for i := range slices.Backward(o.Names) {
		eval.FirstError(o.At(i))
	}
	r.Scope()
	r.ID()
}
