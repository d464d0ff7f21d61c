// Package ignore matches paths against patterns in the syntax of gitignore
// (https://git-scm.com/docs/gitignore). Letter case always counts, whatever
// core.ignoreCase says, so that results are the same on every machine.
package ignore

import "strings"

// List is the patterns of one file, or of one flag, in order. The zero List
// matches nothing.
type List struct {
	patterns []pattern
}

// Parse reads the text of a gitignore file. Patterns that git takes as invalid
// match nothing.
func Parse(text string) List {
	var l List
	text = strings.TrimPrefix(text, "\ufeff")
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if !strings.HasPrefix(line, "#") {
			l.add(trimSpaces(line))
		}
	}
	return l
}

// Valid reports whether a string is a pattern that can match something. A
// bracket that is not closed, for one, makes it match nothing.
func Valid(glob string) bool {
	_, ok := compile(glob)
	return ok
}

// Globs takes each string as one pattern.
func Globs(globs []string) List {
	var l List
	for _, g := range globs {
		l.add(g)
	}
	return l
}

func (l *List) add(line string) {
	if p, ok := compile(line); ok {
		l.patterns = append(l.patterns, p)
	}
}

// trimSpaces removes the spaces at the end but for one behind a backslash.
func trimSpaces(line string) string {
	trimmed := strings.TrimRight(line, " ")
	slashes := len(trimmed) - len(strings.TrimRight(trimmed, `\`))
	if slashes%2 == 1 && len(trimmed) < len(line) {
		trimmed += " "
	}
	return trimmed
}

// Decision is what a List has to say about one path.
type Decision uint8

// The last pattern that matches decides.
const (
	Undecided Decision = iota
	Ignored
	Included // by a pattern with "!"
)

// Decide judges one file or folder. Its path is relative to the folder of the
// list. Folders above are not looked at: who walks does not enter an ignored
// one, and so nothing in it can be included again.
func (l List) Decide(path string, dir bool) Decision {
	base := path[strings.LastIndexByte(path, '/')+1:]
	for i := len(l.patterns) - 1; i >= 0; i-- {
		p := &l.patterns[i]
		if !p.matches(path, base, dir) {
			continue
		}
		if p.negate {
			return Included
		}
		return Ignored
	}
	return Undecided
}

// Match reports whether a file, or one of the folders it lies in, is ignored.
func (l List) Match(file string) bool {
	for i := range len(file) {
		if file[i] == '/' && l.Decide(file[:i], true) == Ignored {
			return true
		}
	}
	return l.Decide(file, false) == Ignored
}
