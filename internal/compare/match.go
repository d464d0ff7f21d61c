package compare

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/rolecall/rolecall/report/access"
)

// maxAlike bounds the grants of one principal that are compared each with
// each, and that have changed. What lies beyond is told as removed and added.
const maxAlike = 64

// sides are the grants that have no partner yet.
type sides struct{ old, new []*item }

// pair is an old and a new grant that belong together.
type pair struct {
	old, new *item
	relation *relation
	rank     int // the less, the more alike
}

// matcher finds for each grant what it was before.
type matcher struct {
	changes []access.Change
	same    int
}

// items are the grants of one side, each once per root template that makes it,
// and per principal: two that are written alike, of which a part is not known,
// may still be told apart within one side.
func items(grants []access.Grant) []*item {
	var out []*item
	for n := range grants {
		out = append(out, newItem(&grants[n]))
	}
	slices.SortStableFunc(out, func(a, b *item) int {
		return cmp.Or(byMeaning(a, b), strings.Compare(a.grant.Principal.Key, b.grant.Principal.Key))
	})
	return slices.CompactFunc(out, func(a, b *item) bool {
		return a.meaning == b.meaning &&
			(!a.open() || a.grant.Root == b.grant.Root && a.grant.Principal.Key == b.grant.Principal.Key)
	})
}

func byMeaning(a, b *item) int {
	return cmp.Or(strings.Compare(a.meaning, b.meaning), strings.Compare(a.grant.Root, b.grant.Root))
}

// equal takes out the grants that both sides have: those of the same root
// template first, then those that another one makes.
func (m *matcher) equal(s sides) sides {
	fresh := m.take(s, func(i *item) string { return i.meaning + "\x00" + i.grant.Root }, false)
	return m.take(fresh, func(i *item) string { return i.meaning }, true)
}

// take takes out pairs that have the same key.
func (m *matcher) take(s sides, key func(*item) string, moved bool) sides {
	waiting := map[string][]*item{}
	for _, o := range s.old {
		waiting[key(o)] = append(waiting[key(o)], o)
	}
	var left sides
	for _, n := range s.new {
		k := key(n)
		if len(waiting[k]) == 0 {
			left.new = append(left.new, n)
			continue
		}
		o := waiting[k][0]
		waiting[k] = waiting[k][1:]
		m.same++
		if moved && o.grant.Root != n.grant.Root {
			m.add(access.Moved, o, n, "it was made by "+o.grant.Root)
		}
	}
	for _, rest := range waiting {
		left.old = append(left.old, rest...)
	}
	slices.SortFunc(left.old, byMeaning)
	return left
}

// alike takes out the grants that changed: the most alike ones of the same
// principal first.
func (m *matcher) alike(s sides) sides {
	old, fresh := buckets(s.old), buckets(s.new)
	var pairs []pair
	for _, k := range slices.Sorted(maps.Keys(fresh)) {
		if len(old[k]) <= maxAlike && len(fresh[k]) <= maxAlike {
			pairs = append(pairs, candidates(old[k], fresh[k])...)
		}
	}
	return m.settle(s, pairs, func(p pair) {
		m.add(p.relation.kind(), p.old, p.new, p.relation.reasons()...)
	})
}

func buckets(list []*item) map[string][]*item {
	out := map[string][]*item{}
	for _, i := range list {
		out[i.bucket()] = append(out[i.bucket()], i)
	}
	return out
}

func candidates(old, fresh []*item) []pair {
	var out []pair
	for _, o := range old {
		for _, n := range fresh {
			if o.scope != n.scope && o.role != n.role || o.undecided() != n.undecided() {
				continue
			}
			if r, ok := relate(o, n); ok {
				out = append(out, pair{o, n, r, r.count()})
			}
		}
	}
	return out
}

// settle takes pairs in the order of their rank, each grant once. The order is
// the same if old and new are exchanged.
func (m *matcher) settle(s sides, pairs []pair, found func(pair)) sides {
	sort.SliceStable(pairs, func(i, j int) bool {
		a, b := pairs[i], pairs[j]
		return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(a.first(), b.first()), strings.Compare(a.last(), b.last())) < 0
	})
	used := map[*item]bool{}
	for _, p := range pairs {
		if !used[p.old] && !used[p.new] {
			used[p.old], used[p.new] = true, true
			found(p)
		}
	}
	unused := func(list []*item) []*item {
		return slices.DeleteFunc(slices.Clone(list), func(i *item) bool { return used[i] })
	}
	return sides{unused(s.old), unused(s.new)}
}

func (i *item) text() string { return i.meaning + "\x00" + i.grant.Root }

func (p pair) first() string { return min(p.old.text(), p.new.text()) }
func (p pair) last() string  { return max(p.old.text(), p.new.text()) }

// unknown takes out grants that are known on one side only, where all that is
// known of both is the same.
func (m *matcher) unknown(s sides) sides {
	byPlane := map[string][]*item{}
	for _, o := range s.old {
		byPlane[o.plane] = append(byPlane[o.plane], o)
	}
	var pairs []pair
	for _, n := range s.new {
		old := byPlane[n.plane]
		if len(old) > maxAlike || len(s.new) > maxAlike {
			continue
		}
		for _, o := range old {
			if rank, ok := agree(o, n); ok {
				pairs = append(pairs, pair{old: o, new: n, rank: rank})
			}
		}
	}
	return m.settle(s, pairs, func(p pair) {
		if p.new.undecided() {
			m.add(access.NotKnown, p.old, p.new, p.new.notKnown("is")+", and was before: "+words(p.old.grant))
		} else {
			m.add(access.NowKnown, p.old, p.new, p.old.notKnown("was")+" before: "+words(p.old.grant))
		}
	})
}

// agree compares a grant that is decided with one that is not; the rank is in
// how much more they could agree.
func agree(o, n *item) (rank int, ok bool) {
	if o.undecided() == n.undecided() {
		return 0, false
	}
	u, d := o, n
	if n.undecided() {
		u, d = n, o
	}
	for _, part := range []struct {
		known bool
		equal bool
	}{
		{u.grant.Principal.Known, u.principal == d.principal},
		{u.roleKnown(), u.role == d.role},
		{u.scopeKnown(), u.scope == d.scope},
	} {
		switch {
		case part.equal:
		case part.known:
			return 0, false
		default:
			rank++
		}
	}
	if rank == 3 {
		return 0, false // nothing is known of it
	}
	if o.grant.Resource.Symbol != n.grant.Resource.Symbol {
		rank += 3
	}
	return rank, true
}

func words(g *access.Grant) string {
	return g.Principal.Name + " as '" + g.Role.Name + "'"
}

func (m *matcher) add(kind access.ChangeKind, o, n *item, reasons ...string) {
	c := access.Change{Kind: kind, Reasons: reasons}
	if o != nil {
		c.Old, c.Principal, c.At = o.grant, o.grant.Principal, o.grant.At
	}
	if n != nil {
		c.New, c.Principal, c.At = n.grant, n.grant.Principal, n.grant.At
	}
	m.changes = append(m.changes, c)
}
