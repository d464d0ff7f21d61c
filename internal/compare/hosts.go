package compare

import (
	"slices"

	"github.com/rolecall/rolecall/report/access"
)

// hosts tells the resources that run with an identity and did not before, and
// those that no longer do. Whoever controls a host may act with its identities.
// Of an identity that is new, the grants tell its hosts.
func (m *matcher) hosts(old, fresh *access.Access) {
	before, after := attached(old), attached(fresh)
	for _, id := range fresh.Identities {
		was, existed := before[principalKey(id.Principal)]
		if existed || !id.Declared {
			m.gained(id.Principal, was)
		}
	}
	for _, id := range old.Identities {
		if is, exists := after[principalKey(id.Principal)]; exists {
			m.lost(id.Principal, is)
		}
	}
}

// attached are the hosts of each identity.
func attached(a *access.Access) map[string][]access.Host {
	out := map[string][]access.Host{}
	for _, id := range a.Identities {
		k := principalKey(id.Principal)
		out[k] = append(out[k], id.Principal.Hosts...)
	}
	return out
}

func (m *matcher) gained(p access.Principal, was []access.Host) {
	if p.Kind != access.UserAssigned {
		return
	}
	for _, h := range p.Hosts {
		old, found := like(h, was)
		switch {
		case !found:
			m.host(access.Widened, p, h, hostWords(h)+" runs with it now, and may do all that it may")
		case old.Maybe == h.Maybe:
		case h.Maybe == "":
			m.host(access.Widened, p, h, hostWords(h)+" always runs with it, no longer only if "+old.Maybe)
		case old.Maybe == "":
			m.host(access.Narrowed, p, h, hostWords(h)+" runs with it only if "+h.Maybe)
		default:
			m.host(access.NotComparable, p, h, hostWords(h)+" runs with it if "+h.Maybe+", before if "+old.Maybe)
		}
	}
}

func (m *matcher) lost(p access.Principal, is []access.Host) {
	if p.Kind != access.UserAssigned {
		return
	}
	for _, h := range p.Hosts {
		if _, found := like(h, is); !found {
			m.host(access.Narrowed, p, h, hostWords(h)+" no longer runs with it")
		}
	}
}

// like finds a host among others, that of the same condition first.
func like(h access.Host, list []access.Host) (found access.Host, ok bool) {
	same := func(o access.Host) bool { return fold(o.Type+" "+o.ID) == fold(h.Type+" "+h.ID) }
	if i := slices.IndexFunc(list, func(o access.Host) bool { return same(o) && o.Maybe == h.Maybe }); i >= 0 {
		return list[i], true
	}
	if i := slices.IndexFunc(list, same); i >= 0 {
		return list[i], true
	}
	return access.Host{}, false
}

func hostWords(h access.Host) string { return "'" + h.Label() + "'" }

func (m *matcher) host(kind access.ChangeKind, p access.Principal, h access.Host, reason string) {
	m.changes = append(m.changes, access.Change{Kind: kind, Principal: p, Reasons: []string{reason}, At: h.At})
}
