package docgen

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the generated files")

// TestCurrent holds the generated parts of the documentation to the code.
func TestCurrent(t *testing.T) {
	index, err := Index()
	if err != nil {
		t.Fatal(err)
	}
	current(t, "../../docs/rules/README.md", index)

	const name = "../../README.md"
	old, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	readme, err := Readme(old)
	if err != nil {
		t.Fatal(err)
	}
	current(t, name, readme)

	const schema = "../../docs/rolecall.schema.json"
	if old, err = os.ReadFile(schema); err != nil {
		t.Fatal(err)
	}
	names, err := Schema(old)
	if err != nil {
		t.Fatal(err)
	}
	current(t, schema, names)
}

func current(t *testing.T, name string, want []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(got), string(want)); diff != "" {
		t.Errorf("%s is stale; run 'go generate ./docs' (- there, + wanted):\n%s", name, diff)
	}
}

func TestReadmeWithoutMarkers(t *testing.T) {
	if _, err := Readme([]byte("# rolecall\n")); err == nil {
		t.Error("a readme without markers was taken")
	}
	if _, err := Schema([]byte("{}")); err == nil {
		t.Error("a schema without rules was taken")
	}
}
