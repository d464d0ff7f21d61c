package armfn

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestMessages holds what each function says of arguments that it does not
// take, whole, and why a result is not settled.
func TestMessages(t *testing.T) {
	outcome := func(_ any, err error) error { return err }
	unsettledBy := ": " + ErrUnknown.Error()
	for _, tt := range []struct {
		err  error
		want string
	}{
		{outcome(Substring("abc", -1, 2)), "substring: start -1 is negative"},
		{outcome(Substring("abc", 4, -1)), "substring: start 4 is beyond the length 3"},
		{outcome(Substring("abc", 1, -2)), "substring: length -2 is negative"},
		{outcome(Substring("abc", 1, 3)), "substring: length 3 from start 1 goes beyond the length 3"},
		{outcome(Substring("😀", 1, 1)), "substring: the range cuts a surrogate pair" + unsettledBy},
		{outcome(Replace("a", "", "b")), "replace: the text to find is empty" + unsettledBy},
		{outcome(Replace(padding("a", maxText), "a", "bb")), "replace: the result is larger than a template may be" + unsettledBy},
		{outcome(PadLeft("a", 3, "ab")), `padLeft: the padding "ab" is not a single character`},
		{outcome(PadLeft("a", -3, "b")), "padLeft: the total length -3 is negative"},
		{outcome(PadLeft("a", maxText+1, "b")), "padLeft: the total length 4194305 is larger than a template may be" + unsettledBy},
		{outcome(CompareStrings("é", "e")), `comparison: the order of "é" and "e" depends on punctuation or accents` + unsettledBy},

		{outcome(ParseInt("x")), `int: "x" is not an integer`},
		{outcome(ParseInt("9223372036854775808")), "int: 9223372036854775808 is outside the 64-bit range"},
		{outcome(ParseInt("1e3")), `int: "1e3" is a number but not a plain decimal integer` + unsettledBy},
		{outcome(Add(1<<62, 1<<62)), "add: the result of 4611686018427387904 and 4611686018427387904 is outside the 64-bit range"},
		{outcome(Sub(-1<<62, 1<<63-1)), "sub: the result of -4611686018427387904 and 9223372036854775807 is outside the 64-bit range"},
		{outcome(Mul(1<<62, 2)), "mul: the result of 4611686018427387904 and 2 is outside the 64-bit range"},
		{outcome(Div(1, 0)), "div: division by zero"},
		{outcome(Div(-1<<63, -1)), "div: the result of -9223372036854775808 and -1 is outside the 64-bit range"},
		{outcome(Mod(1, 0)), "mod: division by zero"},
		{outcome(Mod(-1<<63, -1)), "mod: the quotient of -9223372036854775808 and -1 overflows" + unsettledBy},

		{outcome(Format("}", nil)), "format: the format string has a closing brace without an opening one at position 0"},
		{outcome(Format("😀{", nil)), "format: the format string has a placeholder without an argument index at position 3"},
		{outcome(Format("{1000000}", nil)), "format: the format string has an argument index out of range at position 7"},
		{outcome(Format("{0,x}", nil)), "format: the format string has a placeholder without an alignment at position 3"},
		{outcome(Format("{0,1000000}", nil)), "format: the format string has an alignment out of range at position 9"},
		{outcome(Format("{0 a", nil)), "format: the format string has a placeholder without its closing brace at position 3"},
		{outcome(Format("{0:a", nil)), "format: the format string has a placeholder without its closing brace at position 3"},
		{outcome(Format("{0:{}", nil)), "format: a brace meets a format specifier" + unsettledBy},
		{outcome(Format("{1}", []FormatArg{text("a")})), "format: placeholder {1} has no argument, there are 1"},
		{outcome(Format("{0:C}", []FormatArg{number(1)})), `format: the specifier "C" of an integer is not handled` + unsettledBy},
		{outcome(Format("{0}a", []FormatArg{text(padding("a", maxText))})), "format: the result is larger than a template may be" + unsettledBy},

		{outcome(Base64ToString("*")), "base64ToString: the text is not valid base64"},
		{outcome(Base64ToString("/w==")), "base64ToString: the decoded bytes are not UTF-8" + unsettledBy},
		{outcome(DataURIToString("a")), "dataUriToString: the text is not a data URI"},
		{outcome(DataURIToString("data:;base64,*")), "dataUriToString: the text is not valid base64"},
		{outcome(DataURIToString("data:;charset=latin1,a")), `dataUriToString: the character set "latin1" is not UTF-8` + unsettledBy},
		{outcome(DataURIToString("data:,%20")), "dataUriToString: the payload has percent escapes" + unsettledBy},
		{outcome(URIComponentToString("%ff")), "uriComponentToString: the decoded bytes are not UTF-8" + unsettledBy},

		{outcome(URI("a", "b")), `uri: "a" is not an absolute address`},
		{outcome(URI("https://h/ ", "b")), `uri: "https://h/ " has a character that needs escaping, or an escape` + unsettledBy},
		{outcome(URI("https://h/#a#b", "b")), `uri: "https://h/#a#b" has a bracket or a number sign out of place` + unsettledBy},
		{outcome(URI("ftp://h/", "b")), `uri: "ftp://h/" is not an http or https address` + unsettledBy},
		{outcome(URI("https://h/#f", "")), "uri: the base has a fragment and the relative part is empty" + unsettledBy},
		{outcome(URI("https://h/a//b/", "..")), "uri: the path has both empty and dot segments" + unsettledBy},
		{outcome(URI("https://:1/", "")), "uri: the address has no host"},
		{outcome(URI("https://h:x/", "")), `uri: "x" is not a port number`},
		{outcome(URI("https://a..b/", "")), `uri: the host "a..b" is not a usual name` + unsettledBy},
		{outcome(URI("https://a.7/", "")), `uri: the host "a.7" is a number` + unsettledBy},
		{outcome(URI("https://[z]/", "")), "uri: the host [z] is not an IPv6 address"},
		{outcome(URI("https://[0::1]/", "")), "uri: the form of the host [0::1]" + unsettledBy},
		{outcome(ParseURI("a")), `parseUri: "a" is not an absolute address`},
		{outcome(ParseURI("https://h:443")), "parseUri: the address names the default port" + unsettledBy},
		{outcome(ParseURI("https://h?")), "parseUri: the address has an empty query" + unsettledBy},
		{outcome(BuildURI(ParsedURI{Scheme: "https"})), "buildUri: the scheme or the host is missing" + unsettledBy},
		{outcome(BuildURI(ParsedURI{Scheme: "https", Host: "H"})), `buildUri: the parts do not give "https://H/" in canonical form` + unsettledBy},
		{outcome(BuildURI(ParsedURI{Scheme: "https", Host: "h", Port: -1, HasPort: true})), `buildUri: "-1" is not a port number`},

		{outcome(ParseCIDR("x")), `parseCidr: "x" is not an address range like 10.0.0.0/16`},
		{outcome(ParseCIDR("10.0.0.0")), `parseCidr: the notation of the range "10.0.0.0"` + unsettledBy},
		{outcome(ParseCIDR("::ffff:1.0.0.0/104")), `parseCidr: "::ffff:1.0.0.0/104" is an IPv4 address in IPv6 form` + unsettledBy},
		{outcome(ParseCIDR("10.0.0.1/8")), `parseCidr: the address of "10.0.0.1/8" has bits set beyond its prefix` + unsettledBy},
		{outcome(ParseCIDR("10.0.0.0/31")), "parseCidr: the usable addresses of a /31" + unsettledBy},
		{outcome(CIDRSubnet("x", 1, 0)), `cidrSubnet: "x" is not an address range like 10.0.0.0/16`},
		{outcome(CIDRSubnet("10.0.0.0/8", 7, 0)), "cidrSubnet: the prefix length 7 is not between 8 and 32"},
		{outcome(CIDRSubnet("10.0.0.0/8", 8, 1)), "cidrSubnet: an index above zero without a longer prefix" + unsettledBy},
		{outcome(CIDRSubnet("10.0.0.0/8", 9, 2)), "cidrSubnet: the index 2 is outside the range"},
		{outcome(CIDRHost("x", 1)), `cidrHost: "x" is not an address range like 10.0.0.0/16`},
		{outcome(CIDRHost("10.0.0.0/8", -1)), "cidrHost: the index -1 is negative"},
		{outcome(CIDRHost("10.0.0.0/32", 0)), "cidrHost: the usable addresses of a /32" + unsettledBy},
		{outcome(CIDRHost("10.0.0.0/30", 2)), "cidrHost: the index 2 is beyond the last usable address 10.0.0.2"},
		{outcome(CIDRHost("2001:db8::/126", 3)), "cidrHost: the index 3 is beyond the last usable address 2001:db8::3"},

		{outcome(ParseDuration("x")), `duration: "x" is not an ISO 8601 duration like P1DT2H`},
		{outcome(ParseDuration("P1W")), `duration: the notation of "P1W"` + unsettledBy},
		{outcome(DateTimeAdd("x", "y", "")), `dateTimeAdd: duration: "y" is not an ISO 8601 duration like P1DT2H`},
		{outcome(DateTimeAdd("x", "P1D", "")), `dateTimeAdd: "x" is not a date`},
		{outcome(DateTimeAdd("2023-02-30T00:00:00Z", "P1D", "")), `dateTimeAdd: "2023-02-30T00:00:00Z" is not a possible date`},
		{outcome(DateTimeAdd("2023", "P1D", "")), `dateTimeAdd: the date form of "2023"` + unsettledBy},
		{outcome(DateTimeAdd("2023-02-20 00:00:00Z", "P1D", "")), `dateTimeAdd: the default format for the base "2023-02-20 00:00:00Z"` + unsettledBy},
		{outcome(DateTimeAdd("9999-12-31T00:00:00Z", "P1D", "")), "dateTimeAdd: the result is outside the years 1 to 9999"},
		{outcome(DateTimeToEpoch("x")), `dateTimeToEpoch: "x" is not a date`},
		{outcome(FormatDate(time.Time{}, "x")), `date format: "x" is not a standard format`},
		{outcome(FormatDate(time.Time{}, "o")), `date format: the result of the standard format "o"` + unsettledBy},
		{outcome(FormatDate(time.Time{}, "gg")), "date format: the format letter 'g'" + unsettledBy},
		{outcome(FormatDate(time.Time{}, "d'")), "date format: the format string has a quote that is not closed"},
		{outcome(FormatDate(time.Time{}, `d\`)), `date format: nothing follows the '\\' of the format string`},
		{outcome(FormatDate(time.Time{}, "%%")), "date format: nothing follows the '%' of the format string"},
		{outcome(FormatDate(time.Time{}, "ffffffff")), "date format: the format string asks for more than 7 decimals of a second"},
	} {
		if tt.err == nil || tt.err.Error() != tt.want {
			t.Errorf("got %v\nwant %s", tt.err, tt.want)
			continue
		}
		if errors.Is(tt.err, ErrUnknown) != strings.HasSuffix(tt.want, unsettledBy) {
			t.Errorf("%v is of the wrong kind", tt.err)
		}
	}
	if want := "the documented behaviour does not settle the result"; ErrUnknown.Error() != want {
		t.Errorf("ErrUnknown says %q", ErrUnknown)
	}
}
