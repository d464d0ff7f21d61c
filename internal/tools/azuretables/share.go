package main

// What is shared is spelled as one printable character, and few lines are gone through for it. Where less than two
// fifths of a line are shared, a new beginning is worth more to the lines below.
const (
	mostShared  = '~' - ' '
	mostSharing = 16
)

// share replaces the beginning of lines by a blank and the character that is so many behind the blank as the line has
// bytes in common with the nearest line above that does not start so.
func share(lines []string) {
	head, sharing := "", 0
	for i, line := range lines {
		n := min(common(head, line), mostShared)
		if sharing == mostSharing || 5*n < 2*len(line) {
			head, sharing = line, 0
			continue
		}
		sharing++
		lines[i] = " " + string(rune(' '+n)) + line[n:]
	}
}

// common is how many bytes two texts have in common at their start.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
