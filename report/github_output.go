package report

import (
	"fmt"
	"io"
)

// GitHubOutput writes how many findings there are, in all and of each level, as the outputs of a step. Its lines are
// for the file that GITHUB_OUTPUT names
// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-output-parameter).
func GitHubOutput(w io.Writer, r *Report, _ Options) error {
	n := levels(r)
	_, err := fmt.Fprintf(w, "findings=%d\nerrors=%d\nwarnings=%d\nnotes=%d\n",
		len(r.Findings), n[levelError], n[levelWarning], n[levelNote])
	return err
}
