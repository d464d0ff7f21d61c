package source_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rolecall/rolecall/parser/source"
)

// naivePosition counts byte by byte.
func naivePosition(f *source.File, offset int) source.Position {
	text, first := f.Text, 0
	if f.Encoding == source.UTF8BOM {
		first = 3
	}
	offset = min(max(offset, first), len(text))
	p := source.Position{Offset: offset, Line: 1}
	start := first
	for i := first; i < offset; i++ {
		if text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			p.Line++
			start = i + 1
		}
	}
	p.Byte, p.Rune, p.UTF16 = offset-start+1, 1, 1
	for i := start; ; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if size == 0 || i+size > offset {
			return p
		}
		i += size
		p.Rune++
		p.UTF16++
		if r > 0xFFFF {
			p.UTF16++
		}
	}
}

const lineSample = "\xef\xbb\xbfa\r\nb€😀c\rd\n\r\n\n\r\re\xff\xf0\x9fé\r\n"

func TestPosition(t *testing.T) {
	f := source.Parse("", []byte(lineSample))
	for offset, want := range map[int]source.Position{
		-5: {3, 1, 1, 1, 1}, 0: {3, 1, 1, 1, 1}, 2: {3, 1, 1, 1, 1}, 3: {3, 1, 1, 1, 1}, 4: {4, 1, 2, 2, 2}, 5: {5, 1, 3, 3, 3},
		6: {6, 2, 1, 1, 1}, 7: {7, 2, 2, 2, 2}, 8: {8, 2, 3, 2, 2}, 10: {10, 2, 5, 3, 3}, 12: {12, 2, 7, 3, 3},
		14: {14, 2, 9, 4, 5}, 15: {15, 2, 10, 5, 6}, 16: {16, 3, 1, 1, 1},
		1000: {len(lineSample), 9, 1, 1, 1},
	} {
		if got := f.Position(offset); got != want {
			t.Errorf("%d: got %+v, want %+v", offset, got, want)
		}
	}
	checkPositions(t, f)
}

// checkPositions compares all positions of a text with the naive count.
func checkPositions(t *testing.T, f *source.File) {
	t.Helper()
	var offsets []int
	for offset := -1; offset <= len(f.Text)+1; offset++ {
		offsets = append(offsets, offset)
	}
	shuffled := slices.Clone(offsets)
	for i := range shuffled {
		j := i * 7919 % len(shuffled)
		shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
	}
	for _, order := range [][]int{offsets, shuffled} {
		given := slices.Clone(order)
		for i, got := range f.Positions(order) {
			want := naivePosition(f, order[i])
			if single := f.Position(order[i]); got != want || single != want {
				t.Fatalf("%q at %d: got %+v and %+v, want %+v", f.Text, order[i], got, single, want)
			}
		}
		if !slices.Equal(given, order) {
			t.Fatal("the argument was changed")
		}
	}
	for _, offset := range offsets {
		start, end := f.LineAt(offset)
		if line := f.Line(naivePosition(f, offset).Line); f.Text[start:end] != line || strings.ContainsAny(line, "\r\n") {
			t.Fatalf("%q at %d: LineAt %q, Line %q", f.Text, offset, f.Text[start:end], line)
		}
	}
}

func TestLine(t *testing.T) {
	for text, want := range map[string][]string{
		lineSample:            {"a", "b€😀c", "d", "", "", "", "", "e\xff\xf0\x9fé", "", ""},
		"a\nb":                {"a", "b", ""},
		"":                    {"", ""},
		"\xef\xbb\xbf":        {"", ""},
		"\n":                  {"", "", ""},
		"one\rtwo\r\nthree\n": {"one", "two", "three", ""},
	} {
		f := source.Parse("", []byte(text))
		for i, line := range want {
			if got := f.Line(i + 1); got != line {
				t.Errorf("%q line %d: got %q, want %q", text, i+1, got, line)
			}
		}
		if f.Line(0) != "" || f.Line(-1) != "" {
			t.Errorf("%q has a line 0", text)
		}
		checkPositions(t, f)
	}
	if got := source.Parse("", nil).Positions(nil); len(got) != 0 {
		t.Errorf("positions of nothing: %v", got)
	}
}

func TestPositionUTF16(t *testing.T) {
	raw := []byte("\xff\xfe\"\x00\xe9\x00\n\x00x\x00\"\x00")
	f := source.Parse("", raw)
	if got, want := f.Position(4), (source.Position{Offset: 4, Line: 2, Byte: 1, Rune: 1, UTF16: 1}); got != want || f.Line(2) != `x"` {
		t.Errorf("got %+v, %q", got, f.Line(2))
	}
	checkPositions(t, f)
}
