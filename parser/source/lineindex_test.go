package source

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestLineIndex(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, text := range []string{
		"", "a", "a\nb", "a\r\nb\r\n", "a\rb\r\rc", "\n\n", "é😀\nü😀x\r\n", "\xef\xbb\xbfa\nb", "a\r", "\r\n", "a\r\n\r\nb", "\n\r", "é\xff😀é\xe2\x82😀",
	} {
		f := Parse("f.json", []byte(text))
		x := f.LineIndex()
		for i := -1; i <= len(text)+1; i++ {
			check(t, f, x, i)
		}
		for range 100 { // in any order
			check(t, f, x, random.IntN(len(text)+3)-1)
		}
	}
}

// TestLineIndexBlocks is about lines around the ends of blocks.
func TestLineIndexBlocks(t *testing.T) {
	for _, line := range []string{"\n", "\r\n", "\r", "é\n", "\r\n\r\n"} {
		for shift := range 4 {
			text := strings.Repeat("x", blockSize-shift) + line + "a" + line + strings.Repeat("y", 3*blockSize) + line + "z" + line
			f := Parse("f.json", []byte(text))
			x := f.LineIndex()
			for block := range len(text)/blockSize + 1 {
				for i := range 12 {
					check(t, f, x, block*blockSize+i-6)
				}
			}
			for i := range 12 {
				check(t, f, x, len(text)-i)
			}
		}
	}
}

func check(t *testing.T, f *File, x *LineIndex, offset int) {
	t.Helper()
	want := f.Position(offset)
	if got := x.Position(offset); got != want {
		t.Errorf("%.200q at %d: %+v, Position says %+v", f.Text, offset, got, want)
	}
	start, end := f.LineAt(offset)
	if s, e := x.LineAt(offset); s != start || e != end {
		t.Errorf("%.200q at %d: line %d to %d, LineAt says %d to %d", f.Text, offset, s, e, start, end)
	}
	if offset >= want.Offset && x.Line(offset) < want.Line {
		t.Errorf("%.200q at %d: line %d, Position says %d", f.Text, offset, x.Line(offset), want.Line)
	}
}
