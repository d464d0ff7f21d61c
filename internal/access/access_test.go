package access_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/rolecall/rolecall/internal/access"
	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/ruletest"
	model "github.com/rolecall/rolecall/report/access"
)

var update = flag.Bool("update", false, "write what the archives expect anew")

// TestArchives reads the access of the templates in each archive of testdata
// and compares it with the file want.
func TestArchives(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files, want := ruletest.Files{}, -1
			for i, f := range archive.Files {
				if f.Name == "want" {
					want = i
					continue
				}
				files[f.Name] = string(f.Data)
			}
			got := lines(of(files, 1))
			if again := lines(of(files, 8)); again != got {
				t.Errorf("with more workers it is %s", again)
			}
			if *update {
				archive.Files[want].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[want].Data), got); diff != "" {
				t.Errorf("- want, + got:\n%s", diff)
			}
		})
	}
}

// of reads the access of files; those that end in .parameters.json, perhaps
// with a word before, belong to the template of that name.
func of(files ruletest.Files, jobs int) *model.Access {
	o := driver.Options{Read: files.Read, Jobs: jobs, Pairs: func(template string) []string {
		var out []string
		for name := range files {
			if strings.HasPrefix(name, strings.TrimSuffix(template, "json")+"parameters") {
				out = append(out, name)
			}
		}
		slices.Sort(out)
		return out
	}}
	for name := range files {
		if strings.HasSuffix(name, ".json") && !strings.Contains(name, ".parameters.") {
			o.Files = append(o.Files, discover.File{Path: name, Kind: discover.Template})
		}
	}
	slices.SortFunc(o.Files, func(a, b discover.File) int { return strings.Compare(a.Path, b.Path) })
	a, _ := access.Of(o)
	return a
}

// lines writes grants and identities in short.
func lines(a *model.Access) string {
	var b strings.Builder
	for _, g := range a.Grants {
		fmt.Fprintf(&b, "%s:%d %s\n", g.At.File, g.At.From.Line, g.Plane)
		tell := func(name string, parts ...string) {
			if s := strings.TrimSpace(strings.Join(parts, " ")); s != "" {
				fmt.Fprintf(&b, "  %s %s\n", name, s)
			}
		}
		tell("who", g.Principal.Kind, quoted(g.Principal.Name), unsure(g.Principal.Known))
		for _, h := range g.Principal.Hosts {
			tell("host", h.Type, quoted(h.Name), h.Maybe)
		}
		role := []string{quoted(g.Role.Name), unsure(g.Role.Known), g.Role.Power.Name()}
		if g.Role.Custom {
			role = append(role, "custom")
		}
		if g.Role.Evidence != "" {
			role = append(role, "by "+g.Role.Evidence)
		}
		tell("gets", role...)
		tell("on", g.Scope.Level, g.Scope.Type, quoted(g.Scope.Name))
		tell("condition", g.Condition)
		tell("if", g.Maybe)
		tell("note", g.Note)
		tell("through", strings.Join(g.Chain, " > "))
		tell("sets", strings.Join(g.Sets, " "))
		if g.Count != 1 {
			tell("count", fmt.Sprint(g.Count))
		}
	}
	for _, id := range a.Identities {
		fmt.Fprintf(&b, "%s:%d %s %s, %d hosts\n", id.At.File, id.At.From.Line, id.Principal.Kind, quoted(id.Principal.Name), len(id.Principal.Hosts))
	}
	for _, p := range a.Problems {
		fmt.Fprintf(&b, "%s: %s\n", p.Kind, p.Message)
	}
	return b.String()
}

func quoted(s string) string { return "'" + s + "'" }

func unsure(known bool) string {
	if known {
		return ""
	}
	return "(not known)"
}
