package compare_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/internal/access"
	"github.com/rolecall/rolecall/internal/compare"
	model "github.com/rolecall/rolecall/report/access"
)

// random makes up the access of templates out of few parts, so that much of it
// is alike.
func random(r *rand.Rand) *model.Access {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	a := &model.Access{Complete: true}
	for range r.IntN(8) {
		role, ok := access.BuiltIn(pick(owner, reader, contributor, blobReader, blobWriter, secretsUser))
		if !ok || r.IntN(6) == 0 {
			role = model.Role{Name: pick("‹r›", "unheard of")}
		}
		g := model.Grant{
			Plane: pick("Azure role", "Azure role", "eligible PIM request"), Role: role, Root: pick("a.json", "b.json"),
			Condition: pick("", "", "x", "y"), Maybe: pick("", "", "parameters('p')", "parameters('q')"),
			Principal: model.Principal{Kind: model.User, Name: pick("p1", "p2", "p3"), Known: true},
			Scope:     model.Scope{Level: "resource group", ID: pick("/subscriptions/s/resourceGroups/a", "/subscriptions/s/resourceGroups/a/providers/T/x/y", "/subscriptions/‹s›/resourceGroups/a")},
		}
		if r.IntN(5) == 0 {
			g.Principal = model.Principal{Kind: model.OtherPrincipal, Name: pick("‹p›", "‹q›")}
		}
		if r.IntN(4) == 0 {
			g.Sets = []string{pick("dev.json", "prod.json")}
		}
		g.At.File, g.At.Start = g.Root, len(a.Grants)
		a.Grants = append(a.Grants, g)
	}
	return a
}

// link writes which grant became which, with the kind of the change in the
// words of the direction from old to new.
func links(d *model.Diff, backwards bool) []string {
	mirrored := map[model.ChangeKind]string{
		model.Added: "one sided", model.Removed: "one sided", model.Restated: "restated", model.NotComparable: "changed",
		model.Widened: "changed", model.Narrowed: "changed", model.NotKnown: "known on one side", model.NowKnown: "known on one side",
		model.Moved: "moved",
	}
	var out []string
	for _, c := range d.Changes {
		old, fresh := c.Old, c.New
		if backwards {
			old, fresh = fresh, old
		}
		kind := mirrored[c.Kind]
		if kind == "known on one side" && (old == nil || fresh == nil) {
			kind = "one sided"
		}
		out = append(out, fmt.Sprintf("%s: %s -> %s", kind, short(old), short(fresh)))
	}
	slices.Sort(out)
	return out
}

func short(g *model.Grant) string {
	if g == nil {
		return "nothing"
	}
	return strings.Join([]string{g.Plane, g.Principal.Name, g.Role.Name, g.Scope.ID, g.Condition, g.Maybe, strings.Join(g.Sets, ","), g.Root}, " ")
}

// TestMirror holds that a state is equal to itself, and that exchanging old and
// new exchanges what changes say: the same pairs, added for removed, and no
// change that narrows access in both directions.
func TestMirror(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		a, b := random(r), random(r)
		for _, x := range []*model.Access{a, b} {
			if d := compare.Access(x, x); len(d.Changes) > 0 {
				t.Fatalf("seed %d: equal to itself: %q", seed, told(d))
			}
		}
		there, back := compare.Access(a, b), compare.Access(b, a)
		if diff := cmp.Diff(links(there, false), links(back, true)); diff != "" {
			t.Fatalf("seed %d (-there +back):\n%s", seed, diff)
		}
		if len(there.Changes) > 0 && !there.Widens() && !back.Widens() && there.Count(model.Restated)+there.Count(model.Moved) < len(there.Changes) {
			t.Fatalf("seed %d: narrower in both directions: %q, %q", seed, told(there), told(back))
		}
		if diff := cmp.Diff(told(there), told(compare.Access(a, b))); diff != "" {
			t.Fatalf("seed %d: not the same twice:\n%s", seed, diff)
		}
	}
}
