package source_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rolecall/rolecall/parser/source"
)

// sample uses every construct that is tolerated.
const sample = "\xef\xbb\xbf// head\n{ /* in */ \"a\": [1, -2.5e+3, true, false, null,],\r\n" +
	"\t'b': 'it\\'s \"so\"', \"c\\u00e9\\ud83d\\ude00\": \"line\nbreak\t\", \"a\": {}, \"d\": {\"e\": [[], {\"f\": \"\"}]}, } // tail"

func TestTolerated(t *testing.T) {
	tests := []struct {
		name, text, want string
		notes            source.Tolerated
	}{
		{"strict", `{"a": [1, "x", null, true, false, {}, []]}`, `{"a":[1,"x",null,true,false,{},[]]}`, 0},
		{"root string", ` "x" `, `"x"`, 0},
		{"root number", "-0.5E-2", "-0.5E-2", 0},
		{"no space", `{"a":{"b":[1,2]},"c":3}`, `{"a":{"b":[1,2]},"c":3}`, 0},
		{"escapes", `"\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00"`, `"\"\\/\b\f\n\r\tAé€😀"`, 0},
		{"lone surrogates", `["\ud83d", "\ude00x", "\ud83d\u0041", "\ud83d\n"]`, `["�","�x","�A","�\n"]`, 0},
		{"byte order mark", "\xef\xbb\xbf{}", `{}`, 0},
		{"line comment", "// a\n[1, // b\r2 // c\r\n]// d", `[1,2]`, source.Comments},
		{"block comment", "/**/{/*a*/\"a\"/*b*/:/*c*/1/*d*/,/*e*/\"b\":2/*f*/}/*g*/", `{"a":1,"b":2}`, source.Comments},
		{"comment in a string", `"http://x/*y*/"`, `"http://x/*y*/"`, 0},
		{"comment that holds quotes", "[1 /* \"]\" */]", `[1]`, source.Comments},
		{"trailing comma in an array", `[1, 2 , ]`, `[1,2]`, source.TrailingComma},
		{"trailing comma in an object", `{"a": 1,}`, `{"a":1}`, source.TrailingComma},
		{"trailing comma, then a comment", "[1, // x\n]", `[1]`, source.TrailingComma | source.Comments},
		{"raw newline", "\"a\nb\r\nc\"", `"a\nb\r\nc"`, source.RawNewline},
		{"raw tab and NUL in a string", "\"a\tb\x00\"", `"a\tb\u0000"`, source.RawNewline},
		{"duplicate key", `{"a": 1, "b": 2, "a": 3}`, `{"a":3,"b":2}`, source.DuplicateKey},
		{"duplicate key through an escape", `{"a": 1, "\u0061": 3}`, `{"a":3}`, source.DuplicateKey},
		{"keys that differ in case", `{"a": 1, "A": 2}`, `{"A":2,"a":1}`, 0},
		{"equal keys of different objects", `{"a": {"a": {"a": 1}}, "b": {"a": 1}}`, `{"a":{"a":{"a":1}},"b":{"a":1}}`, 0},
		{"single quotes", `{'a': 'b "c" \'d\''}`, `{"a":"b \"c\" 'd'"}`, source.SingleQuoted},
		{"escaped single quote", `"it\'s"`, `"it's"`, source.SingleQuoted},
		{"invalid UTF-8 in a string", "\"a\xffb\"", `"a` + "�" + `b"`, 0},
		{"long white space", "[" + strings.Repeat(" ", 37) + "1" + strings.Repeat("\n\t ", 9) + "]", `[1]`, 0},
		{"everything", sample, `{"a":{},"b":"it's \"so\"","cé😀":"line\nbreak\t","d":{"e":[[],{"f":""}]}}`,
			source.Comments | source.TrailingComma | source.RawNewline | source.DuplicateKey | source.SingleQuoted},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := source.Parse("x.json", []byte(test.text))
			if len(f.Errors) > 0 {
				t.Fatal(f.Errors)
			}
			if got := render(t, f); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if f.Notes != test.notes {
				t.Errorf("notes %05b, want %05b", f.Notes, test.notes)
			}
			checkTree(t, f)
		})
	}
}

// TestPlainStrings moves every interesting byte over all places of a word.
func TestPlainStrings(t *testing.T) {
	for size := range 40 {
		for _, c := range []string{"", "#", "!", " ", "\x7f", "\xa2", "\x82", "\xdc", "é", `\"`, `\\`, "\n", "\x1f"} {
			for at := range size + 1 {
				inner := strings.Repeat("#", at) + c + strings.Repeat("!", size-at)
				f := source.Parse("", []byte(`["`+inner+`", 1]`))
				if len(f.Errors) > 0 || f.Root().At(0).End() != len(inner)+3 {
					t.Fatalf("%q: ends at %d, errors %v", inner, f.Root().At(0).End(), f.Errors)
				}
			}
		}
	}
}

func TestDuplicateKeys(t *testing.T) {
	for _, count := range []int{2, 7, 8, 9, 100, 5000} {
		var b strings.Builder
		for i := range count - 1 {
			fmt.Fprintf(&b, `"key%d": {"key": 0}, `, i)
		}
		for last, want := range map[string]source.Tolerated{"other": 0, "Key0": 0, "key0": source.DuplicateKey, `\u006bey0`: source.DuplicateKey} {
			f := source.Parse("", []byte("{"+b.String()+`"`+last+`": 1}`))
			if f.Notes != want || len(f.Errors) > 0 || f.Root().Len() != count {
				t.Errorf("%d keys, last %s: notes %b, errors %v", count, last, f.Notes, f.Errors)
			}
		}
	}
}

func TestUTF16(t *testing.T) {
	text := "{\"é\": \"€ 😀\", // x\r\n \"b\": 1}"
	for encoding, order := range map[source.Encoding]binary.AppendByteOrder{
		source.UTF16LE: binary.LittleEndian, source.UTF16BE: binary.BigEndian,
	} {
		raw := order.AppendUint16(nil, 0xFEFF)
		for _, unit := range utf16.Encode([]rune(text)) {
			raw = order.AppendUint16(raw, unit)
		}
		f := source.Parse("x", raw)
		if f.Text != text || f.Encoding != encoding || len(f.Errors) > 0 || f.Root().Get("é").Text() != "€ 😀" {
			t.Errorf("encoding %d: text %q, errors %v", f.Encoding, f.Text, f.Errors)
		}
		if !bytes.Equal(f.Raw, raw) {
			t.Error("Raw was changed")
		}
		broken := order.AppendUint16(order.AppendUint16(order.AppendUint16(order.AppendUint16(nil, 0xFEFF), '"'), 0xD83D), '"')
		if f := source.Parse("x", broken); f.Text != "\"�\"" || len(f.Errors) > 0 {
			t.Errorf("lone surrogate: %q, %v", f.Text, f.Errors)
		}
		if f := source.Parse("x", append(broken, 'x')); f.Text != "\"�\"�" || len(f.Errors) != 1 {
			t.Errorf("odd byte: %q, %v", f.Text, f.Errors)
		}
	}
}

func TestEncoding(t *testing.T) {
	for text, want := range map[string]source.Encoding{
		"": source.UTF8, "{}": source.UTF8, "\xef\xbb\xbf{}": source.UTF8BOM, "\xff\xfe": source.UTF16LE, "\xfe\xff": source.UTF16BE,
	} {
		if f := source.Parse("", []byte(text)); f.Encoding != want {
			t.Errorf("%q: %d, want %d", text, f.Encoding, want)
		}
	}
}

func TestComments(t *testing.T) {
	f := source.Parse("", []byte("// a\r\n[/*b*/1] //c"))
	var got []string
	for c := range f.Comments() {
		got = append(got, f.Text[c.Start:c.End])
	}
	if want := "[// a /*b*/ //c]"; fmt.Sprint(got) != want {
		t.Errorf("got %q, want %s", got, want)
	}
}

func TestDeepNesting(t *testing.T) {
	atLimit := strings.Repeat("[", source.MaxDepth) + strings.Repeat("]", source.MaxDepth)
	if f := source.Parse("", []byte(atLimit)); len(f.Errors) > 0 {
		t.Errorf("at the limit: %v", f.Errors)
	}
	for _, opening := range []string{"[", `{"a":`, "[{\"a\": \n"} {
		f := new(source.File)
		raw := []byte(strings.Repeat(opening, 1_000_000))
		f.Reset("", raw)
		if len(f.Errors) != 1 || !strings.Contains(f.Errors[0].Message, "too deep") {
			t.Fatalf("%q: %v", opening, f.Errors)
		}
		checkTree(t, f)
		if f.NodeAt(f.Errors[0].Offset-1).IsZero() || f.Root().End() != f.Errors[0].Offset {
			t.Errorf("%q: the tree up to the limit is missing", opening)
		}
	}
}

// TestWide parses texts over which a quadratic step would run into the test's
// time limit.
func TestWide(t *testing.T) {
	var keys strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&keys, `"k%d":[],`, i)
	}
	for _, text := range []string{
		"{" + keys.String() + "}",
		"[" + strings.Repeat("[],", 1_000_000) + "]",
		"[" + strings.Repeat("/**/", 1_000_000) + "]",
		`"` + strings.Repeat(`\n`, 1_000_000) + `"`,
	} {
		if f := source.Parse("", []byte(text)); len(f.Errors) > 0 {
			t.Errorf("%.20s: %v", text, f.Errors)
		}
	}
}

func TestTruncatedEverywhere(t *testing.T) {
	for end := range len(sample) {
		f := source.Parse("", []byte(sample[:end]))
		checkTree(t, f)
		if whole := strings.LastIndexByte(sample, '}') + 1; end < whole && len(f.Errors) != 1 {
			t.Errorf("cut at %d: %v", end, f.Errors)
		} else if end >= whole && end != whole+2 && len(f.Errors) > 0 { // whole+2 is behind one slash
			t.Errorf("cut at %d: %v", end, f.Errors)
		}
	}
}

func TestReset(t *testing.T) {
	f := source.Parse("one", []byte(sample+" x"))
	f.Base = 7
	f.Reset("two", []byte(`{"a": 1}`))
	if f.Name != "two" || f.Base != 0 || len(f.Errors) != 0 || f.Notes != 0 || render(t, f) != `{"a":1}` || f.Encoding != source.UTF8 {
		t.Errorf("not like new: %+v", f)
	}
	for range f.Comments() {
		t.Error("a comment of the former text is left")
	}
	raw := generated(100_000)
	f.Reset("big", raw)
	if allocated := testing.AllocsPerRun(5, func() { f.Reset("big", raw) }); allocated != 0 {
		t.Errorf("%v allocations in steady state", allocated)
	}
}
