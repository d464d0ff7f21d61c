package armfn

import (
	"fmt"
	"strings"
)

// URI resolves rel against the absolute address base by RFC 3986 and returns the
// canonical text: lower-case scheme and host, no default port, "/" for an empty
// path, no dot segments. A base that is not absolute is an error. Addresses with
// characters that need escaping, with escapes, or of a scheme other than http
// and https wrap ErrUnknown.
func URI(base, rel string) (string, error) {
	const function = "uri"
	b, err := parseAddress(function, base)
	if err != nil {
		return "", err
	}
	if err := checkCharacters(function, rel); err != nil {
		return "", err
	}
	if rel == "" {
		if b.fragment != "" {
			return "", unknown(function, "the base has a fragment and the relative part is empty")
		}
		return b.String(), nil
	}
	r := splitAddress(rel)
	switch {
	case r.scheme != "":
		b, err = parseAddress(function, rel)
	case r.hasAuthority:
		b, err = parseAddress(function, b.scheme+":"+rel)
	default:
		err = b.resolve(function, r)
	}
	if err != nil {
		return "", err
	}
	return b.String(), nil
}

// address holds the parts of a URI. The query keeps its "?" and the fragment its
// "#", so an empty part is told from an absent one.
type address struct {
	scheme       string
	hasAuthority bool
	authority    string
	path         string
	query        string
	fragment     string
}

// String returns the text of the address.
func (a *address) String() string {
	return a.scheme + "://" + a.authority + a.path + a.query + a.fragment
}

// resolve replaces the path, query and fragment of a by those of the relative
// reference r, which has no scheme and no authority.
func (a *address) resolve(function string, r address) error {
	a.fragment = r.fragment
	if r.path == "" && r.query == "" {
		return nil
	}
	a.query = r.query
	switch {
	case r.path == "":
		return nil
	case r.path[0] == '/':
		a.path = r.path
	default:
		a.path = a.path[:strings.LastIndexByte(a.path, '/')+1] + r.path
	}
	var err error
	a.path, err = cleanPath(function, a.path)
	return err
}

// parseAddress reads and canonicalises an absolute http or https address.
func parseAddress(function, s string) (address, error) {
	a := splitAddress(Trim(s))
	if a.scheme == "" && !strings.HasPrefix(a.path, `\`) && !strings.HasPrefix(Trim(s), "/") {
		return a, fmt.Errorf("%s: %q is not an absolute address", function, s)
	}
	if err := checkCharacters(function, s); err != nil {
		return a, err
	}
	if !a.hasAuthority || a.scheme != "http" && a.scheme != "https" {
		return a, unknown(function, "%q is not an http or https address", s)
	}
	var err error
	if a.authority, err = cleanAuthority(function, a.scheme, a.authority); err != nil {
		return a, err
	}
	a.path, err = cleanPath(function, a.path)
	return a, err
}

// splitAddress splits a URI reference into its parts; it accepts any text. The
// scheme comes out in lower case.
func splitAddress(s string) address {
	var a address
	if end := schemeEnd(s); end > 0 {
		a.scheme, s = ToLower(s[:end]), s[end+1:]
	}
	if i := strings.IndexByte(s, '#'); i >= 0 {
		s, a.fragment = s[:i], s[i:]
	}
	if i := strings.IndexByte(s, '?'); i >= 0 {
		s, a.query = s[:i], s[i:]
	}
	if rest, ok := strings.CutPrefix(s, "//"); ok {
		a.hasAuthority = true
		slash := strings.IndexByte(rest, '/')
		if slash < 0 {
			slash = len(rest)
		}
		a.authority, s = rest[:slash], rest[slash:]
	}
	a.path = s
	return a
}

// schemeEnd returns the index of the colon after a leading scheme, or -1.
func schemeEnd(s string) int {
	for i := range len(s) {
		c := s[i]
		switch {
		case isLetter(c):
		case i == 0:
			return -1
		case c == ':':
			return i
		case !isDigit(c) && c != '+' && c != '-' && c != '.':
			return -1
		}
	}
	return -1
}

// cleanPath removes dot segments; an empty path becomes "/".
func cleanPath(function, path string) (string, error) {
	if path == "" {
		return "/", nil
	}
	if !strings.Contains(path, "/.") {
		return path, nil
	}
	if strings.Contains(path, "//") {
		return "", unknown(function, "the path has both empty and dot segments")
	}
	segments := strings.Split(path, "/")[1:]
	kept := make([]string, 0, len(segments))
	for i, segment := range segments {
		last := i == len(segments)-1
		switch segment {
		case "..":
			kept = kept[:max(len(kept)-1, 0)]
		case ".":
		default:
			kept = append(kept, segment)
			continue
		}
		if last {
			kept = append(kept, "")
		}
	}
	return "/" + strings.Join(kept, "/"), nil
}

// checkCharacters wraps ErrUnknown unless s has only characters that every form
// of a URI shows unescaped, with brackets in the authority only and a single "#".
func checkCharacters(function, s string) error {
	a := splitAddress(s)
	if strings.ContainsAny(a.path+a.query+a.fragment, "[]") || strings.Count(s, "#") > 1 {
		return unknown(function, "%q has a bracket or a number sign out of place", s)
	}
	for i := range len(s) {
		if !isUnreserved(s[i]) && strings.IndexByte("!$&'()*+,;=:/?#[]@", s[i]) < 0 {
			return unknown(function, "%q has a character that needs escaping, or an escape", s)
		}
	}
	return nil
}
