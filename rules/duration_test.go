package rules

import "testing"

func TestMinutesOf(t *testing.T) {
	for _, c := range []struct {
		text string
		want int // -1: no duration
	}{
		{"PT8H", 480}, {"pt30m", 30}, {"PT1H30M", 90}, {"P1D", 1440}, {"P1DT1H", 1500}, {"P1W", 10080}, {"PT90S", 1},
		{"PT0S", 0}, {"P", -1}, {"PT", -1}, {"8H", -1}, {"P1M", -1}, {"P1Y", -1}, {"PTH", -1}, {"PT8", -1}, {"PT8H ", -1},
		{"PT9999999H", -1}, {"", -1}, {"string", -1}, {"P1H", -1}, {"PT1D", -1},
	} {
		got, ok := minutesOf(c.text)
		if !ok {
			got = -1
		}
		if got != c.want {
			t.Errorf("%q: got %d, want %d", c.text, got, c.want)
		}
	}
}
