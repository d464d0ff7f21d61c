package rules

import "strings"

// minutesOf is the length of a duration as ISO 8601 writes it, in minutes:
// "PT1H30M". Months and years have no fixed length.
func minutesOf(text string) (minutes int, ok bool) {
	text, ok = strings.CutPrefix(strings.ToUpper(text), "P")
	if !ok {
		return 0, false
	}
	time, number, digits := false, 0, 0
	seen := false
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9' && digits < 6:
			number, digits = 10*number+int(c-'0'), digits+1
			continue
		case c == 'T' && !time && digits == 0:
			time = true
			continue
		case digits == 0:
			return 0, false
		case !time && c == 'W':
			minutes += number * 7 * 24 * 60
		case !time && c == 'D':
			minutes += number * 24 * 60
		case time && c == 'H':
			minutes += number * 60
		case time && c == 'M':
			minutes += number
		case time && c == 'S':
			minutes += number / 60
		default:
			return 0, false
		}
		number, digits, seen = 0, 0, true
	}
	return minutes, seen && digits == 0
}
