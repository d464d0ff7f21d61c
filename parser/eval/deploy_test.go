package eval_test

import (
	"testing"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
)

// loader serves files out of memory.
type loader map[string]string

// Load implements [template.Loader].
func (l loader) Load(path string) (template.Document, error) {
	text, ok := l[path]
	if !ok {
		return template.Document{}, &missing{path}
	}
	f := source.Parse(path, []byte(text))
	return template.Document{Path: path, Tree: template.NewFile(f).Tree()}, nil
}

type missing struct{ path string }

func (e *missing) Error() string { return e.path + " does not exist" }

// deploy evaluates a document.
func deploy(t testing.TB, text string, cfg eval.Config) *eval.Deployment {
	t.Helper()
	f := source.Parse("main.json", []byte(text))
	if len(f.Errors) > 0 {
		p := f.Position(f.Errors[0].Offset)
		t.Fatalf("line %d: %s", p.Line, f.Errors[0].Message)
	}
	f.Base = 1
	doc := template.NewFile(f).Tree()
	if cfg.Path == "" {
		cfg.Path = "main.json"
	}
	kind := template.KindOf(doc)
	if kind == template.NotTemplate {
		kind = template.DeploymentTemplate
	}
	dep, err := eval.Deploy(doc, kind, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return dep
}
