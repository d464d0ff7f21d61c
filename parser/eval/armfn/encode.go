package armfn

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Base64 returns the padded base64 form of the UTF-8 bytes of s.
func Base64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// Base64ToString decodes padded base64 with white space between the characters.
// Other text is an error; bytes that are not UTF-8 wrap ErrUnknown.
func Base64ToString(s string) (string, error) { return decodeBase64("base64ToString", s) }

// decodeBase64 does the work of Base64ToString for the named function.
func decodeBase64(function, s string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(strings.Map(dropBlank, s))
	if err != nil {
		return "", fmt.Errorf("%s: the text is not valid base64", function)
	}
	if !utf8.Valid(raw) {
		return "", unknown(function, "the decoded bytes are not UTF-8")
	}
	return string(raw), nil
}

// dropBlank maps the white space that base64 text may hold to nothing.
func dropBlank(r rune) rune {
	if r == ' ' || r == '\t' || r == '\r' || r == '\n' {
		return -1
	}
	return r
}

// DataURI returns s as a base64 data URI of media type text/plain.
func DataURI(s string) string { return "data:text/plain;charset=utf-8;base64," + Base64(s) }

// DataURIToString returns the text inside a data URI, with a base64 or a plain
// payload. What is not a data URI is an error; a character set other than UTF-8
// and percent escapes in the payload wrap ErrUnknown.
func DataURIToString(s string) (string, error) {
	const function = "dataUriToString"
	header, payload, found := strings.Cut(s, ",")
	if !found || !HasPrefixFold(header, "data:") {
		return "", fmt.Errorf("%s: the text is not a data URI", function)
	}
	options := strings.Split(ToLower(header), ";")[1:]
	encoded := len(options) > 0 && options[len(options)-1] == "base64"
	for _, option := range options {
		if charset, ok := strings.CutPrefix(option, "charset="); ok && charset != "utf-8" && charset != "utf8" {
			return "", unknown(function, "the character set %q is not UTF-8", charset)
		}
	}
	if strings.Contains(payload, "%") {
		return "", unknown(function, "the payload has percent escapes")
	}
	if encoded {
		return decodeBase64(function, payload)
	}
	return payload, nil
}

// URIComponent percent-encodes the UTF-8 bytes of s except A-Z a-z 0-9 - _ . ~,
// with upper-case hexadecimal digits.
func URIComponent(s string) string {
	const digits = "0123456789ABCDEF"
	var out strings.Builder
	for i := range len(s) {
		c := s[i]
		if isUnreserved(c) {
			out.WriteByte(c)
			continue
		}
		out.Write([]byte{'%', digits[c>>4], digits[c&15]})
	}
	return out.String()
}

// URIComponentToString decodes percent escapes; a plus and a malformed escape
// stay as they are. Escapes that are not UTF-8 wrap ErrUnknown.
func URIComponentToString(s string) (string, error) {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if i+2 < len(s) && s[i] == '%' && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			out = append(out, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	if !utf8.Valid(out) {
		return "", unknown("uriComponentToString", "the decoded bytes are not UTF-8")
	}
	return string(out), nil
}

// isUnreserved reports whether c needs no escape in any part of a URI.
func isUnreserved(c byte) bool {
	return isLetter(c) || isDigit(c) || strings.IndexByte("-_.~", c) >= 0
}

// unhex returns the value of a hexadecimal digit, or -1.
func unhex(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
