package report

import (
	"github.com/owenrumney/go-sarif/v2/sarif"
)

// result converts a finding. Only what counts as a failure is sent, so the kind is left to its default.
func result(f *Finding, rules *ruleList) *sarif.Result {
	index := rules.index[f.Rule.ID]
	level := f.Severity.Level()
	at := location(&f.At)
	at.LogicalLocations = logical(&f.Resource)
	at.PhysicalLocation.ContextRegion = contextRegion(&f.At)
	out := &sarif.Result{
		RuleID:              &f.Rule.ID,
		RuleIndex:           &index,
		Level:               &level,
		Message:             resultMessage(f),
		Locations:           []*sarif.Location{at},
		RelatedLocations:    related(f.Related),
		PartialFingerprints: fingerprints(f),
		CodeFlows:           codeFlows(f.Flow),
		Fixes:               sarifFixes(f.Fixes),
	}
	if n := uint(f.count()); n > 1 {
		out.OccurrenceCount = &n
	}
	out.Properties = sarif.Properties{
		"kind":          string(f.kind()),
		"severity":      f.Severity.String(),
		"resource":      jsonResource(f.Resource),
		"modules":       list(f.Chain),
		"condition":     f.Maybe,
		"parameterSets": list(f.Sets),
	}
	return out
}

// fingerprints returns what identifies the finding: GitHub's hash of the line, and our own.
func fingerprints(f *Finding) map[string]any {
	out := make(map[string]any, 2)
	if f.LineHash != "" {
		out["primaryLocationLineHash"] = f.LineHash
	}
	if f.Fingerprint != "" {
		out["rolecall/v1"] = f.Fingerprint
	}
	return out
}

func logical(r *Resource) []*sarif.LogicalLocation {
	if r.Type == "" {
		return nil
	}
	full := r.Type + " " + r.Name
	if r.ID != "" {
		full = r.ID
	}
	return []*sarif.LogicalLocation{{
		Name: filled(r.Name), FullyQualifiedName: &full, Kind: filled("resource"),
	}}
}

// related converts the related places and numbers them from 1, as the links of the message do.
func related(places []Place) []*sarif.Location {
	var out []*sarif.Location
	for i := range places[:min(len(places), maxRelated)] {
		id := uint(i + 1)
		l := location(&places[i])
		l.Id = &id
		out = append(out, l)
	}
	return out
}

// codeFlows tells the way of a value. Of a way that is too long the end is kept, where the finding is.
func codeFlows(flow []Place) []*sarif.CodeFlow {
	if len(flow) == 0 {
		return nil
	}
	thread := &sarif.ThreadFlow{}
	for i := max(0, len(flow)-maxFlow); i < len(flow); i++ {
		thread.Locations = append(thread.Locations, &sarif.ThreadFlowLocation{Location: location(&flow[i])})
	}
	return []*sarif.CodeFlow{{ThreadFlows: []*sarif.ThreadFlow{thread}}}
}

func sarifFixes(fixes []Fix) []*sarif.Fix {
	var out []*sarif.Fix
	for _, f := range distinct(fixes) {
		if len(f.Edits) > 0 {
			out = append(out, sarifFix(&f))
		}
	}
	return out
}

func sarifFix(f *Fix) *sarif.Fix {
	out := &sarif.Fix{Description: message(plainText(f.Message))}
	out.Properties = sarif.Properties{"safe": f.Safe}
	changes := map[string]*sarif.ArtifactChange{}
	for i := range f.Edits {
		e := &f.Edits[i]
		change := changes[e.File]
		if change == nil {
			change = &sarif.ArtifactChange{ArtifactLocation: *artifact(e.File)}
			changes[e.File] = change
			out.ArtifactChanges = append(out.ArtifactChanges, change)
		}
		change.Replacements = append(change.Replacements, &sarif.Replacement{
			DeletedRegion:   *region(e.From, e.To),
			InsertedContent: &sarif.ArtifactContent{Text: &e.New},
		})
	}
	return out
}
