package report

import (
	"cmp"
	"slices"
	"sort"
)

// Sort orders findings by file, offset, rule and message, and equal ones by fingerprint.
func Sort(fs []Finding) {
	sort.SliceStable(fs, func(i, j int) bool { return Compare(&fs[i], &fs[j]) < 0 })
}

// SortSuppressed orders silenced findings as [Sort] does.
func SortSuppressed(fs []Suppressed) {
	sort.SliceStable(fs, func(i, j int) bool { return Compare(&fs[i].Finding, &fs[j].Finding) < 0 })
}

// Compare orders two findings as [Sort] does.
func Compare(a, b *Finding) int {
	return cmp.Or(
		cmp.Compare(a.At.File, b.At.File),
		cmp.Compare(a.At.Start, b.At.Start),
		cmp.Compare(a.At.End, b.At.End),
		cmp.Compare(a.Rule.ID, b.Rule.ID),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Fingerprint, b.Fingerprint),
	)
}

// WorstFirst returns the findings by severity, and within one as Sort orders them. The report stays as it is.
func WorstFirst(fs []Finding) []*Finding {
	list := make([]*Finding, len(fs))
	for i := range fs {
		list[i] = &fs[i]
	}
	slices.SortStableFunc(list, func(a, b *Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), Compare(a, b))
	})
	return list
}
