package report

import "strings"

// What a finding can be suppressed by.
const (
	ByComment       = "comment"       // a comment or directive in the source
	ByMetadata      = "metadata"      // metadata.rolecall of a resource or template
	ByConfiguration = "configuration" // an entry of "ignore" in the configuration
	ByBaseline      = "baseline"      // it was there before
)

// Suppressed is a finding that somebody decided to live with. It counts for no exit code.
type Suppressed struct {
	Finding
	By     string // one of the By constants
	Reason string // what they said; empty for the baseline
}

// suppressedSentence counts by what findings are suppressed: "3 suppressed: 2 by comments, 1 by the baseline".
func suppressedSentence(list []Suppressed) string {
	counts := map[string]int{}
	for i := range list {
		counts[list[i].By]++
	}
	var parts []string
	for _, k := range []struct{ by, one, many string }{
		{ByComment, "by a comment", "by comments"}, {ByMetadata, "by metadata", "by metadata"},
		{ByConfiguration, "by the configuration", "by the configuration"}, {ByBaseline, "by the baseline", "by the baseline"},
	} {
		if n := counts[k.by]; n > 0 {
			parts = append(parts, Plural(n, k.one, k.many))
		}
	}
	return Plural(len(list), "finding suppressed: ", "findings suppressed: ") + strings.Join(parts, ", ")
}

// suppressed lists what is suppressed, one line each.
func (p *printer) suppressed(list []Suppressed) {
	if len(list) > 0 {
		p.line(p.paint.strong("suppressed:"))
	}
	for i := range list {
		s := &list[i]
		why := s.By
		if s.Reason != "" {
			why += ", " + Clean(s.Reason)
		}
		p.flow(hanging, "  ", Where(s.At.File, s.At.From), ": ", Clean(s.Message), " [", Clean(s.Rule.ID), "] (", why, ")")
	}
}

type jsonSuppressed struct {
	jsonFinding
	By     string `json:"by"`
	Reason string `json:"reason"`
}

func toJSONSuppressed(list []Suppressed) []jsonSuppressed {
	out := make([]jsonSuppressed, len(list))
	for i := range list {
		out[i] = jsonSuppressed{toJSONFinding(&list[i].Finding), list[i].By, list[i].Reason}
	}
	return out
}
