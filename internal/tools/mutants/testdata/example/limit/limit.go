// Package limit keeps numbers within bounds.
package limit

import "sync"

// Top returns n, but not more than 10.
func Top(n int) int {
	if n > 10 {
		return 10
	}
	return n
}

// Double returns twice what Top does.
func Double(n int) (sum int) {
	var all sync.WaitGroup
	all.Add(1)
	go func() {
		defer all.Done()
		sum = 2 * Top(n)
	}()
	all.Wait()
	return sum
}
