package ignore

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestDecide(t *testing.T) {
	for _, test := range []struct {
		patterns string
		path     string // of a folder if it ends with a slash
		want     Decision
	}{
		{"*.json", "a.json", Ignored},
		{"*.json", "a/b.json", Ignored},
		{"*.json", "a.jsonc", Undecided},
		{"*.json\n!a.json", "x/a.json", Included},
		{"!a.json\n*.json", "x/a.json", Ignored},
		{"/a.json", "a.json", Ignored},
		{"/a.json", "x/a.json", Undecided},
		{"x/a.json", "x/a.json", Ignored},
		{"x/a.json", "y/x/a.json", Undecided},
		{"x/*.json", "x/y/a.json", Undecided},
		{"build/", "build/", Ignored},
		{"build/", "x/build/", Ignored},
		{"build/", "build", Undecided},
		{"**/a", "a", Ignored},
		{"**/a/b", "x/y/a/b", Ignored},
		{"a/**", "a/", Undecided},
		{"a/**", "a/b/c", Ignored},
		{"a/**/b", "a/b", Ignored},
		{"a/**/b", "a/x/y/b", Ignored},
		{"a/**/b", "a/x/y/c", Undecided},
		{"a/**/b/**/c", "a/b/x/b/y/c", Ignored},
		{"**", "a/b", Ignored},
		{"a**b", "axxb", Ignored},
		{"x/a**b", "x/a/b", Undecided},
		{"# no", "# no", Undecided},
		{`\# yes`, "# yes", Ignored},
		{`\!yes`, "!yes", Ignored},
		{"a  ", "a", Ignored},
		{`a\  `, "a ", Ignored},
		{"a\r\n", "a", Ignored},
		{"\ufeffa", "a", Ignored},
		{"[Bb]in", "Bin", Ignored},
		{"[!b]in", "bin", Undecided},
		{"[!b]in", "win", Ignored},
		{"[^b]in", "win", Ignored},
		{"[]a]", "]", Ignored},
		{"[a-]", "-", Ignored},
		{"[[:digit:]]x", "7x", Ignored},
		{"[[:digit:]]x", "ax", Undecided},
		{"[[:nonsense:]]", "n", Undecided},
		{"[a", "[a", Undecided},
		{`a\`, "a", Undecided},
		{"a?c", "a/c", Undecided},
		{"a\nb", "a", Ignored},
		{"{a,b}", "a", Undecided},
		{"/", "a", Undecided},
		{"", "a", Undecided},
		{"A", "a", Undecided},
	} {
		path, dir := strings.CutSuffix(test.path, "/")
		if got := Parse(test.patterns).Decide(path, dir); got != test.want {
			t.Errorf("%q on %q: %d, want %d", test.patterns, test.path, got, test.want)
		}
	}
}

func TestMatch(t *testing.T) {
	l := Globs([]string{"vendor/", "*.generated.json", "!keep.generated.json"})
	for path, want := range map[string]bool{
		"vendor/a/b.json":             true,
		"x/vendor/keep.json":          true,
		"vendor":                      false,
		"x/a.generated.json":          true,
		"x/keep.generated.json":       false,
		"vendor/keep.generated.json":  true,
		"x/keep.generated.json/a.txt": false,
	} {
		if got := l.Match(path); got != want {
			t.Errorf("Match(%s) = %v", path, got)
		}
	}
	if (List{}).Match("a") {
		t.Error("the empty list matches")
	}
}

// TestAgainstGit asks git about random patterns and paths.
func TestAgainstGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	dir := t.TempDir()
	git(t, dir, "", "init", "-q")
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		text, paths := randomLines(random), randomPaths(random)
		if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		ignored := "\x00" + git(t, dir, strings.Join(paths, "\x00")+"\x00", "check-ignore", "--no-index", "-z", "--stdin")
		l := Parse(text)
		for _, path := range paths {
			want := strings.Contains(ignored, "\x00"+path+"\x00")
			if got := l.Match(path); got != want {
				t.Errorf("patterns %q, path %q: %v, git says %v", text, path, got, want)
			}
		}
	}
}

func git(t *testing.T, dir, input string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "core.excludesFile=", "-c", "core.ignoreCase=false"}, args...)...)
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(input)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil && stderr.Len() > 0 {
		t.Fatalf("git %v: %v\n%s", args, err, &stderr)
	}
	return string(out)
}

// randomLines leaves out two stars that do not stand alone between slashes: git
// documents them as one, but treats them as a whole if letters stand before.
func randomLines(r *rand.Rand) string {
	const lone = "\x01"
	tokens := []string{"a", "b", ".", "a", "b", "*", "?", lone, "/", "[ab]", "[!a]", "[a-b.]", `\*`, "!", " ", "[]a]", "[[:alpha:]]"}
	var b strings.Builder
	for range 6 {
		for range 1 + r.IntN(6) {
			b.WriteString(tokens[r.IntN(len(tokens))])
		}
		b.WriteByte('\n')
	}
	text := b.String()
	for strings.Contains(text, "**") {
		text = strings.ReplaceAll(text, "**", "*")
	}
	return strings.ReplaceAll(text, lone, "/**/")
}

func randomPaths(r *rand.Rand) []string {
	var paths []string
	for range 60 {
		segments := make([]string, 1+r.IntN(4))
		for i := range segments {
			segments[i] = string("ab"[r.IntN(2)]) + []string{"", "", "a", ".b", "ab", "*", "]"}[r.IntN(7)]
		}
		paths = append(paths, strings.Join(segments, "/"))
	}
	return paths
}

func BenchmarkDecide(b *testing.B) {
	var text strings.Builder
	for i := range 100 {
		fmt.Fprintf(&text, "*.u%d\n[Bb]in%d/\n/x/y/**/z%d*\nname%d\n", i, i, i, i)
	}
	l := Parse(text.String())
	b.ReportAllocs()
	for b.Loop() {
		l.Decide("modules/network/virtual-network/main.json", false)
	}
}
