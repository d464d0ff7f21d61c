package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

func identityTable(records []identityRecord) table {
	t := table{file: "identity.tsv", fields: 4, head: `Resource types with an identity block at their root: type, flags, shape of userAssignedIdentities, kinds (with ";").
In the newest version: s system-assigned, u user-assigned, b both at once, ? the sources do not say whether both.
S U B the same, but only in an older version or in the documentation.
o other kinds pass the type check, t identity.type is required, i the block is required,
a some version takes an array identityIds, d only the documentation has it, q doubtful, x the type is retired.`}
	for _, r := range records {
		t.rows = append(t.rows, []string{r.Type, r.flags(), r.Shape, strings.Join(r.kinds(), ";")})
	}
	return t
}

func (r identityRecord) flags() string {
	doc := documentedKinds{}
	if r.Documented != nil {
		doc = *r.Documented
	}
	var b strings.Builder
	for _, f := range []struct {
		letter byte
		on     bool
	}{
		{'s', r.LatestSystem}, {'S', !r.LatestSystem && (r.System || doc.System)},
		{'u', r.LatestUser}, {'U', !r.LatestUser && (r.User || doc.User)},
		{'b', isTrue(r.LatestBoth)}, {'B', !isTrue(r.LatestBoth) && isTrue(r.Both)}, {'?', r.LatestBoth == nil},
		{'o', r.Open}, {'t', r.TypeRequired}, {'i', r.IdentityRequired}, {'a', len(r.ArrayVersions) > 0},
		{'d', r.DocumentedOnly}, {'q', r.Doubtful != ""}, {'x', r.Retired},
	} {
		if f.on {
			b.WriteByte(f.letter)
		}
	}
	return b.String()
}

func isTrue(b *bool) bool { return b != nil && *b }

// kinds are the documented values of identity.type over all versions, each in its newest spelling.
func (r identityRecord) kinds() []string {
	var kinds []string
	seen := map[string]bool{}
	for _, v := range slices.Concat(r.LatestValues, r.KnownValues, r.Values) {
		if !seen[squeeze(v)] {
			kinds = append(kinds, v)
		}
		seen[squeeze(v)] = true
	}
	return kinds
}

// compareSupport prints how far the records of a file agree with what the type files say.
func compareSupport(w io.Writer, file, derived []identityRecord) {
	have := map[string]identityRecord{}
	for _, r := range derived {
		have[fold(r.Type)] = r
	}
	same, only := 0, 0
	var differ []string
	for _, r := range file {
		d, ok := have[fold(r.Type)]
		delete(have, fold(r.Type))
		switch {
		case !ok:
			only++
		case r.difference(d) == "":
			same++
		default:
			differ = append(differ, r.Type+": "+r.difference(d))
		}
	}
	fmt.Fprintf(w, "identity support: %d types agree, %d differ, %d only in the file, %d only in the type files\n",
		same, len(differ), only, len(have))
	for _, line := range differ {
		fmt.Fprintln(w, "  differs:", line)
	}
	for name := range have {
		fmt.Fprintln(w, "  only in the type files:", name)
	}
}

// difference names the first fact in which two records differ.
func (r identityRecord) difference(d identityRecord) string {
	for _, fact := range []struct {
		name string
		a, b any
	}{
		{"system", r.LatestSystem, d.LatestSystem},
		{"user", r.LatestUser, d.LatestUser},
		{"both", isTrue(r.LatestBoth), isTrue(d.LatestBoth)},
		{"both known", r.LatestBoth != nil, d.LatestBoth != nil},
		{"open", r.Open, d.Open},
		{"type required", r.TypeRequired, d.TypeRequired},
		{"identity required", r.IdentityRequired, d.IdentityRequired},
		{"shape", r.Shape, d.Shape},
		{"array", len(r.ArrayVersions) > 0, len(d.ArrayVersions) > 0},
		{"values", sortedKinds(r.LatestValues), sortedKinds(d.LatestValues)},
	} {
		if fact.a != fact.b {
			return fmt.Sprintf("%s is %v in the file, %v in the type files", fact.name, fact.a, fact.b)
		}
	}
	return ""
}

func sortedKinds(values []string) string {
	var kinds []string
	for _, v := range values {
		kinds = append(kinds, squeeze(v))
	}
	slices.Sort(kinds)
	return strings.Join(slices.Compact(kinds), ";")
}
