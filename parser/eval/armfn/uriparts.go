package armfn

import (
	"strconv"
	"strings"
)

// ParsedURI holds the parts that parseUri() gives and buildUri() takes.
type ParsedURI struct {
	// Scheme is the scheme without its colon, in lower case.
	Scheme string
	// Host is the host name or address, in lower case; IPv6 has its brackets.
	Host string
	// Path begins with "/".
	Path string
	// Query begins with "?", or is empty.
	Query string
	// Port is the port number where HasPort is set.
	Port int
	// HasPort tells that the address names a port.
	HasPort bool
}

// ParseURI splits an absolute http or https address. Text that is not absolute
// is an error; it wraps ErrUnknown where URI does, for an explicit default port
// and for an empty query.
func ParseURI(s string) (ParsedURI, error) {
	const function = "parseUri"
	a, err := parseAddress(function, s)
	if err != nil {
		return ParsedURI{}, err
	}
	_, _, port, _ := splitAuthority(function, splitAddress(s).authority) // without error: parseAddress has read it
	if port == defaultPort(a.scheme) {
		return ParsedURI{}, unknown(function, "the address names the default port")
	}
	if a.query == "?" {
		return ParsedURI{}, unknown(function, "the address has an empty query")
	}
	_, host, _, _ := splitAuthority(function, a.authority)
	return ParsedURI{
		Scheme: a.scheme, Host: host, Path: a.path, Query: a.query,
		Port: max(port, 0), HasPort: port >= 0,
	}, nil
}

// BuildURI joins the parts of an address. An empty path gives "/"; a path
// without "/" and a query without "?" get it. A port outside 0 to 65535 is an
// error. A missing scheme or host, and parts that are not in canonical form
// (see URI), wrap ErrUnknown.
func BuildURI(p ParsedURI) (string, error) {
	const function = "buildUri"
	if p.Scheme == "" || p.Host == "" {
		return "", unknown(function, "the scheme or the host is missing")
	}
	authority := p.Host
	if p.HasPort {
		authority += ":" + strconv.Itoa(p.Port)
	}
	text := p.Scheme + "://" + authority + leading("/", p.Path) + p.query()
	a, err := parseAddress(function, text)
	if err != nil {
		return "", err
	}
	_, host, _, _ := splitAuthority(function, a.authority)
	if a.String() != text || host != p.Host || a.query != p.query() || a.fragment != "" {
		return "", unknown(function, "the parts do not give %q in canonical form", text)
	}
	return text, nil
}

// query returns the query with its question mark, or "".
func (p ParsedURI) query() string {
	if p.Query == "" {
		return ""
	}
	return leading("?", p.Query)
}

// leading returns s with the prefix before it unless it is there.
func leading(prefix, s string) string {
	if strings.HasPrefix(s, prefix) {
		return s
	}
	return prefix + s
}
