package azure

import "strings"

// Overlap tells whether there is an operation that both patterns cover. Case does not matter, and "*" stands for any run
// of characters, as in [Match].
func Overlap(a, b string) bool {
	return overlap(strings.ToLower(a), strings.ToLower(b), map[[2]int]bool{}, 0, 0)
}

// overlap compares a from i with b from j; seen holds the pairs that lead nowhere.
func overlap(a, b string, seen map[[2]int]bool, i, j int) bool {
	for i < len(a) && j < len(b) && a[i] != '*' && b[j] != '*' {
		if a[i] != b[j] {
			return false
		}
		i, j = i+1, j+1
	}
	switch at := [2]int{i, j}; {
	case i == len(a):
		return strings.Trim(b[j:], "*") == ""
	case j == len(b):
		return strings.Trim(a[i:], "*") == ""
	case seen[at]:
		return false
	default:
		seen[at] = true
	}
	if a[i] == '*' {
		return overlap(a, b, seen, i+1, j) || overlap(a, b, seen, i, j+1)
	}
	return overlap(a, b, seen, i, j+1) || overlap(a, b, seen, i+1, j)
}
