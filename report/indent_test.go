package report

import (
	"bytes"
	"encoding/json"
	"testing"
)

// FuzzIndent holds the layout of JSON to that of encoding/json, escaped.
func FuzzIndent(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,2,{"b":null}],"c":{},"d":[],"e":[[]],"f":[{}]}`, `"\"{[,:]}\\"`, `-1.5e3`, `["##a ###b","\u202e"]`, `{"":"\\","\\\"":true}`, `[[[[[[[[[[[[[[[[[[["deep"]]]]]]]]]]]]]]]]]]]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		var compact, want bytes.Buffer
		if json.Compact(&compact, doc) != nil || compact.Len() == 0 {
			t.Skip()
		}
		if err := json.Indent(&want, compact.Bytes(), "", "  "); err != nil {
			t.Fatal(err)
		}
		if got, want := indent(compact.Bytes()), EscapeJSON(want.Bytes()); !bytes.Equal(got, want) {
			t.Errorf("%s\ngot  %s\nwant %s", compact.Bytes(), got, want)
		}
	})
}
