package report

import "io"

// JSON writes the report as the object that the package documentation describes. Problems of kind [ProblemNote] are
// left out: nothing is wrong there.
func JSON(w io.Writer, r *Report, _ Options) error {
	doc := jsonReport{
		Version:    r.Version,
		Tables:     r.TablesDate,
		Findings:   make([]jsonFinding, len(r.Findings)),
		Suppressed: toJSONSuppressed(r.Suppressed),
		Fixed:      toJSONFixed(r.Fixing),
		Outcome:    NewOutcome(&r.Coverage, r.Problems, r.Complete),
	}
	for i := range r.Findings {
		doc.Findings[i] = toJSONFinding(&r.Findings[i])
	}
	return Encode(w, doc)
}

// Outcome is how a run went, as JSON that all documents share: its members are part of the object that embeds it.
type Outcome struct {
	Coverage jsonCoverage `json:"coverage"`
	Errors   []jsonError  `json:"errors"`
	Complete bool         `json:"complete"`
}

// NewOutcome puts how a run went into JSON. Problems of kind [ProblemNote] are left out.
func NewOutcome(c *Coverage, problems []Problem, complete bool) Outcome {
	out := Outcome{Coverage: toJSONCoverage(c), Errors: []jsonError{}, Complete: complete}
	for i := range problems {
		if p := &problems[i]; p.Kind != ProblemNote {
			out.Errors = append(out.Errors, toJSONError(p))
		}
	}
	return out
}

// Range is from where to where something stands, in the numbers of JSON documents: lines and columns count from 1,
// columns in UTF-16 code units.
func (p *Place) Range() any { return toJSONRange(p.From, p.To) }

type jsonReport struct {
	Version    string           `json:"version"`
	Tables     string           `json:"tables"`
	Findings   []jsonFinding    `json:"findings"`
	Suppressed []jsonSuppressed `json:"suppressed"`
	Fixed      *[]jsonFixed     `json:"fixed,omitempty"`
	Outcome
}

type jsonFinding struct {
	Rule          string        `json:"rule"`
	Slug          string        `json:"slug"`
	Kind          Kind          `json:"kind"`
	Severity      string        `json:"severity"`
	Level         string        `json:"level"`
	Message       string        `json:"message"`
	File          string        `json:"file"`
	Range         jsonRange     `json:"range"`
	Resource      jsonResource  `json:"resource"`
	Modules       []string      `json:"modules"`
	Condition     string        `json:"condition"`
	Related       []jsonRelated `json:"related"`
	Fixes         []jsonFix     `json:"fixes"`
	Fingerprint   string        `json:"fingerprint"`
	Count         int           `json:"count"`
	ParameterSets []string      `json:"parameterSets"`
}

type jsonRange struct {
	Start jsonPosition `json:"start"`
	End   jsonPosition `json:"end"`
}

type jsonPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type jsonResource struct {
	Type    string `json:"type"`
	Name    string `json:"name"`
	Pointer string `json:"pointer"`
	Symbol  string `json:"symbol"`
	ID      string `json:"id"`
	Scope   string `json:"scope"`
}

type jsonRelated struct {
	File    string    `json:"file"`
	Range   jsonRange `json:"range"`
	Message string    `json:"message"`
}

type jsonFix struct {
	Message string     `json:"message"`
	Safe    bool       `json:"safe"`
	Edits   []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	File  string    `json:"file"`
	Start int       `json:"start"`
	End   int       `json:"end"`
	Range jsonRange `json:"range"`
	Text  string    `json:"text"`
}

type jsonError struct {
	Kind    string `json:"kind"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Rule    string `json:"rule"`
}

func toJSONFinding(f *Finding) jsonFinding {
	out := jsonFinding{
		Rule:          f.Rule.ID,
		Slug:          f.Rule.Slug,
		Kind:          f.kind(),
		Severity:      f.Severity.String(),
		Level:         f.Severity.Level(),
		Message:       f.Message,
		File:          f.At.File,
		Range:         toJSONRange(f.At.From, f.At.To),
		Resource:      jsonResource(f.Resource),
		Modules:       list(f.Chain),
		Condition:     f.Maybe,
		Related:       make([]jsonRelated, len(f.Related)),
		Fixes:         []jsonFix{},
		Fingerprint:   f.Fingerprint,
		Count:         f.count(),
		ParameterSets: list(f.Sets),
	}
	for i, p := range f.Related {
		out.Related[i] = jsonRelated{p.File, toJSONRange(p.From, p.To), p.Message}
	}
	for _, x := range distinct(f.Fixes) {
		out.Fixes = append(out.Fixes, toJSONFix(&x))
	}
	return out
}

func toJSONFix(f *Fix) jsonFix {
	out := jsonFix{f.Message, f.Safe, make([]jsonEdit, len(f.Edits))}
	for i, e := range f.Edits {
		out.Edits[i] = jsonEdit{e.File, e.Start, e.End, toJSONRange(e.From, e.To), e.New}
	}
	return out
}

func toJSONError(p *Problem) jsonError {
	at := p.Position.known()
	return jsonError{p.Kind, p.File, at.Line, at.UTF16, p.Message, p.Hint, p.Rule}
}

func toJSONRange(from, to Position) jsonRange {
	from, to = from.known(), to.notBefore(from)
	return jsonRange{jsonPosition{from.Line, from.UTF16}, jsonPosition{to.Line, to.UTF16}}
}

// list returns a list that is written as [] when it is empty.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}
