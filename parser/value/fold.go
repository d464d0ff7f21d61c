package value

// FoldEqual tells whether a and b are equal but for the case of ASCII
// letters, which is how Azure compares names, types and ids.
func FoldEqual(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		if x, y := a[i], b[i]; x != y && lower(x) != lower(y) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// Fold returns s with its ASCII letters in lower case.
func Fold(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] != lower(s[i]) {
			var room [128]byte // most names are shorter
			if len(s) > len(room) {
				return string(AppendFold(make([]byte, 0, len(s)), s))
			}
			return string(AppendFold(room[:0], s))
		}
	}
	return s
}

// AppendFold appends [Fold] of s.
func AppendFold(to []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		to = append(to, lower(s[i]))
	}
	return to
}
