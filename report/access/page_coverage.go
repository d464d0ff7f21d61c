package access

import (
	"strconv"

	"github.com/rolecall/rolecall/report"
)

// openUpTo is how long a list may be to be open at first.
const openUpTo = 5

// coverage says what is known and what is not.
func (p *page) coverage() {
	a := p.access
	p.open("section", "id", "coverage", "aria-label", "coverage")
	for i, line := range a.summary() {
		p.leaf("p", line, "class", [...]string{"lead", "told", "alert"}[i])
	}
	p.list("not decided", len(a.Coverage.Undecided), func(i int) {
		u := &a.Coverage.Undecided[i]
		noun := "role grant"
		if u.Kind == report.KindIdentity {
			noun = "identity"
		}
		p.told(place(u.At), lines(noun+" "+u.Resource.Label(), u.Explain(), u.Reason))
	})
	p.list("not understood", len(a.Coverage.Unsupported), func(i int) {
		u := &a.Coverage.Unsupported[i]
		p.told(place(u.First), u.Construct+", "+report.Plural(u.Count, "time", "times"))
	})
	var problems, notes []*report.Problem
	for i := range a.Problems {
		if x := &a.Problems[i]; x.Kind == report.ProblemNote {
			notes = append(notes, x)
		} else {
			problems = append(problems, x)
		}
	}
	p.list("not analysed", len(problems), func(i int) { p.problem(problems[i]) })
	p.list("to know", len(notes), func(i int) { p.problem(notes[i]) })
	p.close("section")
}

func (p *page) problem(x *report.Problem) {
	where := x.File
	if where != "" && x.Position.Line > 0 {
		where = report.Where(where, x.Position)
	}
	p.told(where, lines(x.Message, x.Hint))
}

// list writes a list that can be folded, if there is something in it.
func (p *page) list(heading string, n int, item func(i int)) {
	if n == 0 {
		return
	}
	if n <= openUpTo {
		p.open("details", "open", "")
	} else {
		p.open("details")
	}
	p.leaf("summary", strconv.Itoa(n)+" "+heading)
	p.open("ul")
	for i := range n {
		item(i)
	}
	p.close("ul")
	p.close("details")
}

// told writes one line of a list: where, and what.
func (p *page) told(where, what string) {
	p.open("li")
	p.leaf("code", where)
	p.text(" " + what)
	p.close("li")
}
