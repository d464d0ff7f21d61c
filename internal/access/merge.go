package access

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	model "github.com/rolecall/rolecall/report/access"
)

// row is what tells rows apart: copies, also by way of several modules, and
// parameter sets in which all of it is alike are one row.
type row struct {
	plane, principal, role, roleID, scope, condition, maybe, note string
	file, root                                                    string
	start                                                         int
	power                                                         model.Power
}

func rowOf(g model.Grant) row {
	return row{
		g.Plane, g.Principal.Key, g.Role.Name, g.Role.ID, g.Scope.Level + " " + g.Scope.Type + " " + g.Scope.Name + " " + g.Scope.ID,
		g.Condition, g.Maybe, g.Note, g.At.File, g.Root, g.At.Start, g.Role.Power,
	}
}

// merged makes one list of the rows of all units, sorted.
func merged(units []taken) []model.Grant {
	told := statements(units)
	at := map[row]int{}
	sets := setsOf(units)
	var out []model.Grant
	for _, u := range units {
		inUnit := map[row]int{}
		for _, g := range u.grants {
			if u.waits && told.cover(g) {
				continue
			}
			k := rowOf(g)
			inUnit[k]++
			i, ok := at[k]
			if !ok {
				i = len(out)
				at[k] = i
				out = append(out, g)
			} else {
				join(&out[i], g)
			}
			out[i].Count = max(out[i].Count, inUnit[k])
		}
	}
	for i := range out {
		if len(out[i].Sets) == sets[out[i].Root] { // it holds in all of them
			out[i].Sets = nil
		}
		slices.Sort(out[i].Sets)
	}
	agree(out)
	sort.SliceStable(out, func(i, j int) bool { return model.Compare(out[i], out[j]) < 0 })
	return out
}

// agree makes the same principals alike: what one grant tells of an object id,
// its kind or what people call it, holds for all.
func agree(grants []model.Grant) {
	best := map[string]model.Principal{}
	for _, g := range grants {
		p, ok := best[g.Principal.Key]
		switch q := g.Principal; {
		case !ok:
			best[q.Key] = q
		default:
			if p.Kind == model.OtherPrincipal {
				p.Kind = q.Kind
			}
			if len(q.Name) > len(p.Name) {
				p.Name = q.Name
			}
			p.Hosts = distinct(append(slices.Clip(p.Hosts), q.Hosts...))
			best[q.Key] = p
		}
	}
	for i := range grants {
		grants[i].Principal = best[grants[i].Principal.Key]
	}
}

// setsOf counts the parameter sets of each root that tell something of their
// own.
func setsOf(units []taken) map[string]int {
	out := map[string]int{}
	for _, u := range units {
		if _, ok := out[u.root]; !ok {
			out[u.root] = u.sets
		}
		if u.waits {
			out[u.root]--
		}
	}
	return out
}

// join adds what only the other of two rows that are alike has.
func join(g *model.Grant, other model.Grant) {
	for _, s := range other.Sets {
		if !slices.Contains(g.Sets, s) {
			g.Sets = append(g.Sets, s)
		}
	}
	g.Principal.Hosts = distinct(append(slices.Clip(g.Principal.Hosts), other.Principal.Hosts...))
}

// identities makes one list of the identities of all units.
func identities(units []taken) []model.Identity {
	told := statements(units)
	at := map[string]int{}
	var out []model.Identity
	for _, u := range units {
		for _, id := range u.identities {
			if u.waits && told.identity(u.root, id) {
				continue
			}
			i, ok := at[id.Principal.Key]
			if !ok {
				at[id.Principal.Key] = len(out)
				out = append(out, id)
				continue
			}
			hosts := append(slices.Clip(out[i].Principal.Hosts), id.Principal.Hosts...)
			out[i].Principal.Hosts = distinct(hosts)
			out[i].Declared = out[i].Declared || id.Declared
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := &out[i], &out[j]
		return cmp.Or(a.Principal.Compare(b.Principal), strings.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Start, b.At.Start)) < 0
	})
	return out
}
