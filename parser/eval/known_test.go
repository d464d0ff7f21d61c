package eval_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

const sub = "11111111-1111-1111-1111-111111111111"

// tree reads JSON as a template tree.
func tree(t testing.TB, text string) template.Tree {
	t.Helper()
	f := source.Parse("test.json", []byte(text))
	if len(f.Errors) > 0 {
		t.Fatalf("%v in %s", f.Errors[0], text)
	}
	return template.NewFile(f).Tree()
}

// ask evaluates an expression, without its brackets, in the template doc.
func ask(t testing.TB, expression, doc string) value.Value {
	t.Helper()
	text, _ := json.Marshal("[" + expression + "]")
	return eval.Ask(
		eval.Query{Expression: tree(t, string(text)), Template: tree(t, doc), Level: template.ResourceGroupLevel},
		eval.Config{Subscription: sub, ResourceGroup: "rg"},
	)
}

// TestKnown evaluates the expressions of testdata/expr. A line is
//
//	expression => JSON | error [part of the message, or its end and $] | unknown [reason]
func TestKnown(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("testdata", "expr", "*.txt"))
	cases := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(raw), "\n") {
			if line == "" || line[0] == '#' {
				continue
			}
			expression, want, ok := strings.Cut(line, " => ")
			if !ok {
				t.Fatalf("%s:%d: no ' => '", file, i+1)
			}
			cases++
			if got := outcome(ask(t, expression, "{}")); !meets(t, got, want) {
				t.Errorf("%s:%d: %s\n got %s\nwant %s", file, i+1, expression, got, want)
			}
		}
	}
	if cases < 300 {
		t.Errorf("only %d cases were read", cases)
	}
}

// outcome writes a value the way that TestKnown expects it.
func outcome(v value.Value) string {
	if message, failed := eval.FirstError(v); failed {
		return "error " + message
	}
	if why := eval.FirstUnknown(v); why != "" {
		return "unknown " + why
	}
	return string(value.AppendJSON(nil, v))
}

func meets(t *testing.T, got, want string) bool {
	t.Helper()
	for _, kind := range []string{"error", "unknown"} {
		if rest, ok := strings.CutPrefix(want, kind); ok {
			rest = strings.TrimSpace(rest)
			for part := range strings.SplitSeq(rest, "|") {
				if message, ok := strings.CutPrefix(got, kind); ok && strings.Contains(message+"$", part) {
					return true
				}
			}
			return false
		}
	}
	var a, b any
	if err := json.Unmarshal([]byte(want), &b); err != nil {
		t.Fatalf("%s: %v", want, err)
	}
	return json.Unmarshal([]byte(got), &a) == nil && reflect.DeepEqual(a, b) && order(got) == order(want)
}

// order is the sequence of the names in a JSON text.
func order(text string) string {
	var out strings.Builder
	d := json.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if err != nil {
			return out.String()
		}
		if s, ok := token.(string); ok {
			out.WriteString(s + ",")
		}
	}
}
