// Package user needs package limit.
package user

import "example/limit"

// Pair returns the double twice.
func Pair(n int) [2]int { return [2]int{limit.Double(n), limit.Double(n)} }
