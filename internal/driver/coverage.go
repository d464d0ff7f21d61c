package driver

import (
	"sort"
	"strings"

	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules/facts"
)

// declaration is an identity or a grant that the source declares, in plain
// terms.
type declaration struct {
	grant  bool
	file   string
	offset int
	state  facts.State
	told   report.Undecided
}

var states = [...]string{
	facts.NotDeployed: report.StateNotDeployed, facts.Decided: "", facts.Runtime: report.StateRuntime,
	facts.Parameter: report.StateParameter, facts.Limit: report.StateLimit, facts.NotUnderstood: report.StateNotUnderstood,
}

// declarations returns the declarations of a unit, each once: of several
// copies the worst state counts.
func (p *places) declarations(a *facts.Access) []declaration {
	type where struct {
		grant bool
		at    int
	}
	worst := map[where]facts.Declaration{}
	var order []where
	for _, d := range a.Coverage {
		k := where{d.Grant, int(d.At)}
		have, ok := worst[k]
		if !ok {
			order = append(order, k)
		}
		if !ok || d.State > have.State {
			worst[k] = d
		}
	}
	var out []declaration
	for _, k := range order {
		d := worst[k]
		at := p.u.Written(value.Span{Start: int32(d.At), End: int32(d.At) + 1})
		f := p.u.Source(at.Pos())
		if f == nil {
			continue
		}
		e := declaration{grant: d.Grant, file: f.Name, offset: int(at.Start) - f.Base, state: d.State}
		if d.State != facts.Decided {
			at := p.u.Written(headSpan(d))
			f := p.u.Source(at.Pos())
			e.told = report.Undecided{
				Kind: kindName(d.Grant), State: states[d.State], Reason: p.told(d.Reason),
				At:       report.Place{File: f.Name, Start: int(at.Start) - f.Base, End: int(at.End) - f.Base},
				Resource: report.Resource{Type: strings.Clone(d.Resource.Type), Symbol: strings.Clone(d.Resource.Decl.Symbol)},
			}
		}
		out = append(out, e)
	}
	p.locate(out)
	return out
}

// locate fills in lines and columns, with one pass over each file.
func (p *places) locate(ds []declaration) {
	for _, f := range p.u.Inputs() {
		var offsets []int
		for _, d := range ds {
			if d.told.At.File == f.Name {
				offsets = append(offsets, d.told.At.Start, d.told.At.End)
			}
		}
		found := f.Positions(offsets)
		for i := range ds {
			if at := &ds[i].told.At; at.File == f.Name {
				at.From, at.To = position(found[0]), position(found[1])
				found = found[2:]
			}
		}
	}
}

func kindName(grant bool) string {
	if grant {
		return report.KindGrant
	}
	return report.KindIdentity
}

func headSpan(d facts.Declaration) value.Span {
	if t := d.Resource.Decl.Type; t != nil {
		start, end := t.Span()
		return value.Span{Start: int32(start), End: int32(end)}
	}
	return value.Span{Start: int32(d.At), End: int32(d.At) + 1}
}

// declared counts the declarations of all units. What one parameter set of a
// template decides is decided; between templates the worst state counts.
func declared(c *report.Coverage, results []*result) {
	type where struct {
		grant  bool
		file   string
		offset int
	}
	type by struct {
		where
		root string
	}
	perRoot := map[by]declaration{}
	var order []by
	for _, res := range results {
		for _, d := range res.declared {
			k := by{where{d.grant, d.file, d.offset}, res.unit.file.Path}
			have, ok := perRoot[k]
			if !ok {
				order = append(order, k)
			}
			if !ok || better(d.state, have.state) {
				perRoot[k] = d
			}
		}
	}
	worst := map[where]declaration{}
	var places []where
	for _, k := range order {
		d := perRoot[k]
		have, ok := worst[k.where]
		if !ok {
			places = append(places, k.where)
		}
		if !ok || d.state > have.state {
			worst[k.where] = d
		}
	}
	for _, k := range places {
		tally(c, worst[k])
	}
}

// better tells whether a set of parameters says more than another: decided
// before everything else, then the worse of two, since it is what is missing.
func better(a, b facts.State) bool {
	if a == facts.Decided || b == facts.Decided {
		return a == facts.Decided && b != facts.Decided
	}
	return a > b
}

func tally(c *report.Coverage, d declaration) {
	t := &c.Identities
	if d.grant {
		t = &c.Grants
	}
	t.Total++
	switch d.state {
	case facts.Decided:
		t.Decided++
		return
	case facts.NotDeployed:
		t.NotDeployed++
	case facts.Runtime:
		t.Runtime++
	case facts.Parameter:
		t.Parameter++
	case facts.Limit:
		t.Limit++
	case facts.NotUnderstood:
		t.NotUnderstood++
	}
	c.Undecided = append(c.Undecided, d.told)
}

// unsupported returns the constructs of a unit that are not understood.
func (p *places) unsupported(constructs []template.Construct) []report.Unsupported {
	var out []report.Unsupported
	for _, c := range constructs {
		at := value.Span{Start: int32(c.At), End: int32(c.At) + 1}
		out = append(out, report.Unsupported{Construct: c.Name, Count: 1, First: p.place(at, "")})
	}
	return out
}

// unsupported sums the constructs by name.
func unsupported(results []*result) []report.Unsupported {
	index := map[string]int{}
	var out []report.Unsupported
	seen := map[string]map[int]bool{}
	for _, res := range results {
		for _, u := range res.unknown {
			at := u.First.File + "\x00" + u.Construct
			if seen[at] == nil {
				seen[at] = map[int]bool{}
			}
			if seen[at][u.First.Start] {
				continue
			}
			seen[at][u.First.Start] = true
			if i, ok := index[u.Construct]; ok {
				out[i].Count++
				continue
			}
			index[u.Construct] = len(out)
			out = append(out, u)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Construct < out[j].Construct })
	return out
}
