package armfn

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// ParseInt converts the text of a decimal 64-bit integer, with an optional
// leading minus. Other number forms ("4.0", "1e3", "+4", " 4") wrap ErrUnknown.
func ParseInt(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case allDigits(strings.TrimPrefix(s, "-")):
		if err != nil {
			return 0, fmt.Errorf("int: %s is outside the 64-bit range", s)
		}
		return n, nil
	case looksNumeric(s):
		return 0, unknown("int", "%q is a number but not a plain decimal integer", s)
	}
	return 0, fmt.Errorf("int: %q is not an integer", s)
}

// looksNumeric reports whether a lenient reader may take s for a number.
func looksNumeric(s string) bool {
	if strings.Trim(s, "0123456789+-.,eE \t\r\n") != "" {
		return false
	}
	_, err := strconv.ParseFloat(strings.ReplaceAll(Trim(s), ",", ""), 64)
	return err == nil || errors.Is(err, strconv.ErrRange)
}

// Add returns a+b; overflow of 64 bits is an error.
func Add(a, b int64) (int64, error) {
	sum := a + b
	if (sum > a) != (b > 0) {
		return 0, overflow("add", a, b)
	}
	return sum, nil
}

// Sub returns a-b; overflow of 64 bits is an error.
func Sub(a, b int64) (int64, error) {
	diff := a - b
	if (diff < a) != (b > 0) {
		return 0, overflow("sub", a, b)
	}
	return diff, nil
}

// Mul returns a*b; overflow of 64 bits is an error.
func Mul(a, b int64) (int64, error) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	negative := (a < 0) != (b < 0)
	limit := uint64(math.MaxInt64)
	if negative {
		limit++
	}
	if hi != 0 || lo > limit {
		return 0, overflow("mul", a, b)
	}
	return a * b, nil
}

// Div returns a/b truncated toward zero; division by zero and overflow are
// errors.
func Div(a, b int64) (int64, error) {
	if b == 0 {
		return 0, errors.New("div: division by zero")
	}
	if a == math.MinInt64 && b == -1 {
		return 0, overflow("div", a, b)
	}
	return a / b, nil
}

// Mod returns the remainder of a/b with the sign of a; division by zero is an
// error. The smallest integer modulo -1 wraps ErrUnknown.
func Mod(a, b int64) (int64, error) {
	if b == 0 {
		return 0, errors.New("mod: division by zero")
	}
	if a == math.MinInt64 && b == -1 {
		return 0, unknown("mod", "the quotient of %d and -1 overflows", a)
	}
	return a % b, nil
}

// magnitude returns the absolute value of n, also of the smallest integer.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// overflow returns the error of an operation that leaves the 64-bit range.
func overflow(function string, a, b int64) error {
	return fmt.Errorf("%s: the result of %d and %d is outside the 64-bit range", function, a, b)
}
