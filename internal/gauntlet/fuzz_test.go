package gauntlet_test

import (
	"path"
	"reflect"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/gauntlet"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// through takes a file through everything. It returns the outcome.
func through(t *testing.T, front facts.Front, files ruletest.Files, root string) gauntlet.Outcome {
	t.Helper()
	o := options(front, files, root)
	out := gauntlet.Run(o)
	for _, fault := range out.Faults {
		t.Error(fault)
	}
	return out
}

func options(front facts.Front, files ruletest.Files, root string) driver.Options {
	kind := discover.Unknown
	if path.Ext(root) == ".bicep" {
		kind = discover.Bicep
	}
	return driver.Options{Files: []discover.File{{Path: root, Kind: kind, Named: true}}, Read: files.Read, Front: front}
}

// again holds that a second analysis tells the same.
func again(t *testing.T, o driver.Options, first gauntlet.Outcome) {
	t.Helper()
	o.Rules, o.Profile, o.Hashes, o.Jobs = rules.All(), rules.Pedantic, true, 1
	if second := driver.Run(o); first.Report != nil && !reflect.DeepEqual(second, first.Report) {
		t.Errorf("the second time, the report differs:\n%+v\n%+v", first.Report, second)
	}
}

// TestArchives takes the templates of all archives through everything.
func TestArchives(t *testing.T) {
	front := ruletest.Front(t)
	found := 0
	ruletest.Archives(t, func(_ string, files ruletest.Files, root string) {
		found += len(through(t, front, files, root).Report.Findings)
	})
	if found < 1000 {
		t.Errorf("only %d findings were looked at", found)
	}
}

// FuzzJSON holds that no JSON makes a part of rolecall fail, and that the same
// is told each time.
func FuzzJSON(f *testing.F) {
	ruletest.Archives(f, func(_ string, files ruletest.Files, root string) {
		if path.Ext(root) == ".json" {
			f.Add(files[root])
		}
	})
	fuzz(f, "main.json")
}

// FuzzBicep is FuzzJSON for Bicep source.
func FuzzBicep(f *testing.F) {
	ruletest.Archives(f, func(_ string, files ruletest.Files, root string) {
		if path.Ext(root) == ".bicep" {
			f.Add(files[root])
		}
	})
	fuzz(f, "main.bicep")
}

func fuzz(f *testing.F, root string) {
	front := ruletest.Front(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 20_000 {
			return
		}
		files := ruletest.Files{
			root: text, "child.bicep": "param p string\noutput id string = p\n", "data.json": `{"a": ["b", {"c": 1}]}`,
			"nested.json": strings.ReplaceAll(text, "main.json", "data.json"),
		}
		again(t, options(front, files, root), through(t, front, files, root))
	})
}
