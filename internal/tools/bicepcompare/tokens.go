package main

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
)

var golden = regexp.MustCompile(`^//@\[0*(\d+):0*(\d+)\) (\w+) \|(.*)\|$`)

// tokens compares our tokens of main.bicep with those of main.tokens.bicep
// beside it: their kinds and columns, in order.
func tokens(dirs []string) {
	files := find(dirs, func(n string) bool { return strings.Contains(n, ".tokens.bicep") })
	same, count := 0, 0
	for _, path := range files {
		want := goldens(read(path))
		got := listed(read(strings.Replace(path, ".tokens.", ".", 1)))
		count += len(want)
		if d := firstDifference(got, want); d != "" {
			fmt.Printf("%s: %s\n", path, d)
			continue
		}
		same++
	}
	fmt.Printf("tokens: %d of %d files equal, %d tokens\n", same, len(files), count)
}

// goldens are the tokens that a golden file lists below the source lines.
func goldens(text string) (want []string) {
	for l := range strings.Lines(text) {
		if m := golden.FindStringSubmatch(strings.TrimRight(l, "\r\n")); m != nil {
			want = append(want, m[1]+":"+m[2]+" "+m[3])
		}
	}
	return want
}

// listed are our tokens as the golden files have them.
func listed(source string) []string {
	var out []string
	starts := []int{0}
	for i := range len(source) {
		if source[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	line := 0
	for _, t := range syntax.Lex(source).List {
		for line+1 < len(starts) && starts[line+1] <= int(t.Start) {
			line++
		}
		from := starts[line]
		start := units(strings.TrimPrefix(source[from:t.Start], "\ufeff"))
		out = append(out, fmt.Sprintf("%d:%d %s", start, start+units(source[t.Start:t.End]), t.Kind))
	}
	return out
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

func firstDifference(got, want []string) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return fmt.Sprintf("token %d is %s, want %s", i, got[i], want[i])
		}
	}
	if len(got) != len(want) {
		return fmt.Sprintf("%d tokens, want %d", len(got), len(want))
	}
	return ""
}
