package rules

import (
	"fmt"
	"sort"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// ID001 reports resources with a feature that signs in as the resource while
// the resource has no identity, or not of the kind that the feature takes.
var ID001 = add("ID001", func(p *Pass) {
	lacking := p.lacking()
	for r := range p.deployed {
		if l := lacking[r]; len(l) > 0 {
			p.reportLacking(r, l)
		}
	}
})

// use is one use of a feature.
type use struct {
	host *eval.Resource
	on   *eval.Resource // with the property
	what string
	need need
	late bool
	at   value.Span
	when value.Condition
}

// lack is a use for which the host has no identity.
type lack struct {
	use
	identityCase
	when value.Condition
}

// lacking returns, for each host, the features that lack their identity.
func (p *Pass) lacking() map[*eval.Resource][]lack {
	if p.lack == nil {
		p.lack = p.findLacking()
	}
	return p.lack
}

func (p *Pass) findLacking() map[*eval.Resource][]lack {
	ids := p.byID()
	out := map[*eval.Resource][]lack{}
	note := func(u use) {
		if _, ok := p.judgeable(u.host.Type); !ok || maybeExists(u.host) || ids.elsewhere(u.host) {
			return
		}
		for _, c := range identityCases(u.host) {
			when, ok := joined(u.when, c.When)
			if ok && !c.Offered && c.lacks(u.need) && together(when, u.host.When, u.on.When) {
				out[u.host] = append(out[u.host], lack{u, c, when})
			}
		}
	}
	for r := range p.deployed {
		ids.uses(r, note)
	}
	p.settingUses(note)
	return out
}

// together tells whether the conditions do not exclude each other.
func together(conditions ...value.Condition) bool {
	all, ok := value.Condition(nil), true
	for _, c := range conditions {
		if all, ok = all.And(c); !ok {
			return false
		}
	}
	return true
}

// lacks tells whether there is surely no identity of the kind.
func (c identityCase) lacks(n need) bool {
	if c.Absent {
		return true
	}
	if !c.Known || unknownWord(c.Kinds) != "" {
		return false
	}
	switch n {
	case needAny:
		return c.Kinds.None()
	case needSystem:
		return !c.Kinds.System()
	case needUser:
		return !c.Kinds.User()
	}
	return false
}

// reportLacking tells of all features of one resource at once: the gravest
// comes first, and what holds always before what holds under a condition.
func (p *Pass) reportLacking(r *eval.Resource, l []lack) {
	sort.SliceStable(l, func(i, j int) bool {
		a, b := &l[i], &l[j]
		return graver(a.late, a.when, b.late, b.when)
	})
	first := l[0]
	grade, consequence := failure(first.late)
	f := Finding{At: Head(r), Resource: r, Path: "identity", When: first.when}
	f.Message = fmt.Sprintf("%s %s, which '%s' does not have: %s", first.what, needs(l), called(r), consequence)
	for _, other := range l {
		if len(f.Related) < 8 && other.at.IsValid() {
			f.Related = append(f.Related, Related{other.at, other.what + " needs " + other.need.String()})
		}
	}
	if !first.Absent {
		f.Related = append(f.Related, Related{spot(r, "identity", "type"), fmt.Sprintf("the identity is '%s'", first.Kinds.Text)})
	}
	f.Related = append(f.Related, p.neededGrants(r)...)
	f.Related = append(f.Related, because(r, "the identity", "identity", "type")...)
	p.report(grade, f)
}

// graver tells whether what fails comes before something else: what Azure
// rejects before what fails late, and what holds always before what holds under
// a condition.
func graver(late bool, when value.Condition, otherLate bool, other value.Condition) bool {
	if late != otherLate {
		return otherLate
	}
	return len(when) == 0 && len(other) > 0
}

// failure is the grade of what fails, late or not, and its words.
func failure(late bool) (grade, consequence string) {
	if late {
		return "fails at run time", "it fails at run time"
	}
	return "rejected", "Azure rejects the deployment"
}

// needs says what the features need that lack an identity: the first of them
// is named before it, the others are counted.
func needs(l []lack) string {
	seen := map[value.Span]bool{}
	n := l[0].need
	for _, x := range l {
		seen[x.at] = true
		if x.need != n {
			n = needAny
		}
	}
	switch others := len(seen) - 1; others {
	case 0:
		return "needs " + n.String()
	case 1:
		return "and 1 other feature need " + n.String()
	default:
		return fmt.Sprintf("and %d other features need %s", others, n)
	}
}
