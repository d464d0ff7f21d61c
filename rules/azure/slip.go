package azure

import (
	"cmp"
	"slices"
	"strings"
)

const (
	slipLength = 6 // a shorter word is too easily another one
	slipHead   = 3 // letters at the start, which are seldom mistaken
)

// Misspelt finds the operation, or pattern, that was meant by one that has a slip of the hand in the name of its provider,
// of a resource type or of its verb: one letter too many, too few, wrong, or exchanged with its neighbour. It answers only
// if there is nothing known by the name as it stands, one name only that comes so near, and something known by the whole
// that results. Names that differ by a digit, or below the first type by a plural, may all be right.
func (t *Tables) Misspelt(pattern string) (meant string, ok bool) {
	path, _, _ := strings.Cut(pattern, "*")
	segments := strings.Split(path, "/")
	for i, segment := range segments[:len(segments)-1] {
		parent := strings.Join(segments[:i], "/")
		if IsKnownPath(join(parent, segment)) {
			continue
		}
		near, found := t.nearestName(parent, segment, i == 1)
		if !found {
			return "", false
		}
		at := len(parent)
		if i > 0 {
			at++
		}
		meant = pattern[:at] + near + pattern[at+len(segment):]
		management, data := Sides(meant)
		return meant, management || data
	}
	return misspeltVerb(pattern)
}

func join(parent, name string) string {
	if parent == "" {
		return name
	}
	return parent + "/" + name
}

// misspeltVerb is the same for the last segment.
func misspeltVerb(operation string) (meant string, ok bool) {
	if EndsInVerb(operation) || hasStar(operation) {
		return "", false
	}
	slash := strings.LastIndexByte(operation, '/')
	for _, verb := range append([]string{"action"}, resourceVerbs...) {
		if !oneSlip(operation[slash+1:], verb) {
			continue
		}
		meant := operation[:slash+1] + verb
		if management, data := Sides(meant); management || data {
			return meant, true
		}
	}
	return "", false
}

// nearestName is the only known name below a path that is one slip away.
func (t *Tables) nearestName(parent, name string, first bool) (string, bool) {
	names, _ := t.names.of(strings.ToLower(parent), namesBelow)
	near := ""
	for _, have := range names {
		switch {
		case !alike(name, have):
		case near != "" || sameButDigits(name, have) || plural(name, have) && !first:
			return "", false
		default:
			near = have
		}
	}
	for _, have := range names {
		if near != "" && !equalFold(have, near) && alike(near, have) {
			return "", false // such names are near each other as it is
		}
	}
	return near, near != ""
}

// namesBelow are the known names of the next segment of a path, and whether there are any.
func namesBelow(parent string) ([]string, bool) {
	prefix := parent
	if parent != "" {
		prefix += "/"
	}
	var out []string
	add := func(line string) bool {
		if !hasPrefixFold(line, prefix) {
			return false
		}
		name, _, _ := strings.Cut(line[len(prefix):], "/")
		if n := len(out); !hasStar(name) && (n == 0 || out[n-1] != name) {
			out = append(out, name)
		}
		return true
	}
	for _, op := range startingWith(prefix) {
		add(op.name)
	}
	for _, t := range []table{resourceTypes, credentials} {
		_, rest, _ := t.find(prefix)
		for line := range rest.lines() {
			if !add(firstField(line)) {
				break
			}
		}
	}
	return distinct(out), len(out) > 0
}

// distinct leaves out names that differ in case only; of these the one with capitals, which sorts first, stays.
func distinct(names []string) []string {
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(compareFold(a, b), strings.Compare(a, b)) })
	return slices.CompactFunc(names, equalFold)
}

// alike says whether two names are one slip apart and long enough for that to mean something.
func alike(a, b string) bool {
	return min(len(a), len(b)) >= slipLength && equalFold(a[:slipHead], b[:slipHead]) && oneSlip(a, b)
}

// oneSlip says whether one letter was added, left out, replaced, or exchanged with the next.
func oneSlip(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == b || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	exchanged := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	return exchanged || a[i+1:] == b[i+1:]
}

func plural(a, b string) bool { return equalFold(a+"s", b) || equalFold(b+"s", a) }

func sameButDigits(a, b string) bool {
	strip := func(c rune) rune {
		if '0' <= c && c <= '9' {
			return -1
		}
		return c
	}
	return equalFold(strings.Map(strip, a), strings.Map(strip, b))
}
