package blocks

import "testing"

func TestOf(t *testing.T) {
	var b Of[int]
	b.Reset()
	for round := range 3 {
		seen := map[*int]bool{}
		for i := range 5 * size / 2 {
			p := b.Next()
			if *p != 0 || seen[p] {
				t.Fatalf("round %d: value %d is %d, handed out before: %v", round, i, *p, seen[p])
			}
			*p, seen[p] = i+1, true
		}
		b.Reset()
	}
	if allocs := testing.AllocsPerRun(10, func() {
		for range 5 * size / 2 {
			b.Next()
		}
		b.Reset()
	}); allocs != 0 {
		t.Errorf("%v allocations, want none once the blocks are there", allocs)
	}
}
