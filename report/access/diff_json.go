package access

import (
	"io"

	"github.com/rolecall/rolecall/report"
)

// DiffJSON writes changes as one object, in the conventions of [JSON]:
//
//	{
//	  "version": "1.2.3", "tables": "2026-01-31",
//	  "old": "main", "new": "the work tree",   what is compared, in words
//	  "widens": true,              access is, or may be, wider
//	  "same": 12,                  grants that both sides have
//	  "counts": {"added", "widened", "notKnown", "notComparable", "nowKnown", "restated", "narrowed", "removed", "moved"},
//	  "changes": [{                the worst first
//	    "kind": "widened",         one of the names in counts
//	    "widens": true,
//	    "text": "…",               the change in a line
//	    "reasons": ["…"],          what is different
//	    "file", "range",           on the new side; of what was removed, on the old one
//	    "principal": {…},          null if the declaration of a grant is all that is known
//	    "old": {…}, "new": {…}     grants as JSON has them, null on the side that has none; both for a new host of an identity
//	  }],
//	  "before": {…},               the coverage of the old side
//	  "coverage": {…},             the coverage of the new side
//	  "errors", "complete"         of both sides
//	}
func DiffJSON(w io.Writer, d *Diff, _ report.Options) error {
	doc := jsonDiff{
		Version: d.Version, Tables: d.TablesDate, Old: d.Old, New: d.New, Widens: d.Widens(), Same: d.Same,
		Counts: map[string]int{}, Changes: make([]jsonChange, len(d.Changes)),
		Before:  report.NewOutcome(&d.Before, nil, true).Coverage,
		Outcome: report.NewOutcome(&d.After, d.Problems, d.Complete),
	}
	for k := Added; k <= Moved; k++ {
		doc.Counts[k.Name()] = d.Count(k)
	}
	for i := range d.Changes {
		doc.Changes[i] = toJSONChange(&d.Changes[i])
	}
	return report.Encode(w, doc)
}

type jsonDiff struct {
	Version string         `json:"version"`
	Tables  string         `json:"tables"`
	Old     string         `json:"old"`
	New     string         `json:"new"`
	Widens  bool           `json:"widens"`
	Same    int            `json:"same"`
	Counts  map[string]int `json:"counts"`
	Changes []jsonChange   `json:"changes"`
	Before  any            `json:"before"`
	report.Outcome
}

type jsonChange struct {
	Kind      string         `json:"kind"`
	Widens    bool           `json:"widens"`
	Text      string         `json:"text"`
	Reasons   []string       `json:"reasons"`
	File      string         `json:"file"`
	Range     any            `json:"range"`
	Principal *jsonPrincipal `json:"principal"`
	Old       *jsonGrant     `json:"old"`
	New       *jsonGrant     `json:"new"`
}

func toJSONChange(c *Change) jsonChange {
	out := jsonChange{
		Kind: c.Kind.Name(), Widens: c.Kind.Widens(), Text: c.subject(), Reasons: list(c.Reasons),
		File: c.At.File, Range: c.At.Range(), Old: grantOrNil(c.Old), New: grantOrNil(c.New),
	}
	if c.Declared == nil {
		p := toJSONPrincipal(&c.Principal)
		out.Principal = &p
	}
	return out
}

func grantOrNil(g *Grant) *jsonGrant {
	if g == nil {
		return nil
	}
	out := toJSONGrant(g)
	return &out
}
