package access

import (
	"math"
	"strconv"
	"testing"
	"unicode/utf8"
)

func TestFit(t *testing.T) {
	for _, x := range append(hostile, "", "i", "a name that is rather long, longer than the room of it") {
		for _, room := range []float64{12, 60, 200} {
			got := fit(x, labelSize, room)
			if w := textWidth(got, labelSize); w > room {
				t.Errorf("fit(%q, %v) = %q is %v wide", x, room, got, w)
			}
			if textWidth(x, labelSize) <= room && got != x {
				t.Errorf("fit(%q, %v) = %q, yet there was room", x, room, got)
			}
			if utf8.ValidString(x) && !utf8.ValidString(got) {
				t.Errorf("fit(%q, %v) = %q", x, room, got)
			}
		}
	}
	if got, want := fit("stproductionwesteurope001", labelSize, 120), "stproduct…pe001"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// contrast is the ratio of the luminances of two colours, #rrggbb.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return sum
}
