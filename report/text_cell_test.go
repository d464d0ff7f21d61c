package report

import (
	"testing"

	"github.com/mattn/go-runewidth"
)

// TestColumns holds that text which needs no measuring is as wide as it would be
// measured.
func TestColumns(t *testing.T) {
	measured := runewidth.Condition{StrictEmojiNeutral: true}
	for r := rune(0); r < 0x180; r++ {
		for _, s := range []string{string(r), "a" + string(r), string(r) + " ~", "\t" + string(r)} {
			if got, want := Columns(s), measured.StringWidth(s); got != want {
				t.Errorf("%q has %d columns, want %d", s, got, want)
			}
		}
	}
}
