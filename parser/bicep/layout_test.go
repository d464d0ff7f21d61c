package bicep_test

import (
	"go/token"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
)

// sameLayout holds a layout against what reading its text gives: the nodes that
// were entered and the expressions that were handed over are those.
func sameLayout(t *testing.T, tree template.Tree) {
	t.Helper()
	f, _, err := bicep.Layout(tree, "")
	if err != nil {
		t.Fatal(err)
	}
	read := source.Parse("", []byte(f.Text))
	if len(read.Errors) > 0 {
		t.Fatalf("no JSON: %v", read.Errors[0])
	}
	if f.Len() != read.Len() {
		t.Fatalf("%d nodes, read %d", f.Len(), read.Len())
	}
	same(t, f.Tree().(*template.JSON), template.NewFile(read).Tree().(*template.JSON))
}

func same(t *testing.T, got, want *template.JSON) {
	t.Helper()
	sameNode(t, got.N, want.N)
	sameNode(t, got.N.Key(), want.N.Key())
	n, nerr := got.Expression()
	w, werr := want.Expression()
	sameExpression(t, n, nerr, w, werr)
	n, nerr = got.Name()
	w, werr = want.Name()
	sameExpression(t, n, nerr, w, werr)
	children, read := below(got), below(want)
	if len(children) != len(read) {
		t.Fatalf("%s has %d children, read %d", got.N.Source(), len(children), len(read))
	}
	for i := range children {
		same(t, children[i], read[i])
	}
}

func sameNode(t *testing.T, got, want source.Node) {
	t.Helper()
	if got.ID() != want.ID() || got.Kind() != want.Kind() || got.Start() != want.Start() || got.End() != want.End() || got.Text() != want.Text() {
		t.Fatalf("node %d: %s at %d %q, read %s at %d %q", got.ID(), got.Kind(), got.Start(), got.Source(), want.Kind(), want.Start(), want.Source())
	}
}

func sameExpression(t *testing.T, got *expr.Node, err *expr.Error, want *expr.Node, wanted *expr.Error) {
	t.Helper()
	if (err == nil) != (wanted == nil) {
		t.Fatalf("error %v, read %v", err, wanted)
	}
	if err != nil {
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("expression (-read +handed over): %s", cmp.Diff(want, got))
	}
}

// below are the values of a container.
func below(t *template.JSON) (out []*template.JSON) {
	t.Elements(func(v template.Tree) bool {
		out = append(out, v.(*template.JSON))
		return true
	})
	t.Members(func(_ string, _ token.Pos, v template.Tree) bool {
		out = append(out, v.(*template.JSON))
		return true
	})
	return out
}
