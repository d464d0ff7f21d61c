package armfn

import (
	"math"
	"slices"
	"testing"
)

func text(s string) FormatArg  { return FormatArg{Text: s} }
func number(n int64) FormatArg { return FormatArg{Int: n, IsInt: true} }

func TestFormat(t *testing.T) {
	args := []FormatArg{text("User"), number(12), number(8175133), number(-42), number(-123456), number(0), number(999), number(1000), number(math.MinInt64)}
	tests := []struct{ layout, want string }{
		{"", ""},
		{"plain", "plain"},
		{"{0}/{1}/{0}", "User/12/User"},
		{"Formatted: {2:N0}", "Formatted: 8,175,133"},
		{"{1:x}{1:X}", "cC"},
		{"{1:X4}", "000C"},
		{"{1:D4}|{3:d4}", "0012|-0042"},
		{"{1:0000}|{3:000}|{2:0}", "0012|-042|8175133"},
		{"{2:N2}|{1:N0}|{3:n1}", "8,175,133.00|12|-42.0"},
		{"{4:N0}|{4:N1}", "-123,456|-123,456.0"},
		{"{1:F2}|{1:G}|{1:g0}", "12.00|12|12"},
		{"{5:N0}|{5:D2}|{5:X}|{5:00}|{5:F1}|{5}", "0|00|0|00|0.0|0"},
		{"{6:N0}|{7:N0}|{7:n3}", "999|1,000|1,000.000"},
		{"{8}|{8:N0}|{8:D20}", "-9223372036854775808|-9,223,372,036,854,775,808|-09223372036854775808"},
		{"{1:f}", unsettled},
		{"{1:G1}", unsettled},
		{"{1:d}|{1:f0}|{1:D99}|", "12|12|" + padding("0", 97) + "12|"},
		{"{1:D100}", unsettled},
		{"{5:x}|{7:x5}|{7:X2}", "0|003e8|3E8"},
		{"{1:Dx}", unsettled},
		{"{1:9}", unsettled},
		{"{1:0a}", unsettled},
		{"{0,4}|{0,5}|{0,-4}|{0,-5}", "User| User|User|User "},
		{"{0,0}", "User"},
		{"{0,  -6  }|", "User  |"},
		{"{0,999999}", padding(" ", 999995) + "User"},
		{"{0,1000000}", fails},
		{"{1000000}", fails},
		{"{9}", fails},
		{"{0 :}", "User"},
		{"{0:N0", fails},
		{"{0,1", fails},
		{"{0:}}}", unsettled},
		{"{0:N0}", "User"},
		{"{0,6}|{0,-6}|{0,2}", "  User|User  |User"},
		{"{1 , 4 :D3}", " 012"},
		{"${{intVal}}>{1}<", "${intVal}>12<"},
		{"{{{1}}}", "{12}"},
		{"{", fails},
		{"}", fails},
		{"a}b", fails},
		{"{}", fails},
		{"{x}", fails},
		{"{ 0}", fails},
		{"{-1}", fails},
		{"{0", fails},
		{"{0 there", fails},
		{"{0:N0", fails},
		{"{0,}", fails},
		{"{0,x}", fails},
		{"{9999999999}", fails},
		{"{18446744073709551616}", fails}, // not {0}
		{"{0,18446744073709551616}", fails},
		{"{1:E2}", unsettled},
		{"{1:N}", unsettled},
		{"{1:#,##0}", unsettled},
		{"{1:C2}", unsettled},
		{"{1:D1000}", unsettled},
		{"{3:x}", unsettled},
		{"{1:N0}}}", unsettled},
		{"{1:{0}}", unsettled},
		{"{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}", unsettled},
	}
	for _, tt := range tests {
		got, err := Format(tt.layout, args)
		check(t, tt.layout, got, err, tt.want)
	}
}

func TestFormatPieces(t *testing.T) {
	got, err := FormatPieces("a{{{1,-5:D2}}}{0}b")
	want := []Piece{
		{Literal: "a{", Arg: -1}, {Arg: 1, Align: -5, Spec: "D2"}, {Literal: "}", Arg: -1}, {}, {Literal: "b", Arg: -1},
	}
	if err == nil {
		t.Errorf("braces after a specifier: %+v, want unknown", got)
	}
	got, err = FormatPieces("a{{{1,-5:D2} }}{0}b")
	want[2].Literal = " }"
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("pieces %+v, %v", got, err)
	}
}
