package lock_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/internal/access"
	"github.com/rolecall/rolecall/internal/compare"
	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/lock"
	"github.com/rolecall/rolecall/internal/ruletest"
)

// TestArchives locks the templates of all rule tests: access is the same as
// itself and as its lock, and the lock is the same file when it is written
// again.
func TestArchives(t *testing.T) {
	archives, err := filepath.Glob("../../testdata/rules/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("there are no archives", err)
	}
	grants := 0
	for _, archive := range archives {
		parsed, err := txtar.ParseFile(archive)
		if err != nil {
			t.Fatal(err)
		}
		files := ruletest.Files{}
		o := driver.Options{Read: files.Read, Front: ruletest.Front(t), Jobs: 2}
		for _, f := range parsed.Files {
			files[f.Name] = string(f.Data)
			if discover.Classify(f.Name, f.Data) == discover.Template && !strings.Contains(f.Name, "/") {
				o.Files = append(o.Files, discover.File{Path: f.Name, Kind: discover.Template})
			}
		}
		t.Run(filepath.Base(archive), func(t *testing.T) {
			a, _ := access.Of(o)
			grants += len(a.Grants)
			text := lock.Write(a)
			locked, err := lock.Read("rolecall.lock.json", text)
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			for what, d := range map[string]int{
				"itself": len(compare.Access(a, a).Changes), "its lock": len(compare.Access(locked, a).Changes), "the lock": len(compare.Access(a, locked).Changes),
			} {
				if d > 0 {
					t.Errorf("%d changes against %s", d, what)
				}
			}
			if again := lock.Write(locked); !bytes.Equal(text, again) {
				t.Error(cmp.Diff(string(text), string(again)))
			}
		})
	}
	if grants < 500 {
		t.Errorf("only %d grants were locked", grants)
	}
}
