package main

import (
	"slices"
	"strings"
	"testing"
)

func TestShare(t *testing.T) {
	long := strings.Repeat("x", 100)
	many := make([]string, 20)
	for i := range many {
		many[i] = "provider/type" + string(rune('a'+i))
	}
	lines := slices.Concat([]string{"abcd", "abcde\t1", "abzzzzzzz", "abzzzz"}, []string{long + "1", long + "2"}, many)
	want := slices.Clone(lines)
	share(lines)
	if got := []string{"abcd", " $e\t1", "abzzzzzzz", " &"}; !slices.Equal(lines[:4], got) {
		t.Errorf("got %q, want %q", lines[:4], got)
	}
	head, plain := "", 0
	for i, line := range lines {
		if strings.HasPrefix(line, " ") {
			line = head[:line[1]-' '] + line[2:]
		} else {
			head = line
			plain++
		}
		if line != want[i] {
			t.Errorf("line %d is %q, want %q", i, line, want[i])
		}
	}
	if plain != 5 {
		t.Errorf("%d lines share nothing, want 5: %q", plain, lines)
	}
}
