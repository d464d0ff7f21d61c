package rules

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// clashes finds the role assignments with the id of one before them: another
// declaration of the same template, or another copy of a loop. What is
// deployed again as it is, by a module that is used twice, is no clash.
func (p *Pass) clashes() map[*eval.Resource]*eval.Resource {
	out := map[*eval.Resource]*eval.Resource{}
	first := map[string]*eval.Resource{}
	for r := range p.deployed {
		if !r.Is(facts.RoleAssignments) || r.Symbolic {
			continue
		}
		key := resourceid.Key(r.ID())
		o := first[key]
		if o == nil {
			first[key] = r
			continue
		}
		if decided(r.Name()) && (o.Instance == r.Instance || o.Decl.At == r.Decl.At && differ(o, r)) && meet(o, r) {
			out[r] = o
		}
	}
	return out
}

// decided tells whether a name is known, but for what is the same throughout
// the deployment.
func decided(v value.Value) bool {
	var s sources
	s.symbols(v)
	return v.Kind != value.Choice && !s.vague
}

// differ tells whether two grants surely differ in principal or role.
func differ(a, b *eval.Resource) bool {
	x, y := partsOf(a), partsOf(b)
	for i := 1; i < len(x); i++ {
		if value.Equal(x[i].value, y[i].value) == value.No {
			return true
		}
		r, _ := eval.ReferenceOf(x[i].value)
		s, _ := eval.ReferenceOf(y[i].value)
		if r != nil && s != nil && value.Equal(r.ID, s.ID) == value.No {
			return true
		}
	}
	return false
}

// meet tells whether two resources are surely deployed together, or the one
// whenever the other is.
func meet(a, b *eval.Resource) bool {
	if a.State == eval.Maybe && b.State == eval.Maybe {
		_, ok := joined(a.When, b.When)
		return ok && len(a.When) > 0 && len(b.When) > 0
	}
	return together(a.When, b.When)
}

func (p *Pass) reportClash(r, other *eval.Resource) {
	related := []Related{{spot(other, "name"), "the role assignment with the same name"}}
	if r.Decl.At != other.Decl.At {
		p.reportSeed("shared", r, related, "another role assignment of the template has the same name: Azure does not take one resource twice")
		return
	}
	p.reportSeed("loop", r, nil, "copies of the loop get the same name: only one role assignment can have it")
}

// sameInLoop says in which loop all copies of a role assignment get the same
// name, "" if in none. If each copy has a scope of its own, nothing is said.
func (p *Pass) sameInLoop(r *eval.Resource) string {
	if c := r.Decl.Copy; c != nil && (r.Symbolic || r.Copy >= 0) && p.repeats(r) && !p.usesIndex(r) {
		return fmt.Sprintf("all copies of the loop '%s' get the same name, as it does not depend on copyIndex(): only one role assignment can have it", c.Name)
	}
	for by := r.Instance.By; by != nil; by = by.Instance.By {
		if by.Decl.Copy != nil && by.Symbolic && p.repeats(by) && sameInModules(r, by) {
			return fmt.Sprintf("all copies of the loop '%s' give the role assignment the same name, as it does not depend on copyIndex(): only one can have it", by.Decl.Copy.Name)
		}
	}
	return ""
}

// repeats tells whether the loop over r can make more than one copy: its count
// is, or may be, more, or is the length of a list.
func (p *Pass) repeats(r *eval.Resource) bool {
	for _, alt := range r.Env().Eval(r.Decl.Copy.Count).Alternatives() {
		if n, ok := alt.Value.Int(); n > 1 || !ok {
			return true
		}
	}
	n := written{tree: r.Decl.Copy.Count}.expression()
	return n != nil && n.Kind == expr.Call && (value.FoldEqual(n.Text, "length") || value.FoldEqual(n.Text, "parameters"))
}

// usesIndex tells whether the name, or the scope, asks for the number of the
// copy, or may do so.
func (p *Pass) usesIndex(r *eval.Resource) bool {
	for _, member := range []string{"name", "scope"} {
		w, ok := p.written(r, member)
		if !ok || w.calls("copyIndex") {
			return true
		}
	}
	return false
}

// sameInModules tells whether neither name nor scope depend on the number of
// the copy of the deployment that r is part of, while principal or role do.
func sameInModules(r, by *eval.Resource) bool {
	index := func(s *value.Symbol) bool {
		return strings.HasSuffix(s.Key, "copyIndex"+strconv.Itoa(int(by.Decl.At)))
	}
	if madeFrom(r.Name(), index) != nil || !decided(r.Name()) {
		return false
	}
	varies := false
	for i, part := range partsOf(r) {
		if madeFrom(part.value, index) == nil {
			continue
		}
		if varies = true; i == 0 {
			return false
		}
	}
	return varies
}
