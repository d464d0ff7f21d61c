package azure

// guidDigits is the number of hexadecimal digits of a GUID.
const guidDigits = 32

// NearestRole finds the built-in role whose id differs from guid in the fewest hexadecimal digits, and says in how many:
// a wrong digit or two in a role id is a slip of the hand. A text that is no GUID of 36 characters is nearest to none:
// the distance is then 33, more than any GUID has digits.
func NearestRole(guid string) (RoleDefinition, int) {
	best, distance := "", guidDigits+1
	if !IsGUID(guid) {
		return RoleDefinition{}, distance
	}
	for line := range roles.lines() {
		if d := differingDigits(line[:len(guid)], guid, distance); d < distance {
			best, distance = line, d
		}
	}
	return decodeRole(best), distance
}

// differingDigits counts up to limit.
func differingDigits(a, b string, limit int) int {
	n := 0
	for i := 0; i < len(a) && n < limit; i++ {
		if a[i] != lower(b[i]) {
			n++
		}
	}
	return n
}

// IsGUID tells whether s is a GUID of five groups of hex digits, 8-4-4-4-12.
func IsGUID(s string) bool {
	if len(s) != len("00000000-0000-0000-0000-000000000000") {
		return false
	}
	for i := range len(s) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (s[i] == '-') || !dash && !isHex(lower(s[i])) {
			return false
		}
	}
	return true
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' }
