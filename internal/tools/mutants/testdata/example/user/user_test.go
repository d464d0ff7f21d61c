package user

import "testing"

func TestPair(t *testing.T) {
	if got := Pair(4); got != [2]int{8, 8} {
		t.Error(got)
	}
}
