package armfn

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestUTF16(t *testing.T) {
	for s, want := range map[string]int{"": 0, "table": 5, "é": 1, "a😀b": 4, "\uffff": 1, "\U00010000": 2} {
		if got := UTF16Len(s); got != want {
			t.Errorf("UTF16Len(%q) = %d, want %d", s, got, want)
		}
	}
	tests := []struct {
		s          string
		n          int64
		take, skip string
		cut        bool
	}{
		{"foot", 3, "foo", "t", false},
		{"foot", -100, "", "foot", false},
		{"foot", 100, "foot", "", false},
		{"foot", 4, "foot", "", false},
		{"", 1, "", "", false},
		{"héllo", 2, "hé", "llo", false},
		{"a😀b", 1, "a", "😀b", false},
		{"a😀b", 2, "a\uFFFD", "\uFFFDb", true},
		{"a😀b", 3, "a😀", "b", false},
	}
	for _, tt := range tests {
		take, skip, cut := Take(tt.s, tt.n), Skip(tt.s, tt.n), CutsPair(tt.s, tt.n)
		if take != tt.take || skip != tt.skip || cut != tt.cut {
			t.Errorf("%q at %d: %q, %q, %v", tt.s, tt.n, take, skip, cut)
		}
	}
	for s, want := range map[string]string{"Fizz": "Fz", "a": "aa", "": "", "éñ": "éñ", "😀": "\uFFFD\uFFFD"} {
		if got := FirstChar(s) + LastChar(s); got != want {
			t.Errorf("first and last of %q = %q, want %q", s, got, want)
		}
	}
}

func TestSubstring(t *testing.T) {
	tests := []struct {
		s             string
		start, length int64
		want          string
	}{
		{"hello", 1, 3, "ell"},
		{"hello", 0, -1, "hello"},
		{"hello", 5, -1, ""},
		{"hello", 5, 0, ""},
		{"", 0, -1, ""},
		{"This is a test", 10, -1, "test"},
		{"a😀b", 3, 1, "b"},
		{"hello", 0, 0, ""},
		{"hello", 0, 5, "hello"},
		{"hello", 4, 1, "o"},
		{"hello", 4, 2, fails},
		{"hello", 6, -1, fails},
		{"hello", 6, 0, fails},
		{"a😀b", 1, 2, "😀"},
		{"a😀b", 2, 1, unsettled},
		{"a😀b", 0, 2, unsettled},
		{"hello", -1, 2, fails},
		{"hello", 1, -2, fails},
		{"hello", 2, 10, fails},
		{"1234567890", 0, 11, fails},
		{"test", 7, -1, fails},
		{"hello", 1, 1<<63 - 1, fails},
	}
	for _, tt := range tests {
		got, err := Substring(tt.s, tt.start, tt.length)
		check(t, "Substring "+tt.s, got, err, tt.want)
	}
	_, err := Substring("test", 7, -1)
	if err.Error() != "substring: start 7 is beyond the length 4" {
		t.Errorf("error text %q", err)
	}
}

func TestCase(t *testing.T) {
	tests := []struct{ s, lower, upper string }{
		{"One Two", "one two", "ONE TWO"},
		{"café", "café", "CAFÉ"},
		{"HELLO123!@#", "hello123!@#", "HELLO123!@#"},
		{"İı", "İı", "İı"},
		{"Straße", "straße", "STRAßE"},
	}
	for _, tt := range tests {
		if lower, upper := ToLower(tt.s), ToUpper(tt.s); lower != tt.lower || upper != tt.upper {
			t.Errorf("%q: %q, %q", tt.s, lower, upper)
		}
	}
	if got := Trim("\u00a0\u2003\t\nhello \u3000\r"); got != "hello" {
		t.Errorf("Trim = %q", got)
	}
}

func TestSearch(t *testing.T) {
	tests := []struct {
		s, x           string
		first, last    int64
		prefix, suffix bool
	}{
		{"test", "t", 0, 3, true, true},
		{"abcdef", "CD", 2, 2, false, false},
		{"abcdef", "z", -1, -1, false, false},
		{"FOOBAR", "bar", 3, 3, false, true},
		{"😀éÉ", "É", 2, 3, false, true},
		{"abcdef", "A", 0, 0, true, false},
		{"abc", "", 0, 3, true, true},
		{"abc", "abcd", -1, -1, false, false},
		{"ſ", "s", -1, -1, false, false},
		{"ſ", "ſ", 0, 0, true, true},
		{"ı", "i", -1, -1, false, false},
		{"ı", "I", -1, -1, false, false},
		{"x", "xx", -1, -1, false, false},
	}
	for _, tt := range tests {
		first, last := IndexOf(tt.s, tt.x), LastIndexOf(tt.s, tt.x)
		prefix, suffix := HasPrefixFold(tt.s, tt.x), HasSuffixFold(tt.s, tt.x)
		if first != tt.first || last != tt.last || prefix != tt.prefix || suffix != tt.suffix {
			t.Errorf("%q in %q: %d, %d, %v, %v", tt.x, tt.s, first, last, prefix, suffix)
		}
	}
}

func TestLike(t *testing.T) {
	tests := []struct {
		s, pattern string
		want       bool
	}{
		{"abc", "ABC", true},
		{"abc", "a*", true},
		{"abc", "*C", true},
		{"abc", "*", true},
		{"", "", true},
		{"", "**", true},
		{"abc", "", false},
		{"abc", "ab", false},
		{"", "*", true},
		{"", "a*", false},
		{"xabc", "a*", false},
		{"abc", "*b", false},
		{"abcabc", "a*a*c", true},
		{"abc", "a*b*d", false},
		{"abc", "a*d*c", false},
		{"abc", "**c", true},
		{"abc", "a*b", false},
		{"abcbd", "a*b*d", true},
		{"ab", "ab*b", false},
		{"a.c", "a?c", false},
		{"abcabc", "*bc", true},
		{"Standard_LRS", "standard*lrs", true},
	}
	for _, tt := range tests {
		if got := Like(tt.s, tt.pattern); got != tt.want {
			t.Errorf("Like(%q, %q) = %v", tt.s, tt.pattern, got)
		}
	}
}

func TestReplace(t *testing.T) {
	tests := []struct{ s, old, new, want string }{
		{"123-123-1234", "-", "", "1231231234"},
		{"This is a test", "i", "b", "Thbs bs a test"},
		{"aA", "a", "b", "bA"},
		{"abc", "", "x", unsettled},
		{padding("a", maxText), "a", "bb", unsettled},
		{padding("a", maxText/2), "a", "bb", padding("b", maxText)},
		{padding("a", maxText/2) + "c", "a", "bb", unsettled},
		{padding("a", maxText), "b", "cc", padding("a", maxText)},
		{padding("a", maxText), "a", "b", padding("b", maxText)},
	}
	for _, tt := range tests {
		got, err := Replace(tt.s, tt.old, tt.new)
		check(t, "Replace "+tt.old, got, err, tt.want)
	}
}

func TestSplit(t *testing.T) {
	tests := []struct {
		s      string
		delims []string
		want   []string
	}{
		{"fizz,buzz,pop", []string{","}, []string{"fizz", "buzz", "pop"}},
		{"one;two,three", []string{";", ","}, []string{"one", "two", "three"}},
		{",a,,b,", []string{","}, []string{"", "a", "", "b", ""}},
		{"a.b", []string{"."}, []string{"a", "b"}},
		{"aXbxc", []string{"x"}, []string{"aXb", "c"}},
		{"a--b-c", []string{"-", "--"}, []string{"a", "", "b", "c"}},
		{"a--b-c", []string{"--", "-"}, []string{"a", "b", "c"}},
		{"", []string{","}, []string{""}},
		{"abc", []string{""}, []string{"abc"}},
		{"a b", nil, []string{"a b"}},
		{"a,", []string{","}, []string{"a", ""}},
		{",", []string{",", ""}, []string{"", ""}},
		{"a", []string{"ab"}, []string{"a"}},
		{"aéb", []string{"é"}, []string{"a", "b"}},
	}
	for _, tt := range tests {
		if got := Split(tt.s, tt.delims); !slices.Equal(got, tt.want) {
			t.Errorf("Split(%q, %q) = %q, want %q", tt.s, tt.delims, got, tt.want)
		}
	}
}

func TestPadLeft(t *testing.T) {
	tests := []struct {
		s     string
		total int64
		pad   string
		want  string
	}{
		{"123", 10, "0", "0000000123"},
		{"13", 5, " ", "   13"},
		{"12345", 3, "0", "12345"},
		{"😀", 3, "é", "é😀"},
		{"a", 3, "", fails},
		{"a", 3, "ab", fails},
		{"a", 3, "😀", fails},
		{"a", 0, "0", "a"},
		{"a", 1, "0", "a"},
		{"a", 2, "0", "0a"},
		{"a", 3, "é", "ééa"},
		{"", maxText, "0", padding("0", maxText)},
		{"a", maxText + 1, "0", unsettled},
		{"a", -1, "0", fails},
		{"a", 1 << 40, "0", unsettled},
	}
	for _, tt := range tests {
		got, err := PadLeft(tt.s, tt.total, tt.pad)
		check(t, "PadLeft "+tt.s, got, err, tt.want)
	}
}

func TestCompareStrings(t *testing.T) {
	tests := []struct{ a, b, want string }{
		{"A", "a", "1"},
		{"a", "A", "-1"},
		{"a", "b", "-1"},
		{"B", "a", "1"},
		{"Test1", "Test2", "-1"},
		{"9", "a", "-1"},
		{"a10", "a9", "-1"},
		{"ab", "abc", "-1"},
		{"", "a", "-1"},
		{"aB", "Ab", "-1"},
		{"a-b", "a-c", "-1"},
		{"x-é", "x-é", "0"},
		{"éa", "éB", "-1"},
		{"a-b", "ab", unsettled},
		{"a", "a-", unsettled},
		{"a-", "a", unsettled},
		{"a", "a1", "-1"},
		{"ab", "a", "1"},
		{"abc", "ABC", "-1"},
		{"aBc", "abC", "1"},
		{"ÀB", "àB", unsettled},
		{"Àb", "àc", "-1"},
		{"z", "é", unsettled},
		{"0", "9", "-1"},
		{"9", "A", "-1"},
		{"Z", "z", "1"},
		{"", "", "0"},
		{"", "-", unsettled},
		{"é", "e", unsettled},
		{"é", "É", unsettled},
	}
	for _, tt := range tests {
		got, err := CompareStrings(tt.a, tt.b)
		check(t, tt.a+" against "+tt.b, strconv.Itoa(got), err, tt.want)
	}
}

// TestOrderOfCharacters holds the order of all characters but letters and
// digits, which ignores case: controls, punctuation, signs, digits, letters,
// others.
func TestOrderOfCharacters(t *testing.T) {
	const want = "\x01\t\x1f _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0189aAbByYzZ\u00a0éÉœ"
	chars := strings.Split(want, "")
	for i, a := range chars {
		for j, b := range chars {
			if got := CompareKeys(a, b); got != cmp.Compare(i, j) {
				t.Errorf("CompareKeys(%q, %q) = %d", a, b, got)
			}
		}
	}
}

func TestCompareKeys(t *testing.T) {
	keys := []string{"ghiKey", "defKey", "_x", "abcKey", "é", "123Key", "GHIKey", "DEFKey", "ABCKey", "456Key", "ab-c", "ab"}
	slices.SortFunc(keys, CompareKeys)
	want := []string{"_x", "123Key", "456Key", "ab", "ab-c", "abcKey", "ABCKey", "defKey", "DEFKey", "ghiKey", "GHIKey", "é"}
	if !slices.Equal(keys, want) {
		t.Errorf("order %q, want %q", keys, want)
	}
}
