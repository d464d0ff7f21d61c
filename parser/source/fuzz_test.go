package source_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/source"
)

// seeds are texts from which the fuzzer sets out.
var seeds = []string{
	sample, lineSample, "", "{}", `{"a": [1, 2.5, "x\ud83d\ude00", null]}`, `{"a": 1, "a": 2}`, "[1,,]", "[/*", `"\u12`,
	"\xff\xfe[\x00]\x00", "\xfe\xff\x00[\x00]", `{'a': 'b\''}`, `[[[[{"a":{"b":[]}}]]]]`, "{\"a\": \"x\n\"b\": 1}", `[-0, 1e5, 01]`,
	`{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"a":10}`,
}

// FuzzParse holds that any bytes give a tree whose ranges nest, and that a File
// that is used again reads them alike.
func FuzzParse(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	used := source.Parse("", []byte(sample))
	f.Fuzz(func(t *testing.T, raw []byte) {
		fresh := source.Parse("x", raw)
		checkTree(t, fresh)
		if fresh.Root().IsZero() && len(fresh.Errors) == 0 {
			t.Fatal("neither a value nor an error")
		}
		offset := len(raw) / 2
		at := fresh.NodeAt(offset)
		for n := at; !n.IsZero(); n = n.Parent() {
			n.Pointer()
			if offset < n.Start() || offset >= n.End() {
				t.Fatalf("NodeAt %d is within [%d,%d)", offset, n.Start(), n.End())
			}
		}
		used.Reset("x", raw)
		if !reflect.DeepEqual(toAny(used.Root()), toAny(fresh.Root())) || used.Notes != fresh.Notes ||
			len(used.Errors) != len(fresh.Errors) || len(used.Errors) > 0 && used.Errors[0] != fresh.Errors[0] {
			t.Fatalf("used again: %v %v, fresh: %v %v", used.Notes, used.Errors, fresh.Notes, fresh.Errors)
		}
	})
}

// FuzzAgainstStandard holds that strict JSON is what encoding/json says it is,
// and that it means the same.
func FuzzAgainstStandard(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		file := source.Parse("x", raw)
		strict := len(file.Errors) == 0 && file.Notes&^source.DuplicateKey == 0 && file.Encoding == source.UTF8
		if valid := json.Valid(raw); valid != strict {
			if !valid || len(file.Errors) == 0 || !strings.Contains(file.Errors[0].Message, "too deep") {
				t.Fatalf("encoding/json says %v; errors %v, notes %b", valid, file.Errors, file.Notes)
			}
		}
		if !strict {
			return
		}
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.UseNumber()
		var want any
		if err := decoder.Decode(&want); err != nil {
			t.Fatal(err)
		}
		if got := toAny(file.Root()); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %#v, want %#v", got, want)
		}
	})
}

// FuzzPosition holds every position of a text against the naive count.
func FuzzPosition(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) <= 500 { // the naive count is quadratic
			checkPositions(t, source.Parse("x", raw))
		}
	})
}
