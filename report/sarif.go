package report

import (
	"io"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	homepage    = "https://github.com/rolecall/rolecall"
	rootID      = "SRCROOT" // the name of the analysed tree's address, which is left to the reader
)

// SARIF writes the report as a SARIF 2.1.0 log of one run. Results come worst first, so that readers who cut the list
// keep what matters; those beyond what GitHub takes and keeps are left out, and a notification counts them. Problems
// become notifications of the invocation.
func SARIF(w io.Writer, r *Report, o Options) error {
	findings := WorstFirst(r.Findings)
	doc, err := fitting(len(findings), func(n int) ([]byte, error) {
		return encode(sarifLog(r, o, findings[:n]))
	})
	if err != nil {
		return err
	}
	_, err = w.Write(doc)
	return err
}

// sarifLog returns the log of some of the findings.
func sarifLog(r *Report, o Options, findings []*Finding) *sarif.Report {
	rules := newRuleList(r)
	run := &sarif.Run{
		Tool:               sarif.Tool{Driver: driver(r, rules)},
		ColumnKind:         "utf16CodeUnits",
		OriginalUriBaseIDs: map[string]*sarif.ArtifactLocation{rootID: {Description: message("The root of the analysed tree.")}},
		Results:            make([]*sarif.Result, len(findings)),
		Invocations:        []*sarif.Invocation{invocation(r, rules, len(r.Findings)-len(findings))},
	}
	run.Properties = sarif.Properties{"tables": r.TablesDate, "complete": r.Complete, "coverage": sarifCoverage(r)}
	for i, f := range findings {
		run.Results[i] = result(f, rules)
	}
	if o.Category != "" {
		// What stands before the last slash is the category of the analysis.
		id := strings.TrimSuffix(o.Category, "/") + "/"
		run.AutomationDetails = &sarif.RunAutomationDetails{ID: &id}
	}
	if o.Repository != nil && o.Repository.URI != "" {
		run.VersionControlProvenance = []*sarif.VersionControlDetails{provenance(o.Repository)}
	}
	return &sarif.Report{Version: string(sarif.Version210), Schema: sarifSchema, Runs: []*sarif.Run{run}}
}

// driver describes the program and its rules. The name is part of the identity of alerts.
func driver(r *Report, rules *ruleList) *sarif.ToolComponent {
	d := &sarif.ToolComponent{
		Name:           "rolecall",
		FullName:       filled(strings.TrimSpace("rolecall " + r.Version)),
		Version:        filled(r.Version),
		InformationURI: filled(homepage),
		Rules:          rules.descriptors(),
		Notifications:  notificationDescriptors(),
	}
	if v := strings.TrimPrefix(r.Version, "v"); isSemantic(v) {
		d.SemanticVersion = &v
	}
	return d
}

// isSemantic reports whether v starts with the three numbers of a semantic version.
func isSemantic(v string) bool {
	core, _, _ := strings.Cut(v, "-")
	core, _, _ = strings.Cut(core, "+")
	numbers := strings.Split(core, ".")
	for _, n := range numbers {
		if n == "" || strings.Trim(n, "0123456789") != "" {
			return false
		}
	}
	return len(numbers) == 3
}

func provenance(r *Repository) *sarif.VersionControlDetails {
	return &sarif.VersionControlDetails{
		RepositoryURI: &r.URI,
		RevisionID:    filled(r.Revision),
		Branch:        filled(r.Branch),
		MappedTo:      &sarif.ArtifactLocation{URIBaseId: filled(rootID)},
	}
}

// filled returns a pointer to s, or nil for an empty one.
func filled(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func message(s string) *sarif.Message {
	return &sarif.Message{Text: &s}
}

func multiformat(s string) *sarif.MultiformatMessageString {
	return &sarif.MultiformatMessageString{Text: &s}
}
