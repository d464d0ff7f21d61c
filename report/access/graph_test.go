package access

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestPathsAreGrants: each way through the picture is a grant that there is, and each grant is a way.
func TestPathsAreGrants(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		a := &Access{}
		for range 1 + r.IntN(30) {
			x := Grant{Principal: Principal{Key: fmt.Sprint(r.IntN(5))}, Role: Role{Name: fmt.Sprint(r.IntN(3))}, Scope: Scope{ID: fmt.Sprint(r.IntN(5))}}
			if r.IntN(4) == 0 {
				x.Condition = "a condition"
			}
			a.Grants = append(a.Grants, x)
		}
		g := newGraph(pick(a, 0).grants, nil)
		told := func(p, role, s int) string { return fmt.Sprint(p, g.nodes[role].label, g.nodes[role].note, s) }
		granted := map[string]bool{}
		for _, p := range g.paths {
			granted[told(p.principal, p.role, p.scope)] = true
		}
		ways := map[string]bool{}
		for _, in := range g.links {
			for _, out := range g.links {
				if in.to == out.from {
					ways[told(in.from, in.to, out.to)] = true
				}
			}
		}
		if len(ways) != len(granted) {
			t.Fatalf("seed %d: %d ways through the picture, %d grants", seed, len(ways), len(granted))
		}
		for w := range ways {
			if !granted[w] {
				t.Fatalf("seed %d: %s is no grant", seed, w)
			}
		}
	}
}

func TestInversions(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 2))
		var links []link
		for range r.IntN(30) {
			links = append(links, link{r.IntN(8), r.IntN(8)})
		}
		want := 0
		for _, a := range links {
			for _, b := range links {
				if a.from < b.from && a.to > b.to {
					want++
				}
			}
		}
		if got := inversions(links, 8); got != want {
			t.Fatalf("seed %d: %d crossings, want %d", seed, got, want)
		}
	}
}

// TestArrange: a picture that needs no crossings has none.
func TestArrange(t *testing.T) {
	a := &Access{}
	for i := range 12 {
		n := fmt.Sprint(i * 7 % 12)
		a.Grants = append(a.Grants, Grant{Role: Role{Name: fmt.Sprint(i * 5 % 12)}, Scope: Scope{ID: fmt.Sprint(i * 11 % 12)},
			Principal: Principal{Key: n, Hosts: []Host{{Name: "b" + n}, {Name: "a" + n}}}})
	}
	if n := newGraph(pick(a, 0).grants, nil).crossings(); n != 0 {
		t.Errorf("%d crossings", n)
	}
}

// TestManyHosts: a principal of many hosts does not fill the picture.
func TestManyHosts(t *testing.T) {
	p := Principal{Key: "p"}
	for i := range 500 {
		p.Hosts = append(p.Hosts, Host{Name: fmt.Sprint(i)})
	}
	g := newGraph([]*Grant{{Principal: p}}, nil)
	column := g.columns[hostColumn]
	if len(column) != hostLimit {
		t.Fatalf("%d hosts", len(column))
	}
	found := false
	for _, n := range column {
		found = found || g.nodes[n].label == "and 495 more"
	}
	if !found {
		t.Error("nothing tells of the others")
	}
}
