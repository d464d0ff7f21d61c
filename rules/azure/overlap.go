package azure

import "strings"

// Overlap says whether there may be an operation that both patterns cover. Either may have wildcards, which stand for
// the same as in [Match].
func Overlap(p, q string) bool {
	if !startAlike(p, q) {
		return false // what nearly all pairs come to
	}
	o := overlap{p, q, make([]bool, (len(p)+1)*(len(q)+1))}
	return o.from(0, 0)
}

func startAlike(p, q string) bool {
	n := min(literalPrefix(p), literalPrefix(q))
	return equalFold(p[:n], q[:n])
}

func literalPrefix(pattern string) int {
	if star := strings.IndexByte(pattern, '*'); star >= 0 {
		return star
	}
	return len(pattern)
}

type overlap struct {
	p, q  string
	tried []bool // pairs of places from which there is no way to the ends
}

// from says whether what stands behind the two places can be the same text.
func (o *overlap) from(i, j int) bool {
	at := i*(len(o.q)+1) + j
	if o.tried[at] {
		return false
	}
	o.tried[at] = true
	switch {
	case i < len(o.p) && o.p[i] == '*':
		return o.from(i+1, j) || j < len(o.q) && o.from(i, j+1) || isSegment(o.p, i) && o.from(i+2, j)
	case j < len(o.q) && o.q[j] == '*':
		return o.from(i, j+1) || i < len(o.p) && o.from(i+1, j) || isSegment(o.q, j) && o.from(i, j+2)
	case i == len(o.p) || j == len(o.q):
		return i == len(o.p) && j == len(o.q)
	}
	return lower(o.p[i]) == lower(o.q[j]) && o.from(i+1, j+1)
}
