package main

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
)

// drawn is a mutant of the sample.
type drawn struct {
	mutant
	in *pkg
}

// stratum is a package and a family: from each, as many are drawn as from the
// others.
type stratum struct {
	in   *pkg
	rest []mutant // in the order of the draw
}

// draw returns the sample.
func (m *module) draw(patterns []string, n int, seed uint64, only *regexp.Regexp) ([]drawn, error) {
	packages, err := m.packages(patterns)
	if err != nil {
		return nil, err
	}
	var strata []*stratum
	for fam := range families {
		for _, p := range packages {
			strata = append(strata, &stratum{p, shuffled(p, fam, seed)})
		}
	}
	var out []drawn
	for taken := 0; taken < n && len(strata) > 0; {
		strata = slices.DeleteFunc(strata, func(s *stratum) bool {
			if taken == n {
				return false
			}
			d, ok := s.next()
			if ok {
				taken++
				if only.MatchString(d.String()) {
					out = append(out, d)
				}
			}
			return !ok
		})
	}
	return out, nil
}

// next takes the first mutant that compiles.
func (s *stratum) next() (drawn, bool) {
	for len(s.rest) > 0 {
		x := s.rest[0]
		s.rest = s.rest[1:]
		if s.in.compiles(x) {
			return drawn{x, s.in}, true
		}
	}
	return drawn{}, false
}

// shuffled returns the mutants of one family in an order that the seed gives.
// What a mutant is and which function it stands in decide its place, and the
// count among those that are alike there.
func shuffled(p *pkg, fam family, seed uint64) []mutant {
	type ranked struct {
		mutant
		rank string
	}
	var all []ranked
	alike := map[string]int{}
	for _, x := range p.mutants {
		if x.family != fam {
			continue
		}
		key := fmt.Sprintf("%s\n%s\n%s", x.file.name, x.where, x.what)
		alike[key]++
		rank := sha256.Sum256(fmt.Appendf(nil, "%d\n%s\n%d", seed, key, alike[key]))
		all = append(all, ranked{x, string(rank[:])})
	}
	slices.SortFunc(all, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	out := make([]mutant, len(all))
	for i, r := range all {
		out[i] = r.mutant
	}
	return out
}
