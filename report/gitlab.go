package report

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"
)

// GitLab writes the findings as a Code Quality report, an array of what
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format calls for. What could not be analysed has
// no place there: the exit code tells of it.
func GitLab(w io.Writer, r *Report, _ Options) error {
	out := make([]gitlabIssue, len(r.Findings))
	seen := map[string]int{}
	for i := range r.Findings {
		f := &r.Findings[i]
		print := gitlabFingerprint(f, seen[f.Fingerprint])
		seen[f.Fingerprint]++
		from := f.At.From.known()
		out[i] = gitlabIssue{
			Description: plainText(f.sentence()),
			CheckName:   f.Rule.label(),
			Fingerprint: print,
			Severity:    gitlabSeverity(f.Severity),
			Location: gitlabLocation{
				Path:  f.At.File,
				Lines: gitlabLines{from.Line, f.At.To.notBefore(from).Line},
			},
		}
	}
	return Encode(w, out)
}

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// gitlabFingerprint tells a finding from every other: GitLab hides what it has seen. The nth finding with the same
// fingerprint gets another one.
func gitlabFingerprint(f *Finding, n int) string {
	if n == 0 && f.Fingerprint != "" {
		return f.Fingerprint
	}
	sum := sha256.Sum256([]byte(f.Fingerprint + "\x00" + strconv.Itoa(n)))
	return hex.EncodeToString(sum[:16])
}

func gitlabSeverity(s Severity) string {
	switch s {
	case Info:
		return "info"
	case Low:
		return "minor"
	case Medium:
		return "major"
	}
	return "critical"
}
