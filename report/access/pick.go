package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// selection is the part of the grants and identities that a picture shows.
type selection struct {
	grants []*Grant
	idle   []*Identity // that are granted nothing
	left   int         // grants that are left out
	unseen int         // identities that are left out
}

// pick chooses the grants of the greatest power until there are about limit nodes, and fills up with identities that
// are granted nothing. A limit of 0 takes all.
func pick(a *Access, limit int) selection {
	all := make([]*Grant, len(a.Grants))
	for i := range a.Grants {
		all[i] = &a.Grants[i]
	}
	var s selection
	seen := map[string]bool{}
	var chosen []int
	for _, i := range worstFirst(all) {
		keys := nodeKeys(&all[i].Principal)
		scope := scopeKey(&all[i].Scope)
		keys = append(keys, "role\x00"+roleKey(all[i])+"\x00"+scope, "scope\x00"+scope) // roles may share a node later
		if limit > 0 && len(seen) > 0 && len(seen)+fresh(seen, keys) > limit {
			break
		}
		remember(seen, keys)
		chosen = append(chosen, i)
	}
	s.left = len(all) - len(chosen)
	slices.Sort(chosen)
	for _, i := range chosen {
		s.grants = append(s.grants, all[i])
	}
	for _, id := range a.idle() {
		keys := nodeKeys(&id.Principal)
		if limit > 0 && len(seen)+fresh(seen, keys) > limit {
			s.unseen++
			continue
		}
		remember(seen, keys)
		s.idle = append(s.idle, id)
	}
	return s
}

// nodeKeys names the nodes that a principal and its hosts become.
func nodeKeys(p *Principal) []string {
	keys := []string{"principal\x00" + p.Key}
	for i := range min(len(p.Hosts), hostLimit) {
		keys = append(keys, "host\x00"+hostKey(&p.Hosts[i]))
	}
	return keys
}

func fresh(seen map[string]bool, keys []string) int {
	n := 0
	for _, k := range keys {
		if !seen[k] {
			n++
		}
	}
	return n
}

func remember(seen map[string]bool, keys []string) {
	for _, k := range keys {
		seen[k] = true
	}
}

// omitted says what is not drawn, and "" if all is.
func (s *selection) omitted() string {
	var parts []string
	if s.left > 0 {
		parts = append(parts, fmt.Sprintf("; drawn: the %d of the greatest power, left out: %d", len(s.grants), s.left))
	}
	if s.unseen > 0 {
		parts = append(parts, "; "+report.Plural(s.unseen, "identity", "identities")+" without grants left out")
	}
	return strings.Join(parts, "")
}
