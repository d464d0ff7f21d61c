package report

import "slices"

// known returns p with everything unknown set to the start of the file or line.
func (p Position) known() Position {
	p.Line = max(p.Line, 1)
	p.Byte = max(p.Byte, 1)
	p.Rune = max(p.Rune, 1)
	p.UTF16 = max(p.UTF16, 1)
	return p
}

// notBefore returns p, or from if p is unknown or lies before it.
func (p Position) notBefore(from Position) Position {
	if p.Line < from.Line || p.Line == from.Line && p.UTF16 < from.UTF16 {
		return from
	}
	return p.known()
}

// kind returns the kind of a finding, which is its rule's unless it says otherwise.
func (f *Finding) kind() Kind {
	if f.Kind == "" {
		return f.Rule.Kind
	}
	return f.Kind
}

// count returns the number of copies, of which there is at least one.
func (f *Finding) count() int {
	return max(f.Count, 1)
}

// marked returns the line a place begins on and the range of bytes of its text that the place covers, or nil if the
// line is not among those of the frame. A place that goes on is marked to the end of the line.
func (p *Place) marked() (line *Line, start, end int) {
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.Number != p.From.Line {
			continue
		}
		start = min(max(p.From.Byte-1-l.Before, 0), len(l.Text))
		end = len(l.Text)
		if p.To.Line == p.From.Line {
			end = min(max(p.To.Byte-1-l.Before, start), len(l.Text))
		}
		return l, start, end
	}
	return nil, 0, 0
}

// distinct returns the fixes without repetitions: GitHub refuses a log in which a result has two equal ones.
func distinct(fixes []Fix) []Fix {
	var out []Fix
	for _, f := range fixes {
		same := func(o Fix) bool { return o.Message == f.Message && slices.Equal(o.Edits, f.Edits) }
		if !slices.ContainsFunc(out, same) {
			out = append(out, f)
		}
	}
	return out
}
