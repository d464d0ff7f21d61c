package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/expanded"
	"github.com/rolecall/rolecall/internal/front"
	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// side is one of the two forms of a module.
type side struct {
	tree  *tree.Tree
	front *front.Front
}

// open prepares to read what stands beside the pair, with the harvested
// modules as the module cache.
func open(dir, cache string) side {
	t, err := tree.Open(dir)
	if err != nil {
		fatal(err)
	}
	f := front.New(t)
	f.SetCache(cache)
	return side{t, f}
}

// cacheFolder writes the harvested modules to where the front end looks for
// them.
func cacheFolder(modules map[string]template.Tree) string {
	dir, err := os.MkdirTemp("", "bicepcompare")
	if err != nil {
		fatal(err)
	}
	for name, t := range modules {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			fatal(err)
		}
		if err := os.WriteFile(path, arm(t), 0o644); err != nil {
			fatal(err)
		}
	}
	return dir
}

// compare runs what makes a multiset of lines out of a file for both forms of
// each pair, and tells where the sets differ and how long each form took.
func compare(what string, dirs []string, lines func(s side, file string) []string) {
	list := pairs(dirs, "main.json")
	cache := cacheFolder(harvest(list))
	defer os.RemoveAll(cache)
	top, err := filepath.Abs(dirs[0])
	if err != nil {
		fatal(err)
	}
	s := open(top, cache)
	same, total := 0, 0
	var ours, theirs time.Duration
	for _, p := range list {
		t0 := time.Now()
		got := lines(s, rel(top, p.source))
		t1 := time.Now()
		want := lines(s, rel(top, p.compiled))
		ours, theirs = ours+t1.Sub(t0), theirs+time.Since(t1)
		slices.Sort(got)
		slices.Sort(want)
		total += len(want)
		if slices.Equal(got, want) {
			same++
			continue
		}
		fmt.Printf("%s:\n", p.source)
		printOnly("    ours   ", got, want)
		printOnly("    theirs ", want, got)
	}
	fmt.Printf("%s: %d of %d pairs equal, %d lines; Bicep took %v, JSON %v\n", what, same, len(list), total,
		ours.Round(time.Millisecond), theirs.Round(time.Millisecond))
}

func rel(top, path string) string {
	r, err := filepath.Rel(top, path)
	if err != nil {
		fatal(err)
	}
	return filepath.ToSlash(r)
}

func printOnly(head string, list, without []string) {
	n := 0
	rest := slices.Clone(without)
	for _, l := range list {
		if i := slices.Index(rest, l); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
			continue
		}
		if n++; n <= 3 {
			fmt.Println(head + l[:min(len(l), 1000)])
		}
	}
}

// expand compares what both forms deploy: resources with resolved values.
func expand(dirs []string) {
	compare("expanded", dirs, func(s side, file string) []string {
		u, err := facts.Load(facts.Options{Root: file, Front: s.front.Lower}, s.tree.ReadFile)
		if err != nil {
			return []string{"error: " + err.Error()}
		}
		var list []map[string]any
		if err := json.Unmarshal(expanded.JSON(u.Deployment, true, func(s string) string { return s }), &list); err != nil {
			return []string{"error: " + err.Error()}
		}
		var out []string
		for _, r := range list {
			if r["existing"] == true {
				continue // compilers without symbolic names leave them out
			}
			for _, k := range []string{"dependsOn", "metadata", "symbol"} {
				delete(r, k)
			}
			kind, _ := r["type"].(string)
			if r["type"] = strings.ToLower(kind); strings.EqualFold(kind, "Microsoft.Resources/deployments") {
				delete(r, "properties") // what it deploys is in the list too
				delete(r, "apiVersion")
			}
			b, _ := json.Marshal(r)
			out = append(out, strings.ToLower(version.ReplaceAllString(string(b), "deployments‹id›, ‹version›")))
		}
		return out
	})
}

// version is that of a deployment in a call of reference().
var version = regexp.MustCompile(`deployments'[^)]*\), '20\d\d-\d\d-\d\d'`)

// findings compares what is found in both forms: rule, severity, resource and
// message.
func findings(dirs []string) {
	compare("findings", dirs, func(s side, file string) []string {
		kind := discover.Template
		if strings.HasSuffix(file, ".bicep") {
			kind = discover.Bicep
		}
		r := driver.Run(driver.Options{
			Files: []discover.File{{Path: file, Kind: kind, Named: true}}, Read: s.tree.ReadFile, Front: s.front.Lower,
			Rules: rules.All(), Profile: rules.Pedantic, Jobs: 1,
		})
		var out []string
		for _, p := range r.Problems {
			out = append(out, "problem: "+p.Message)
		}
		for _, f := range r.Findings {
			out = append(out, strings.ToLower(describe(f)))
		}
		return out
	})
}

func describe(f report.Finding) string {
	return bicep.Words(fmt.Sprintf("%s %v %s %s %s | %s", f.Rule.ID, f.Severity, f.Resource.Type, f.Resource.Name, strings.Join(f.Chain, ">"), f.Message))
}
