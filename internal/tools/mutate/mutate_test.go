package main

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"
)

const json = "{\n  \"a\": [1, {\"b\": \"[concat('x', f(2))]\"}],\n  \"c\": null\n}\n"

const bicep = "param p string\nresource a 'B/c@1' = {\n  name: '${p}x'\n  tags: [1, (2)]\n}\n"

// TestSpoil holds that the same seed spoils alike, that most copies differ from
// the text and from each other, and that no text is too short to be spoilt.
func TestSpoil(t *testing.T) {
	for _, text := range []string{json, bicep, "", "x", "{", "\"\xff"} {
		seen := map[string]bool{}
		for i := range uint64(500) {
			spoilt := spoil(rand.New(rand.NewPCG(7, i)), text, bicep)
			if again := spoil(rand.New(rand.NewPCG(7, i)), text, bicep); again != spoilt {
				t.Fatalf("%q is spoilt to %q, and to %q", text, spoilt, again)
			}
			seen[spoilt] = true
		}
		if want := min(len(text)*10, 350); len(seen) < want {
			t.Errorf("%q: only %d of 500 copies differ", text, len(seen))
		}
	}
}

// TestWordAt holds which words there are.
func TestWordAt(t *testing.T) {
	for _, c := range []struct {
		text string
		at   int
		want string
	}{
		{"ab cd", 0, "ab"}, {"ab cd", 1, "ab"}, {"ab  cd", 3, "  "}, {"ab cd", 4, "cd"}, {"a(é1)", 3, "é1"}, {"a(é1)", 1, "("}, {"\xffx", 0, "\xff"},
	} {
		if got := wordAt(c.text, c.at).of(c.text); got != c.want {
			t.Errorf("%q at %d: %q, want %q", c.text, c.at, got, c.want)
		}
	}
}

// TestNode holds that most changes to values leave JSON.
func TestNode(t *testing.T) {
	whole := 0
	for i := range uint64(300) {
		if len(nodes(node(rand.New(rand.NewPCG(3, i)), json, json))) > 1 {
			whole++
		}
	}
	if whole < 200 {
		t.Errorf("only %d of 300 copies are JSON", whole)
	}
}

// TestShaker takes copies of our own templates through everything.
func TestShaker(t *testing.T) {
	top := filepath.Join("..", "..", "..")
	s := &shaker{seed: 5, limit: time.Minute, kinds: map[string]int{}, faults: map[string]int{}}
	if err := s.shake([]string{filepath.Join(top, "testdata", "demo"), filepath.Join(top, "testdata", "rules", "RA001.txtar")}, 0, 40, 2); err != nil {
		t.Fatal(err)
	}
	if s.copies != 40 || s.findings == 0 || s.broken == 0 || s.kinds[".bicep"] == 0 || len(s.faults)+s.hangs > 0 {
		s.print(t.Output())
		t.Errorf("%d copies, %d findings, %d broken, %d hang, defects: %v", s.copies, s.findings, s.broken, s.hangs, s.faults)
	}
}
