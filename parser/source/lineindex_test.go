package source

import "testing"

func TestLineIndex(t *testing.T) {
	for _, text := range []string{
		"", "a", "a\nb", "a\r\nb\r\n", "a\rb\r\rc", "\n\n", "é😀\nü😀x\r\n", "\xef\xbb\xbfa\nb", "a\r", "\r\n",
	} {
		f := Parse("f.json", []byte(text))
		x := f.LineIndex()
		for i := -1; i <= len(text)+1; i++ {
			if got, want := x.Position(i), f.Position(i); got != want {
				t.Errorf("%q at %d: %+v, Position says %+v", text, i, got, want)
			}
		}
	}
}
