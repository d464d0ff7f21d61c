package driver

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/value"
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
			at := p.u.Written(value.Span{Start: int32(start), End: int32(end)})
			if file := p.u.Source(at.Pos()); file != nil && at.End > at.Start {
				name = file.Text[int(at.Start)-file.Base : int(at.End)-file.Base]
			}
		}
	}
	seed := strings.Join([]string{f.Rule.Name, out.At.File, strings.ToLower(out.Resource.Type), name, f.Path}, seedMark)
	if inside := p.inside(f); inside != "" {
		seed += seedMark + inside
	}
	return seed
}

// seedMark stands between the parts of a seed, of which there are five, or six
// inside of a module of a registry.
const seedMark = "\x00"

// insideOf is the sixth part of a seed, see [places.inside].
func insideOf(seed string) string {
	parts := strings.SplitN(seed, seedMark, 6)
	if len(parts) < 6 {
		return ""
	}
	return parts[5]
}

// inside tells the places in a module of a registry apart, which all stand
// where the module is named: by the name of the resource as the module has it.
// It is "" everywhere else.
func (p *places) inside(f rules.Finding) string {
	at := p.u.Written(f.At)
	file := p.u.Source(at.Pos())
	if file == nil || f.Resource == nil || f.Resource.Decl.Name == nil || file == p.u.File(at.Pos()) {
		return ""
	}
	if !strings.HasPrefix(file.Text[int(at.Start)-file.Base:], "'br") {
		return ""
	}
	start, end := f.Resource.Decl.Name.Span()
	if own := p.u.File(start); own != nil && end > start {
		return strings.Clone(own.Text[int(start)-own.Base : int(end)-own.Base])
	}
	return ""
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
