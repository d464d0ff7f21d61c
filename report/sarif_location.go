package report

import (
	"strings"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v2/sarif"
)

func location(p *Place) *sarif.Location {
	l := &sarif.Location{PhysicalLocation: &sarif.PhysicalLocation{
		ArtifactLocation: artifact(p.File),
		Region:           region(p.From, p.To),
	}}
	if text, ok := snippet(p); ok {
		l.PhysicalLocation.Region.Snippet = &sarif.ArtifactContent{Text: &text}
	}
	if p.Message != "" {
		l.Message = message(escapePlaceholders(plainText(p.Message)))
	}
	return l
}

// artifact names a file, relative to the analysed tree.
func artifact(file string) *sarif.ArtifactLocation {
	uri := encodePath(file)
	return &sarif.ArtifactLocation{URI: &uri, URIBaseId: filled(rootID)}
}

// encodePath turns a slash-separated path into a relative reference of RFC 3986. A colon would be allowed behind the
// first slash only, so it is always encoded.
func encodePath(path string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(path) {
		c := path[i]
		if isPathByte(c) {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', digits[c>>4], digits[c&15]})
	}
	return b.String()
}

func isPathByte(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return strings.IndexByte("/-._~!$&'()*+,;=@", c) >= 0
}

func region(from, to Position) *sarif.Region {
	from, to = from.known(), to.notBefore(from)
	return &sarif.Region{
		StartLine: &from.Line, StartColumn: &from.UTF16,
		EndLine: &to.Line, EndColumn: &to.UTF16,
	}
}

// snippet returns the text of a place on one line, if its line is there. Of a long one it is the beginning.
func snippet(p *Place) (string, bool) {
	l, start, end := p.marked()
	if l == nil || p.To.Line != p.From.Line || start == end {
		return "", false
	}
	text, _ := shortened(l.Text[start:end], p.To.Byte-p.From.Byte)
	return text, true
}

// shortened returns a text that should be so many bytes long, or its beginning if that is too much, or if the rest is
// not there.
func shortened(s string, size int) (string, bool) {
	if len(s) == size && size <= maxSnippet {
		return s, false
	}
	end := min(len(s), maxSnippet)
	for end > 0 && end < len(s) && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…", true
}
