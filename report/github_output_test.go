package report

import (
	"strings"
	"testing"
)

func TestGitHubOutput(t *testing.T) {
	r := &Report{Findings: []Finding{{Severity: Low}, {Severity: High}, {Severity: Medium}, {Severity: Info}}}
	for _, test := range []struct {
		r    *Report
		want string
	}{
		{&Report{}, "findings=0\nerrors=0\nwarnings=0\nnotes=0\n"},
		{r, "findings=4\nerrors=1\nwarnings=2\nnotes=1\n"},
	} {
		var b strings.Builder
		if err := GitHubOutput(&b, test.r, Options{}); err != nil || b.String() != test.want {
			t.Errorf("got %q, %v; want %q", b.String(), err, test.want)
		}
	}
}
