package report

import "strconv"

// sentence returns the message of a finding with what limits it, for formats that have but one text. It is as
// untrusted as the message.
func (f *Finding) sentence() string {
	text := f.Message
	if f.Maybe != "" {
		text += " (only if " + f.Maybe + ")"
	}
	if n := f.count(); n > 1 {
		text += " (in " + strconv.Itoa(n) + " copies)"
	}
	return text
}

// label names a rule by id and slug.
func (r *Rule) label() string {
	if r.Slug == "" {
		return Clean(r.ID)
	}
	return Clean(r.ID) + " " + Clean(r.Slug)
}

// what returns the message of a problem, and whose defect it is.
func (p *Problem) what() string {
	switch {
	case p.Kind == ProblemInternal && p.Rule != "":
		return "internal error in rule " + p.Rule + ": " + p.Message
	case p.Kind == ProblemInternal:
		return "internal error: " + p.Message
	}
	return p.Message
}

// sentence returns a problem and how to mend it, for formats that have but one text.
func (p *Problem) sentence() string {
	if p.Hint == "" {
		return p.what()
	}
	return p.what() + ": " + p.Hint
}
