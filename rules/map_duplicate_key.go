package rules

import (
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// UA006 reports an identity that stands twice in one map. Ids differ neither
// by case nor by the expression that yields them.
var UA006 = add("UA006", func(p *Pass) {
	p.eachMap(func(r *eval.Resource, keys []mapKey, when value.Condition) {
		if template.IsClosed(r.Type) {
			return // such a module unites what it is given
		}
		before := keysByID{}
		for i, k := range keys {
			for _, n := range before.add(k, i) {
				earlier := keys[n]
				id, both, same := sameKey(earlier.Key, k.Key)
				both, ok := joined(when, both)
				if !same || !ok {
					continue
				}
				p.report("duplicate", Finding{
					At: k.At, Resource: r, Path: "identity.userAssignedIdentities", When: both,
					Message: fmt.Sprintf("'%s' stands twice in userAssignedIdentities", value.Show(id)),
					Related: firstKey(earlier, k),
				})
				break
			}
		}
	})
})

// keysByID are the numbers of the keys of a map by the ids that they may be:
// those that share none are not compared.
type keysByID map[string][]int

// add takes the key of a number and returns those before it that may be the same,
// in their order.
func (m keysByID) add(k mapKey, number int) []int {
	var ids []string
	for _, alt := range k.Key.Alternatives() {
		if isID(alt.Value) {
			ids = append(ids, resourceid.Key(alt.Value))
		}
	}
	var earlier []int
	for _, id := range ids {
		earlier = append(earlier, m[id]...)
	}
	for _, id := range ids {
		m[id] = append(m[id], number)
	}
	slices.Sort(earlier)
	return slices.Compact(earlier)
}

func firstKey(earlier, k mapKey) []Related {
	if k.From.IsValid() {
		return []Related{{earlier.From, "it stands here first"}, {k.From, "and here again"}}
	}
	return []Related{{earlier.At, "it stands here first"}}
}

// sameKey is the id that two keys surely share, and the condition for it.
func sameKey(a, b value.Value) (value.Value, value.Condition, bool) {
	for _, x := range a.Alternatives() {
		for _, y := range b.Alternatives() {
			when, feasible := x.When.And(y.When)
			if feasible && !x.Offered && !y.Offered && sameID(x.Value, y.Value) {
				return y.Value, when, true
			}
		}
	}
	return value.None, nil, false
}

func sameID(a, b value.Value) bool {
	if !isID(a) || !isID(b) {
		return false
	}
	return resourceid.Key(a) == resourceid.Key(b)
}

// isID tells whether a value may be compared as an id: text with or without
// holes, or an unknown text, but no error.
func isID(v value.Value) bool {
	if s, ok := v.Str(); ok {
		return s != "" && !isPlaceholder(s)
	}
	_, failed := v.Err()
	return !failed && (v.Kind == value.Text || v.Kind == value.Unknown)
}
