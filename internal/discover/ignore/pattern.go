package ignore

import (
	"path"
	"strings"
)

// pattern is one compiled line.
type pattern struct {
	segments []segment
	negate   bool // began with "!"
	dirOnly  bool // ended with "/"
	anchored bool // holds a slash: matched against the path, not the name
	first    byte // the name begins with this; 0 if with any
	last     byte // the name ends with this; 0 if with any
}

// segment is what stands between two slashes.
type segment struct {
	text string
	kind segmentKind
}

type segmentKind uint8

const (
	literal  segmentKind = iota // the text itself
	glob                        // the text in the syntax of path.Match
	anything                    // "**": any number of folders
)

// compile reads one line; false if it can match nothing.
func compile(line string) (pattern, bool) {
	var p pattern
	line, p.negate = strings.CutPrefix(line, "!")
	line, p.dirOnly = strings.CutSuffix(line, "/")
	p.anchored = strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if line == "" {
		return p, false
	}
	for text := range strings.SplitSeq(line, "/") {
		s, ok := compileSegment(text)
		if !ok {
			return p, false
		}
		p.segments = append(p.segments, s)
	}
	p.first, p.last = p.segments[len(p.segments)-1].ends()
	return p, true
}

func compileSegment(text string) (segment, bool) {
	switch {
	case text == "**":
		return segment{kind: anything}, true
	case !strings.ContainsAny(text, `*?[\`):
		return segment{text: text}, true
	}
	text, ok := translateClasses(text)
	if !ok {
		return segment{}, false
	}
	if _, err := path.Match(text, ""); err != nil {
		return segment{}, false
	}
	return segment{text: text, kind: glob}, true
}

// ends returns the bytes that a name must begin and end with, 0 where the
// segment leaves that open. They turn most names away at the cost of two
// comparisons: an ignore file of hundreds of lines is common.
func (s segment) ends() (first, last byte) {
	if s.kind == anything || s.text == "" {
		return 0, 0
	}
	first, last = s.text[0], s.text[len(s.text)-1]
	if s.kind == glob && strings.IndexByte(`*?[\`, first) >= 0 {
		first = 0
	}
	if s.kind == glob && strings.IndexByte(`*?]`, last) >= 0 {
		last = 0
	}
	return first, last
}

// matches judges a path whose last segment is base.
func (p *pattern) matches(name, base string, dir bool) bool {
	if p.dirOnly && !dir || base == "" {
		return false
	}
	if p.first != 0 && p.first != base[0] || p.last != 0 && p.last != base[len(base)-1] {
		return false
	}
	if !p.anchored {
		return p.segments[0].matches(base)
	}
	return p.matchesPath(name)
}

// matchesPath matches segment by segment. Where it fails it goes back to the
// last "**" only and lets that take one folder more; what an earlier one might
// take instead is a case of that.
func (p *pattern) matchesPath(name string) bool {
	at, rest := 0, name
	back, backRest := -1, ""
	for {
		switch {
		case at < len(p.segments) && p.segments[at].kind == anything:
			if at == len(p.segments)-1 {
				return rest != "" // all that is inside, not the folder itself
			}
			back, backRest = at, rest
			at++
			continue
		case at == len(p.segments) && rest == "":
			return true
		case at < len(p.segments) && rest != "":
			head, tail, _ := strings.Cut(rest, "/")
			if p.segments[at].matches(head) {
				at, rest = at+1, tail
				continue
			}
		}
		if back < 0 || backRest == "" {
			return false
		}
		_, backRest, _ = strings.Cut(backRest, "/")
		at, rest = back+1, backRest
	}
}

func (s segment) matches(name string) bool {
	switch s.kind {
	case literal:
		return s.text == name
	case anything:
		return true
	}
	if suffix := s.text[1:]; s.text[0] == '*' && !strings.ContainsAny(suffix, `*?[\`) {
		return strings.HasSuffix(name, suffix)
	}
	ok, _ := path.Match(s.text, name)
	return ok
}
