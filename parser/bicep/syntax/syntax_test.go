package syntax

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestStrings(t *testing.T) {
	tests := []struct{ src, want string }{
		{`'a\'b\\\n\$'`, "a'b\\\n$"},
		{`'\${x} $ $y'`, "${x} $ $y"},
		{`'\u{1F600}\u{d83d}\u{de00}'`, "😀😀"},
		{"'''\nraw ${x} \\n'''", "raw ${x} \\n"},
		{"'''a''''", "a'"},
		{"''''''", ""},
		{"$'''\r\na${1}b'''", "a|b"},
		{"$$'''${a}$$${1}'''", "${a}$|"},
		{"'a${1}b${'c${2}d'}e'", "a|b|e"},
	}
	for _, tt := range tests {
		f := Parse("var x = "+tt.src, false)
		if len(f.Errors) > 0 {
			t.Errorf("%s: %v", tt.src, f.Errors)
			continue
		}
		if got := strings.Join(f.Statements[0].(*Var).Value.(*String).Parts, "|"); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.src, got, tt.want)
		}
	}
}

// TestErrors: an error names its place and costs its statement alone.
func TestErrors(t *testing.T) {
	tests := []struct {
		src, at, message string
		left             int // statements that are read all the same
	}{
		{"var a = 'x\nvar b = 1", "'x", "does not end on its line", 1},
		{"var a = \"x\"\nvar b = 1", `"`, "single quotes", 1},
		{"var a = {\n  b: 1,\n}\nvar c = 1", ",", "comma at the end of a line", 1},
		{"resource a 'T@v' = {\n  name: \n}\nparam b int", "", "a value is expected here, not the end of the line", 1},
		{"resource a 'T@v' = {\n  p: [\n\nparam b int", "b", "a comma or ]", 1},
		{"resource a 'T@v' = {\n  p: {\nvar b = 1\n}\n", "b", "the :", 1},
		{"prm a int\nvar b = 1", "prm", "begins no declaration", 1},
		{"var a = 1\n<<<<<<< ours\nvar b = 1\n", "<", "a merge conflict", 2},
		{"var a = {\n=======\n  x: 1\n}\nvar b = 1", "==", "a merge conflict", 1},
		{"var a = 'x${[1]}'\nvar b = 1", "[", "cannot stand inside of ${…}", 1},
		{"@description('x') var a = 1\nvar b = 1", "var", "a line of its own", 1},
		{"var a = 99999999999999999999\n", "99999999999999999999", "too large", 0},
		{"var a = 'x${\n}'\nvar b = 1", "'x${", "one line", 1},
		{"var a = b.null\nvar c = 1", "null", "['null']", 1},
	}
	for _, tt := range tests {
		f := Parse(tt.src, false)
		if len(f.Errors) == 0 {
			t.Errorf("%q: no error", tt.src)
			continue
		}
		e := f.Errors[0]
		if at := tt.src[e.Start:e.End]; at != tt.at || !strings.Contains(e.Message, tt.message) {
			t.Errorf("%q: error at %q: %s", tt.src, at, e.Message)
		}
		if len(f.Statements) != tt.left {
			t.Errorf("%q: %d statements are left, want %d", tt.src, len(f.Statements), tt.left)
		}
	}
}

func TestStatements(t *testing.T) {
	const src = `#disable-next-line RA001 no-unused // we know
targetScope = 'subscription'
import { a as b, 'c-d' as e } from 'x.bicep'
import * as ns from 'y.bicep'
@sys.description('x')
@allowed(['a', 'b'])
param p 'a' | 'b' | null = 'a' // comment
param o {
  // a comment
  x: string[]?
  *: int
} = { x: [], y: 1 }
type t = resourceInput<'A/b@2020-01-01'>.properties.x[*]
func f(a string, b int) string => '${a}${b}'
var v = [for (x, i) in range(0, 3): { ...x, i: i }]
var w = map(v, y => y.?a[?'b'].c[^1]!)
var n = p == 'a'
  ? 1
  : -2
resource r 'A/b@2020-01-01' existing = {
  name: 'x'

  resource c 'c' = if (n > 1) {
    name: 'y'
  }
}
module m 'm.bicep' = [for z in v: if (z.ok) {
  params: { a: r::c.id }
}]
output q string = any(ns.g(1) ?? 2 || true)
`
	f := Parse(src, false)
	if len(f.Errors) > 0 {
		t.Fatalf("%v at %q", f.Errors[0], src[f.Errors[0].Start:])
	}
	if got := len(f.Statements); got != 13 {
		t.Errorf("%d statements", got)
	}
	d := f.Directives[0]
	if d.Name != "disable-next-line" || len(d.Codes) != 2 || d.Codes[0].Text != "RA001" || d.Reason != "we know" {
		t.Errorf("directive %+v", d)
	}
	for _, s := range f.Statements {
		if r, ok := s.(*Resource); ok && len(r.Body.(*Object).Children) != 1 {
			t.Error("the nested resource is lost")
		}
	}
}

// FuzzParse holds that tokens follow each other, that statements and the
// expressions in them lie within each other, and that errors lie in the text.
func FuzzParse(f *testing.F) {
	f.Add("var a = 'x${b}'\n", false)
	f.Add("param a = $'''\n${1}'''", true)
	f.Add("resource a 'b@c' = [for x in y: if (z) {\n}]", false)
	f.Add("var a = ((((({[{[", false)
	files, err := filepath.Glob("../testdata/*.bicep*")
	if err != nil || len(files) == 0 {
		f.Fatal("no files: ", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text), strings.HasSuffix(name, "param"))
	}
	f.Fuzz(func(t *testing.T, src string, params bool) {
		last := int32(0)
		for _, tok := range Lex(src).List {
			if tok.Start < last || tok.End < tok.Start || int(tok.End) > len(src) {
				t.Fatalf("token %v behind %d of %d", tok, last, len(src))
			}
			last = tok.End
		}
		file := Parse(src, params)
		for _, e := range file.Errors {
			if e.Start < 0 || e.End < e.Start || int(e.End) > len(src) {
				t.Fatalf("error outside of the text: %v", e)
			}
		}
		last = 0
		for _, s := range file.Statements {
			at := s.Range()
			if at.Start < last || at.End < at.Start || int(at.End) > len(src) {
				t.Fatalf("%T at %v behind %d of %d", s, at, last, len(src))
			}
			last = at.End
			if v, ok := s.(*Var); ok && v.Value != nil {
				within(t, v.Value, at)
			}
		}
	})
}

// within holds that an expression, and all in it, lie in what is around them.
func within(t *testing.T, e Expr, outer Span) {
	at := e.Range()
	if at.Start < outer.Start || at.End < at.Start || at.End > outer.End {
		t.Fatalf("%T at %v in %v", e, at, outer)
	}
	Children(e, func(x Expr) { within(t, x, at) })
}
