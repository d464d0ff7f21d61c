package report

import (
	"bytes"
	"math/big"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// slowHashes computes what LineHashes does from the definition: no ring, no running sum.
func slowHashes(units []uint16) []string {
	var kept []uint64
	var starts []int
	start, afterCR := true, false
	for _, u := range append(units, 0xffff) {
		skip := u == ' ' || u == '\t' || u == '\n' && afterCR
		afterCR = u == '\r' && !skip
		if skip {
			continue
		}
		if u == '\r' {
			u = '\n'
		}
		if start {
			starts = append(starts, len(kept))
		}
		start = u == '\n'
		kept = append(kept, uint64(u))
	}
	kept = append(kept, make([]uint64, hashWindow)...)
	modulus := new(big.Int).Lsh(big.NewInt(1), 64)
	seen := map[string]int{}
	var out []string
	for _, s := range starts {
		sum := new(big.Int)
		for _, u := range kept[s : s+hashWindow] {
			sum.Mul(sum, big.NewInt(hashBase)).Add(sum, new(big.Int).SetUint64(u))
		}
		hex := sum.Mod(sum, modulus).Text(16)
		seen[hex]++
		out = append(out, hex+":"+strconv.Itoa(seen[hex]))
	}
	return out
}

func hashes(raw string) []string {
	lines := make([]int, len(raw)+1)
	for i := range lines {
		lines[i] = i + 1
	}
	found := LineHashes([]byte(raw), lines)
	var out []string
	for line := 1; found[line] != ""; line++ {
		out = append(out, found[line])
	}
	return out
}

// The vectors give the file and, where Go reads ill-formed bytes otherwise, the text that the Web reads.
func TestLineHashes(t *testing.T) {
	for _, c := range []struct{ name, raw, read string }{
		{"empty", "", ""},
		{"one line", "{}", ""},
		{"line feeds", "{\n}\n", ""},
		{"carriage return, line feed", "{\r\n}\r\n", ""},
		{"carriage returns", "a\rb\r\rc", ""},
		{"a blank between them makes two breaks", "a\r \nb", ""},
		{"a tab between them makes two breaks", "a\r\t\nb", ""},
		{"blanks", "  a b\t\n\t\n   c  ", ""},
		{"repeated lines", strings.Repeat("same\n", 130), ""},
		{"longer than the window", strings.Repeat("abcdefgh", 40) + "\n" + strings.Repeat("x", 99) + "\n", ""},
		{"byte order mark", "\ufeff{\n}", ""},
		{"two bytes, three bytes", "é\n日本\n", ""},
		{"emoji", "👩\u200d💻\n\U0010ffff\n", ""},
		{"lone continuation bytes", "a\x80\x80b\n", "a\ufffd\ufffdb\n"},
		{"truncated, one unit", "a\xe6\x97b\n", "a\ufffdb\n"},
		{"truncated emoji, one unit", "\xf0\x9f\x91\n\xf0\x9f\n\xf0\n", "\ufffd\n\ufffd\n\ufffd\n"},
		{"truncated at the end", "a\xf0\x9f", "a\ufffd"},
		{"overlong", "\xc0\xaf\xe0\x80\x80", "\ufffd\ufffd\ufffd\ufffd\ufffd"},
		{"surrogate", "\xed\xa0\x80", "\ufffd\ufffd\ufffd"},
		{"beyond Unicode", "\xf4\x90\x80\x80\xf5\xff", "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd"},
		{"truncated before a character", "\xe6\x97é\xf1\x80\xf1\x80\x80日", "\ufffdé\ufffd\ufffd日"},
	} {
		t.Run(c.name, func(t *testing.T) {
			read := c.read
			if read == "" {
				read = c.raw
			}
			want := slowHashes(utf16.Encode([]rune(read)))
			if diff := cmp.Diff(want, hashes(c.raw)); diff != "" {
				t.Error(diff)
			}
			alone(t, c.raw)
		})
	}
}

// Fixed values keep both implementations from drifting together. They were computed with codeql-action's own code.
func TestLineHashesFixed(t *testing.T) {
	for raw, want := range map[string][]string{
		"":                             {"c129715d7a2bc9a3:1"},
		"{\r\n  \"a\": 1\r\n}\r\n":     {"dee215df393e0f45:1", "8266b7077bdffbc:1", "32dce9ccfdbc9d3e:1", "c129715d7a2bc9a3:1"},
		"a\r \nb":                      {"67c066a59e652f5e:1", "cc4c43d77869440f:1", "8ee5a81e681643c1:1"},
		"same\nsame\n\n":               {"65843a70aeb12341:1", "6a39f5d458c7790d:1", "3c5bef55b72b93c9:1", "c129715d7a2bc9a3:1"},
		"a\xe6\x97b\n\xf0\x9f\x91\n":   {"c88da9ad54e35084:1", "a88b3c201b7e6ebe:1", "c129715d7a2bc9a3:1"},
		"\xed\xa0\x80\xf4\x90\x80\x80": {"b51d8b9d3a9f4bba:1"},
		"👩\u200d💻 x\n":                 {"e6e85e3efdc26660:1", "c129715d7a2bc9a3:1"},
		"\ufeff{\n\t}\n":               {"cb0a30a200ca75ae:1", "32dce9ccfdbc9d3e:1", "c129715d7a2bc9a3:1"},
		strings.Repeat("x", 150) + "\n" + strings.Repeat("y", 99) + "\n": {"52b56201ffb58620:1", "cadd4b5b9d92c4ad:1", "c129715d7a2bc9a3:1"},
	} {
		if diff := cmp.Diff(want, hashes(raw)); diff != "" {
			t.Errorf("%q: %s", raw, diff)
		}
	}
}

func TestLineHashesOutOfRange(t *testing.T) {
	if got := LineHashes([]byte("a\nb"), []int{-1, 0, 3, 4}); len(got) > 0 {
		t.Errorf("there are hashes of lines that are not: %v", got)
	}
}

// A line has the same hash whatever others are asked for.
func alone(t *testing.T, raw string) {
	t.Helper()
	for i, want := range hashes(raw) {
		if got := LineHashes([]byte(raw), []int{i + 1}); len(got) != 1 || got[i+1] != want {
			t.Fatalf("line %d of %q, asked for alone, has %v, not %q", i+1, raw, got, want)
		}
	}
}

func FuzzLineHashes(f *testing.F) {
	f.Add("a\r \n\tb日👩\n")
	f.Fuzz(func(t *testing.T, s string) {
		read := strings.ToValidUTF8(s, "")
		if diff := cmp.Diff(slowHashes(utf16.Encode([]rune(read))), hashes(read)); diff != "" {
			t.Error(diff)
		}
		if alone(t, read); read != s {
			alone(t, s)
		}
	})
}

func BenchmarkLineHashes(b *testing.B) {
	raw, err := os.ReadFile("testdata/sample.sarif")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(raw)))
	last := bytes.Count(raw, []byte("\n"))
	for b.Loop() {
		LineHashes(raw, []int{last / 2, last})
	}
}
