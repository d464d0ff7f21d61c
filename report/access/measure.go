package access

import (
	"unicode"

	"github.com/mattn/go-runewidth"
)

// advances are the widths of the characters from space to tilde in DejaVu Sans, in thousandths of the font size. Of the
// fonts that a picture may be shown in it is the widest.
var advances = [...]uint16{
	318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, // space to /
	636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, // 0 to ?
	1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, // @ to O
	603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, // P to _
	500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, // ` to o
	635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838, // p to ~
}

// narrow counts characters of ambiguous width as narrow ones, in every locale.
var narrow = runewidth.Condition{StrictEmojiNeutral: true}

// widthOf measures a character in pixels at a font size; those beyond ASCII roughly, on the safe side.
func widthOf(r rune, size float64) float64 {
	switch {
	case r >= ' ' && r <= '~':
		return float64(advances[r-' ']) / 1000 * size
	case unicode.Is(unicode.Mn, r), r == '\u200c', r == '\u200d':
		return 0
	case narrow.RuneWidth(r) > 1:
		return size
	}
	return 0.8 * size
}

// textWidth measures a text in pixels at a font size.
func textWidth(s string, size float64) float64 {
	width := 0.0
	for _, r := range s {
		width += widthOf(r, size)
	}
	return width
}

// fit shortens a text to a width in pixels. It takes from the middle: names often differ at their ends.
func fit(s string, size, room float64) string {
	if textWidth(s, size) <= room {
		return s
	}
	const gap = "…"
	room -= textWidth(gap, size)
	runes := []rune(s)
	head, used := 0, 0.0
	for head < len(runes) && used+widthOf(runes[head], size) <= room*0.6 {
		used += widthOf(runes[head], size)
		head++
	}
	tail := len(runes)
	for tail > head && used+widthOf(runes[tail-1], size) <= room {
		tail--
		used += widthOf(runes[tail], size)
	}
	for tail < len(runes) && widthOf(runes[tail], size) == 0 { // marks stay with what they mark
		tail++
	}
	return string(runes[:head]) + gap + string(runes[tail:])
}
