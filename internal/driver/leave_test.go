package driver

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/internal/discover"
)

// TestVisitRoots holds that the same units are looked at, whatever pulls in what, as
// if nothing were left to others.
func TestVisitRoots(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		names := []string{"a.json", "b.json", "c.json", "n/d.json", "n/e.json", "n/m/f.json", "o/g.json"}
		texts := map[string]string{}
		for _, name := range names {
			texts[name] = linking(r, name, names)
		}
		o := Options{Jobs: 1 + int(seed%3), Read: func(name string) ([]byte, error) {
			if text, ok := texts[name]; ok {
				return []byte(text), nil
			}
			return nil, fs.ErrNotExist
		}}
		for _, name := range names {
			o.Files = append(o.Files, discover.File{Path: name, Kind: discover.Template, Named: r.IntN(8) == 0})
		}
		look := func(_ *worker, u *Unit, res *result) { res.taken = u.Root }
		want := throughOthers(visit(o, look, plan(o)))
		got := throughOthers(visitRoots(o, look, plan(o)))
		if diff := cmp.Diff(taken[string](want), taken[string](got)); diff != "" {
			t.Fatalf("seed %d, %v: %s", seed, texts, diff)
		}
		for i := range want {
			if diff := cmp.Diff(want[i].uses, got[i].uses) + cmp.Diff(want[i].reads, got[i].reads); diff != "" {
				t.Fatalf("seed %d: %s", seed, diff)
			}
		}
	}
}

// linking is a template that pulls in some others, perhaps itself too, or what is not
// there.
func linking(r *rand.Rand, name string, names []string) string {
	var links []string
	for range r.IntN(3) {
		to := strings.Repeat("../", strings.Count(name, "/")) + append(names, "none.json")[r.IntN(len(names)+1)]
		links = append(links, linkTo(to, len(links)))
	}
	return deploying(links...)
}

func deploying(links ...string) string {
	return `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
		"resources": [` + strings.Join(links, ",") + `]}`
}

func linkTo(path string, n int) string {
	return fmt.Sprintf(`{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "m%d",
		"properties": {"mode": "Incremental", "templateLink": {"relativePath": %q}}}`, n, path)
}

// TestLeft holds that what others pull in is not looked at when its turn comes.
func TestLeft(t *testing.T) {
	o := Options{Jobs: 1, Read: func(name string) ([]byte, error) {
		if name == "main.json" {
			return []byte(deploying(linkTo("a/b.json", 0))), nil
		}
		return []byte(deploying()), nil
	}}
	for _, name := range []string{"a/b.json", "a/c.json", "main.json"} {
		o.Files = append(o.Files, discover.File{Path: name, Kind: discover.Template})
	}
	var looks atomic.Int32
	results := visitRoots(o, func(*worker, *Unit, *result) { looks.Add(1) }, plan(o))
	if looks.Load() != 2 || len(results) != 3 || !results[0].left || results[0].unit.file.Path != "a/b.json" {
		t.Errorf("%d looks, %+v", looks.Load(), results)
	}
}
