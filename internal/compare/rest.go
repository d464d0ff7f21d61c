package compare

import "github.com/rolecall/rolecall/report/access"

// rest tells the grants that are on one side only. What another grant of the
// same principal allows is neither new nor gone.
func (m *matcher) rest(s sides, allOld, allNew []*item) {
	before, after := buckets(allOld), buckets(allNew)
	for _, n := range s.new {
		switch by := coveredBy(n, before[n.bucket()], after[n.bucket()]); {
		case n.undecided():
			m.add(access.NotKnown, nil, n, n.notKnown("is"))
		case by != nil:
			m.add(access.Restated, nil, n, "it adds nothing to '"+by.grant.Role.Name+"' on "+scopeWords(by)+", which was granted before")
		default:
			m.add(access.Added, nil, n)
		}
	}
	for _, o := range s.old {
		by := coveredBy(o, after[o.bucket()], before[o.bucket()])
		if by != nil && !o.undecided() {
			m.add(access.Restated, o, nil, "it is gone, and allowed by '"+by.grant.Role.Name+"' on "+scopeWords(by))
			continue
		}
		m.add(access.Removed, o, nil)
	}
}

// coveredBy returns a grant of the other side that allows all that i does. Of
// principals that are written alike it is not known which of them has it.
func coveredBy(i *item, list, own []*item) *item {
	if len(list) > maxAlike || len(own) > maxAlike || i.open() && (several(list, i.grant.Root) || several(own, i.grant.Root)) {
		return nil
	}
	for _, other := range list {
		if other.undecided() || other.open() && other.grant.Root != i.grant.Root {
			continue
		}
		if r, ok := relate(other, i); ok && r.within() {
			return other
		}
	}
	return nil
}

// several reports whether the grants that a template makes are for principals
// that are written alike.
func several(list []*item, root string) bool {
	first := ""
	for _, i := range list {
		switch {
		case i.grant.Root != root:
		case first == "":
			first = i.grant.Principal.Key
		case first != i.grant.Principal.Key:
			return true
		}
	}
	return false
}
