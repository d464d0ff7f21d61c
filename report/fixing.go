package report

import "strconv"

// Fixing tells which findings were mended by their fixes.
type Fixing struct {
	Fixed  []Fixed // in the order in which it was done
	Found  int     // how many findings there were before
	Gone   int     // how many of them are no more, mended by the way included
	Files  int     // that were changed
	Unsafe bool    // fixes that are not safe were made too
	Dry    bool    // nothing was written: it is only told what would be done
}

// Fixed is a finding that is no more.
type Fixed struct {
	Rule    *Rule
	File    string
	Message string // of the finding
	Fix     string // what was done
	Safe    bool
}

// Fix returns the best fix of the finding: of the safe ones, unless others are wanted too. It is nil if there is none.
func (f *Finding) Fix(unsafe bool) *Fix {
	for i := range f.Fixes {
		if f.Fixes[i].Safe || unsafe {
			return &f.Fixes[i]
		}
	}
	return nil
}

// fixable counts the findings that have a safe fix, and those that have only others.
func fixable(fs []Finding) (safe, unsafe int) {
	for i := range fs {
		switch {
		case fs[i].Fix(false) != nil:
			safe++
		case fs[i].Fix(true) != nil:
			unsafe++
		}
	}
	return safe, unsafe
}

// FixSentence tells what was fixed: "fixed 3 of 7 findings in 2 files; 1 more with --unsafe-fixes"; or, of a run that
// fixed nothing, what could be. It is "" if there is nothing to fix.
func FixSentence(r *Report) string {
	safe, unsafe := fixable(r.Findings)
	more := strconv.Itoa(unsafe) + " more with --unsafe-fixes"
	if x := r.Fixing; x != nil {
		if x.Found == 0 {
			return ""
		}
		verb := "fixed "
		if x.Dry {
			verb = "would fix "
		}
		s := verb + strconv.Itoa(x.Gone) + " of " + Plural(x.Found, "finding", "findings")
		if x.Files > 0 {
			s += " in " + files(x.Files)
		}
		if unsafe > 0 && !x.Unsafe {
			s += "; " + more
		}
		return s
	}
	switch {
	case safe > 0 && unsafe > 0:
		return Plural(safe, "finding", "findings") + " can be mended by --fix, " + more
	case safe > 0:
		return Plural(safe, "finding", "findings") + " can be mended by --fix"
	case unsafe > 0:
		return Plural(unsafe, "finding", "findings") + " can be mended by --fix --unsafe-fixes: look at the result"
	}
	return ""
}

type jsonFixed struct {
	Rule    string `json:"rule"`
	Slug    string `json:"slug"`
	File    string `json:"file"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
	Safe    bool   `json:"safe"`
}

// toJSONFixed lists what was fixed; nil, which is left out, if that was not asked for.
func toJSONFixed(x *Fixing) *[]jsonFixed {
	if x == nil {
		return nil
	}
	out := make([]jsonFixed, len(x.Fixed))
	for i, f := range x.Fixed {
		out[i] = jsonFixed{f.Rule.ID, f.Rule.Slug, f.File, f.Message, f.Fix, f.Safe}
	}
	return &out
}
