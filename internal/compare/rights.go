package compare

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// rights are the permissions of a grant, one block for each of the model.
type rights struct {
	known  bool // all of them
	blocks []azure.Permissions
	keys   []string // of the blocks: texts that equal ones share
}

func rightsOf(g *access.Grant) rights {
	r := rights{known: g.Role.Known && len(g.Role.Permissions) > 0}
	for _, p := range g.Role.Permissions {
		r.add(azure.Permissions{
			Actions: p.Actions, NotActions: p.NotActions, DataActions: p.DataActions, NotDataActions: p.NotDataActions,
			Condition: p.Condition != "",
		}, squeeze(p.Condition))
	}
	if g.Plane == facts.KeyVaultPolicy.String() && g.Role.Known {
		r.known = true
		r.add(vaultRights(g.Role.Name), "")
	}
	return r
}

func (r *rights) add(p azure.Permissions, condition string) {
	r.blocks, r.keys = append(r.blocks, p), append(r.keys, blockKey(p)+"\x02"+condition)
}

// vaultRights reads the rights of an access policy as they are told, "keys:
// get, list; secrets: all", as permissions such as "keys/get".
func vaultRights(name string) azure.Permissions {
	var p azure.Permissions
	for part := range strings.SplitSeq(name, "; ") {
		kind, words, _ := strings.Cut(part, ": ")
		for w := range strings.SplitSeq(words, ", ") {
			if strings.EqualFold(w, "all") {
				w = "*"
			}
			if w != "" {
				p.DataActions = append(p.DataActions, kind+"/"+w)
			}
		}
	}
	return p
}

// key is a text that equal rights share, in whatever order and case they are
// written.
func (r *rights) key() string {
	keys := slices.Sorted(slices.Values(r.keys))
	return flag(r.known) + strings.Join(slices.Compact(keys), "\x03")
}

func blockKey(p azure.Permissions) string {
	var lists []string
	for _, list := range [][]string{p.Actions, p.NotActions, p.DataActions, p.NotDataActions} {
		folded := make([]string, len(list))
		for i, s := range list {
			folded[i] = fold(s)
		}
		slices.Sort(folded)
		lists = append(lists, strings.Join(slices.Compact(folded), ","))
	}
	return strings.Join(lists, ";")
}

// beyond returns the permissions of r that others do not surely cover. Blocks
// that both have, conditions included, need no covering.
func (r *rights) beyond(others *rights) []string {
	var out []string
	for i, p := range r.blocks {
		if slices.Contains(others.keys, r.keys[i]) {
			continue
		}
		for _, a := range p.Actions {
			one := azure.Permissions{Actions: []string{a}, NotActions: p.NotActions}
			if !azure.Covers(others.blocks, []azure.Permissions{one}) {
				out = append(out, a)
			}
		}
		for _, a := range p.DataActions {
			one := azure.Permissions{DataActions: []string{a}, NotDataActions: p.NotDataActions}
			if !azure.Covers(others.blocks, []azure.Permissions{one}) {
				out = append(out, a)
			}
		}
	}
	return out
}
