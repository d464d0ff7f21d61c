package armfn

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// cleanAuthority canonicalises "[user@]host[:port]": lower-case host, default
// port removed.
func cleanAuthority(function, scheme, authority string) (string, error) {
	user, host, port, err := splitAuthority(function, authority)
	if err != nil {
		return "", err
	}
	if host, err = cleanHost(function, host); err != nil {
		return "", err
	}
	if port == defaultPort(scheme) || port < 0 {
		return user + host, nil
	}
	return user + host + ":" + strconv.Itoa(port), nil
}

// splitAuthority splits an authority. The user part keeps its "@"; a port of -1
// means none.
func splitAuthority(function, authority string) (user, host string, port int, err error) {
	host, port = authority, -1
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		user, host = host[:i+1], host[i+1:]
	}
	i := strings.LastIndexByte(host, ':')
	if i < 0 || i < strings.LastIndexByte(host, ']') {
		return user, host, port, nil
	}
	digits := host[i+1:]
	host = host[:i]
	if digits == "" {
		return user, host, port, nil
	}
	n, err := strconv.ParseUint(digits, 10, 16)
	if err != nil {
		return "", "", 0, fmt.Errorf("%s: %q is not a port number", function, digits)
	}
	return user, host, int(n), nil
}

// defaultPort returns the port that a scheme implies, or -1.
func defaultPort(scheme string) int {
	switch scheme {
	case "http":
		return 80
	case "https":
		return 443
	}
	return -1
}

// cleanHost canonicalises a host name or an address literal. An empty host is an
// error; unusual names wrap ErrUnknown.
func cleanHost(function, host string) (string, error) {
	if host == "" {
		return "", fmt.Errorf("%s: the address has no host", function)
	}
	if inner, ok := strings.CutPrefix(host, "["); ok {
		return cleanIPv6(function, inner)
	}
	if _, err := netip.ParseAddr(host); err == nil && !strings.Contains(host, ":") {
		return host, nil
	}
	labels := strings.Split(ToLower(host), ".")
	for _, label := range labels {
		if !isLabel(label) {
			return "", unknown(function, "the host %q is not a usual name", host)
		}
	}
	if allDigits(labels[len(labels)-1]) {
		return "", unknown(function, "the host %q is a number", host)
	}
	return strings.Join(labels, "."), nil
}

// cleanIPv6 canonicalises an address after its opening bracket. A form other
// than the usual compressed one wraps ErrUnknown.
func cleanIPv6(function, text string) (string, error) {
	inner, closed := strings.CutSuffix(ToLower(text), "]")
	addr, err := netip.ParseAddr(inner)
	if err != nil || !closed || addr.Is4() {
		return "", fmt.Errorf("%s: the host [%s is not an IPv6 address", function, text)
	}
	if addr.Is4In6() || addr.Zone() != "" || addr.String() != inner {
		return "", unknown(function, "the form of the host [%s", text)
	}
	return "[" + inner + "]", nil
}

// isLabel reports whether s is a usual label of a host name.
func isLabel(s string) bool {
	for i := range len(s) {
		if !isLetter(s[i]) && !isDigit(s[i]) && s[i] != '-' && s[i] != '_' {
			return false
		}
	}
	return s != "" && s[0] != '-'
}
