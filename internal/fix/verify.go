package fix

import (
	"github.com/rolecall/rolecall/report"
)

// wrong tells what speaks against fixes that were made: a file that can no
// longer be read or evaluated, or a finding that is still there. It returns ""
// if nothing does.
func wrong(before, after *report.Report, chosen []*choice) string {
	known := map[string]bool{}
	for i := range before.Problems {
		known[problemKey(&before.Problems[i])] = true
	}
	for i := range after.Problems {
		p := &after.Problems[i]
		if p.Kind != report.ProblemNote && !known[problemKey(p)] {
			return "then " + p.File + " could not be analysed: " + p.Message
		}
	}
	allowed := counts(before.Findings)
	for _, c := range chosen {
		for _, f := range c.findings {
			allowed[sameness(f)]--
		}
	}
	left := counts(after.Findings)
	for _, c := range chosen {
		for _, f := range c.findings {
			if left[sameness(f)] > allowed[sameness(f)] {
				return "then the finding was still there"
			}
		}
	}
	return ""
}

// gone counts the findings that are no more.
func gone(before, after *report.Report) int {
	left := map[string]bool{}
	for i := range after.Findings {
		left[after.Findings[i].Fingerprint] = true
	}
	n := 0
	for i := range before.Findings {
		if !left[before.Findings[i].Fingerprint] {
			n++
		}
	}
	return n
}

// problemKey leaves out the position, which edits move.
func problemKey(p *report.Problem) string {
	return p.Kind + "\x00" + p.File + "\x00" + p.Rule + "\x00" + p.Message
}

// sameness is what makes two findings look the same wherever they stand.
func sameness(f *report.Finding) string {
	return f.Rule.ID + "\x00" + f.At.File + "\x00" + f.Message
}

func counts(fs []report.Finding) map[string]int {
	n := map[string]int{}
	for i := range fs {
		n[sameness(&fs[i])]++
	}
	return n
}
