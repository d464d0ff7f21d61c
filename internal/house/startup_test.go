package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"testing"
)

// TestStartUp: the program builds no map and compiles no regular expression
// before it knows what it is asked for.
func TestStartUp(t *testing.T) {
	for _, p := range list(t, "-deps", "./cmd/rolecall") {
		if _, ok := own(p.ImportPath); !ok {
			continue
		}
		for _, name := range p.GoFiles {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range f.Decls {
				g, ok := d.(*ast.GenDecl)
				if !ok || g.Tok != token.VAR {
					continue
				}
				for _, at := range atStart(g) {
					t.Errorf("%s: this is made at every start; make a function of it, or make it when it is needed", fset.Position(at))
				}
			}
		}
	}
}

// atStart returns the maps and regular expressions that a declaration makes.
// What stands in a function is made when that is called.
func atStart(d *ast.GenDecl) (out []token.Pos) {
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CompositeLit:
			if _, ok := n.Type.(*ast.MapType); ok {
				out = append(out, n.Pos())
			}
		case *ast.CallExpr:
			switch f := n.Fun.(type) {
			case *ast.Ident:
				if f.Name == "make" && len(n.Args) > 0 {
					if _, ok := n.Args[0].(*ast.MapType); ok {
						out = append(out, n.Pos())
					}
				}
			case *ast.SelectorExpr:
				if x, ok := f.X.(*ast.Ident); ok && x.Name == "regexp" {
					out = append(out, n.Pos())
				}
			}
		}
		return true
	})
	return out
}
