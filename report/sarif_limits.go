package report

import (
	"bytes"
	"compress/gzip"
)

// What the format and GitHub allow:
// https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
//
// GitHub refuses a run with more than 25,000 results, and of one with more than 5,000 it keeps 5,000, which need not be
// the worst. So no more are sent, and they are the worst.
const (
	maxResults     = 5000
	maxCompressed  = 9_500_000 // bytes after gzip; 10 MB are refused, and GitHub's compression may be weaker
	maxNotices     = 1000
	maxUndecided   = 1000
	maxRelated     = 100
	maxFlow        = 50
	maxTags        = 10
	maxMessage     = 1000 // characters
	maxDescription = 1024 // characters
	maxName        = 255  // characters
	maxSnippet     = 1000 // bytes
	nearby         = 120  // bytes of a long line that are sent with a token, on either side
)

// fitting returns a log of n results, or of as many as may be sent.
func fitting(n int, log func(n int) ([]byte, error)) ([]byte, error) {
	for n = min(n, maxResults); ; n = n * 3 / 4 {
		doc, err := log(n)
		if err != nil || n == 0 || len(doc) <= maxCompressed || compressed(doc) <= maxCompressed {
			return doc, err
		}
	}
}

// compressed returns the size of a document after gzip.
func compressed(doc []byte) int {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(doc) // writing to memory cannot fail
	z.Close()
	return b.Len()
}

// sarifCoverage is the coverage without those of its members that could fill a log alone.
func sarifCoverage(r *Report) jsonCoverage {
	c := r.Coverage
	c.Undecided = c.Undecided[:min(len(c.Undecided), maxUndecided)]
	return toJSONCoverage(&c)
}
