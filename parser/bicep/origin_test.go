package bicep_test

import (
	"go/token"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/bicep"
)

// TestOriginOfParts: a part of a literal is found in it, and a key is the whole
// of what is written for it.
func TestOriginOfParts(t *testing.T) {
	const src = `param n string
var keys = {
  plain: 1
  '${n}': 2
  'a b': 3
}
var one = 'say \'hi\' \u{1F600} now'
var bracket = '[not an expression]'
var two = concat('it\'s here', n)
var many = '''
first $1
  second ''it'' "quoted"
'''
var hole = 'Server=${n};Password=x'
var list = a.listKeys()
resource a 'Some.Provider/things@2020-01-01' existing = { name: n }
output key string = list.primary
output keys object = list
output o object = { x: one, b: bracket, t: two, m: many, h: hole, k: keys, l: a.listKeys('2021-01-01', {
  with: n
}) }
`
	tree, err := bicep.NewProgram(&folder{files: map[string]string{"in.bicep": src}}).Template("in.bicep")
	if err != nil {
		t.Fatal(err)
	}
	f, m, err := bicep.Layout(tree, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ in, from string }{
		{"hi", "hi"},
		{"'hi'", `\'hi\'`},
		{"😀 now", `\u{1F600} now`},
		{"not an", "not an"},
		{"it''s", `it\'s`},
		{"first", "first"},
		{`second ''it'' \"quoted\"`, `second ''it'' "quoted"`},
		{"Password=x", "'Server=${n};Password=x'"},
		{`"plain"`, "plain"},
		{`"[format('{0}', parameters('n'))]"`, "'${n}'"},
		{`"a b"`, "'a b'"},
		{"listKeys", "listKeys"},
		{"[listKeys(resourceId('Some.Provider/things', parameters('n')), '2020-01-01').primary]", "list.primary"},
		{`"[listKeys(resourceId('Some.Provider/things', parameters('n')), '2020-01-01')]"`, "list"},
	} {
		at := strings.Index(f.Text, tt.in)
		if at < 0 {
			t.Errorf("%s does not stand in\n%s", tt.in, f.Text)
			continue
		}
		from, to := m.Origin(at, at+len(tt.in), func(from, to token.Pos) string { return src[from-1 : to-1] })
		if from == 0 || int(to) > len(src)+1 || src[from-1:to-1] != tt.from {
			t.Errorf("%s comes from %d to %d", tt.in, from, to)
		}
	}
}
