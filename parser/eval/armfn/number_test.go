package armfn

import (
	"math"
	"strconv"
	"testing"
)

func TestParseInt(t *testing.T) {
	for s, want := range map[string]string{
		"4": "4", "-13": "-13", "007": "7", "9223372036854775807": "9223372036854775807",
		"9223372036854775808": fails, "": fails, "-": fails, "abc": fails, "12a": fails, "1-2": fails,
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
		{"add", Add, big, 2, fails},
		{"add", Add, small, -1, fails},
		{"sub", Sub, 0, 13, "-13"},
		{"sub", Sub, 5, 0, "5"},
		{"sub", Sub, big, -2, fails},
		{"sub", Sub, 0, small, fails},
		{"mul", Mul, 2199023255552, 2, "4398046511104"},
		{"mul", Mul, small, 1, strconv.FormatInt(small, 10)},
		{"mul", Mul, -3, -4, "12"},
		{"mul", Mul, small, -1, fails},
		{"mul", Mul, big, big, fails},
		{"mul", Mul, big, 2, fails},
		{"div", Div, 8, 3, "2"},
		{"div", Div, -8, 3, "-2"},
		{"div", Div, 5, 0, fails},
		{"div", Div, small, -1, fails},
		{"mod", Mod, 7, 3, "1"},
		{"mod", Mod, -7, 3, "-1"},
		{"mod", Mod, 7, -3, "1"},
		{"mod", Mod, 5, 0, fails},
		{"mod", Mod, small, -1, unsettled},
	}
	for _, tt := range tests {
		n, err := tt.call(tt.a, tt.b)
		check(t, tt.name, strconv.FormatInt(n, 10), err, tt.want)
	}
}
