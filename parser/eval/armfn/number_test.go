package armfn

import (
	"math"
	"strconv"
	"testing"
)

func TestParseInt(t *testing.T) {
	for s, want := range map[string]string{
		"4": "4", "0": "0", "-13": "-13", "007": "7", "9223372036854775807": "9223372036854775807",
		"-9223372036854775808": "-9223372036854775808", "-9223372036854775809": fails, "9223372036854775808": fails,
		"1e999": unsettled, "1e": fails, "--4": fails, "4-": fails, "\t4\r\n": unsettled, ",": fails, "-4.5": unsettled, "1E+3": unsettled,
		"٣": fails, "NaN": fails, "0x10": fails, "": fails, "-": fails, "abc": fails, "12a": fails, "1-2": fails,
		"4.0": unsettled, "1e3": unsettled, "+4": unsettled, " 4 ": unsettled, "1,000": unsettled,
	} {
		n, err := ParseInt(s)
		check(t, "ParseInt "+s, strconv.FormatInt(n, 10), err, want)
	}
}

func TestArithmetic(t *testing.T) {
	const big, small = math.MaxInt64, math.MinInt64
	tests := []struct {
		name string
		call func(a, b int64) (int64, error)
		a, b int64
		want string
	}{
		{"add", Add, 123, 456, "579"},
		{"add", Add, big, small, "-1"},
		{"add", Add, 5, 0, "5"},
		{"add", Add, 5, 1, "6"},
		{"add", Add, 5, -1, "4"},
		{"add", Add, big, 0, "9223372036854775807"},
		{"add", Add, big, 1, fails},
		{"add", Add, big, 2, fails},
		{"add", Add, small, -1, fails},
		{"sub", Sub, 0, 13, "-13"},
		{"sub", Sub, 5, 0, "5"},
		{"sub", Sub, 5, 1, "4"},
		{"sub", Sub, 5, -1, "6"},
		{"sub", Sub, small, 0, "-9223372036854775808"},
		{"sub", Sub, small, 1, fails},
		{"sub", Sub, big, -1, fails},
		{"sub", Sub, big, -2, fails},
		{"sub", Sub, 0, small, fails},
		{"mul", Mul, 2199023255552, 2, "4398046511104"},
		{"mul", Mul, small, 1, strconv.FormatInt(small, 10)},
		{"mul", Mul, -3, -4, "12"},
		{"mul", Mul, 3, -4, "-12"},
		{"mul", Mul, 0, -4, "0"},
		{"mul", Mul, 1 << 32, -(1 << 31), strconv.FormatInt(small, 10)},
		{"mul", Mul, 1 << 32, 1 << 31, fails},
		{"mul", Mul, 1 << 32, 1 << 32, fails},
		{"mul", Mul, small, -1, fails},
		{"mul", Mul, big, big, fails},
		{"mul", Mul, big, 2, fails},
		{"div", Div, 8, 3, "2"},
		{"div", Div, -8, 3, "-2"},
		{"div", Div, 5, 0, fails},
		{"div", Div, 5, -1, "-5"},
		{"div", Div, small, 1, strconv.FormatInt(small, 10)},
		{"div", Div, small + 1, -1, strconv.FormatInt(big, 10)},
		{"div", Div, small, -1, fails},
		{"mod", Mod, 7, 3, "1"},
		{"mod", Mod, -7, 3, "-1"},
		{"mod", Mod, 7, -3, "1"},
		{"mod", Mod, 5, 0, fails},
		{"mod", Mod, 5, -1, "0"},
		{"mod", Mod, small, 1, "0"},
		{"mod", Mod, small + 1, -1, "0"},
		{"mod", Mod, small, -1, unsettled},
	}
	for _, tt := range tests {
		n, err := tt.call(tt.a, tt.b)
		check(t, tt.name, strconv.FormatInt(n, 10), err, tt.want)
	}
}
