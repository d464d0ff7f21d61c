package docgen

import (
	"bytes"
	"compress/gzip"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/rolecall/rolecall/docs"
	"github.com/rolecall/rolecall/rules"
)

var update = flag.Bool("update", false, "write the generated files")

// TestCurrent holds the generated parts of the documentation to the code.
func TestCurrent(t *testing.T) {
	const folder = "../../docs/rules"
	index, err := Index(folder)
	if err != nil {
		t.Fatal(err)
	}
	current(t, folder+"/README.md", index)

	const pages = "../../docs/pages.txtar.gz"
	old, err := os.ReadFile(pages)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := Pages(folder, old)
	if err != nil {
		t.Fatal(err)
	}
	current(t, pages, packed)

	const name = "../../README.md"
	if old, err = os.ReadFile(name); err != nil {
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

// TestPages holds that an archive with other bytes, as another compressor makes it, is current if it has the same pages.
func TestPages(t *testing.T) {
	const folder = "../../docs/rules"
	fresh, err := Pages(folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := docs.Unpack(fresh)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Files) != len(rules.All()) {
		t.Fatalf("%d pages of %d rules", len(a.Files), len(rules.All()))
	}
	var other bytes.Buffer
	z := gzip.NewWriter(&other)
	z.Write(txtar.Format(a))
	z.Close()
	if again, err := Pages(folder, other.Bytes()); err != nil || !bytes.Equal(again, other.Bytes()) {
		t.Errorf("an archive of the same pages was written anew (%v)", err)
	}
	a.Files[0].Data = append(a.Files[0].Data, "More.\n"...)
	stale, err := pack(a)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Pages(folder, stale); err != nil || !bytes.Equal(again, fresh) {
		t.Errorf("an archive of other pages was not written anew (%v)", err)
	}
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
