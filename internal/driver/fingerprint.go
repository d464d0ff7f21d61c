package driver

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

// seed is what identifies a finding across edits: rule, file, the resource by
// its type and the text of its name, and the property. The ordinal among
// equal seeds follows when all findings of a file are known.
func (p *places) seed(f rules.Finding, out report.Finding) string {
	name := ""
	if r := f.Resource; r != nil {
		name = r.Decl.Symbol
		if r.Decl.Name != nil {
			start, end := r.Decl.Name.Span()
			if file := p.u.File(start); file != nil && end > start {
				name = file.Text[int(start)-file.Base : int(end)-file.Base]
			}
		}
	}
	return strings.Join([]string{f.Rule.Name, out.At.File, strings.ToLower(out.Resource.Type), name, f.Path}, "\x00")
}

// fingerprint is the hash of a seed and its ordinal: seen counts the seeds, of
// findings in their order. When the first of two equal findings goes, the
// second becomes the first: that one fingerprint less is found tells it all.
func fingerprint(seed string, seen map[string]int) string {
	n := seen[seed]
	seen[seed]++
	sum := sha256.Sum256([]byte(seed + "\x00" + strconv.Itoa(n)))
	return hex.EncodeToString(sum[:16])
}
