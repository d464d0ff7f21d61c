package limit

import "testing"

func TestTop(t *testing.T) {
	for in, want := range map[int]int{3: 3, 12: 10} {
		if got := Top(in); got != want {
			t.Errorf("%d: %d", in, got)
		}
	}
}
