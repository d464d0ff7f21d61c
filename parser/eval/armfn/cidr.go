package armfn

import (
	"fmt"
	"net/netip"
	"strings"
)

// CIDR holds the parts of an address range that parseCidr() gives.
type CIDR struct {
	// Network is the first address of the range.
	Network string
	// Netmask is the mask in address form, also for IPv6.
	Netmask string
	// Broadcast is the last address of an IPv4 range, "" for IPv6.
	Broadcast string
	// FirstUsable and LastUsable bound the host addresses. For IPv6 they are
	// the ends of the range.
	FirstUsable, LastUsable string
	// Bits is the prefix length.
	Bits int
	// IPv4 tells the address family.
	IPv4 bool
}

// ParseCIDR describes an address range such as "10.0.0.0/16". Malformed text is
// an error. Set host bits, an IPv4 /31 and unusual notations wrap ErrUnknown.
func ParseCIDR(s string) (CIDR, error) {
	const function = "parseCidr"
	p, err := parsePrefix(function, s)
	if err != nil {
		return CIDR{}, err
	}
	first, last := p.Addr(), lastAddr(p)
	c := CIDR{
		Network:     first.String(),
		Netmask:     netmask(p).String(),
		FirstUsable: first.String(),
		LastUsable:  last.String(),
		Bits:        p.Bits(),
		IPv4:        first.Is4(),
	}
	if !c.IPv4 {
		return c, nil
	}
	c.Broadcast = last.String()
	switch {
	case p.Bits() == 31:
		return CIDR{}, unknown(function, "the usable addresses of a /31")
	case p.Bits() < 31:
		c.FirstUsable, c.LastUsable = first.Next().String(), last.Prev().String()
	}
	return c, nil
}

// CIDRSubnet returns the range number index, from zero, of those that result
// from dividing the range s into ranges of prefix length newPrefix. A prefix
// shorter than that of s or too long for the family, and an index out of range,
// are errors. ErrUnknown is wrapped as for ParseCIDR, except that a /31 is fine,
// and for an index above zero where the prefix does not grow.
func CIDRSubnet(s string, newPrefix, index int64) (string, error) {
	const function = "cidrSubnet"
	p, err := parsePrefix(function, s)
	if err != nil {
		return "", err
	}
	size := p.Addr().BitLen()
	if newPrefix < int64(p.Bits()) || newPrefix > int64(size) {
		return "", fmt.Errorf("%s: the prefix length %d is not between %d and %d", function, newPrefix, p.Bits(), size)
	}
	grow := uint(newPrefix) - uint(p.Bits())
	if grow == 0 && index > 0 {
		return "", unknown(function, "an index above zero without a longer prefix")
	}
	if index < 0 || grow < 63 && index>>grow != 0 {
		return "", fmt.Errorf("%s: the index %d is outside the range", function, index)
	}
	offset := wide{lo: uint64(index)}.shiftLeft(uint(size) - uint(newPrefix))
	addr, _ := wideOf(p.Addr()).add(offset)
	return netip.PrefixFrom(addr.addr(p.Addr().Is4()), int(newPrefix)).String(), nil
}

// CIDRHost returns the usable address number index, from zero, of the range s:
// index 0 is the address after the network address. An index out of range is an
// error. ErrUnknown is wrapped as for ParseCIDR and for ranges of one or two
// addresses.
func CIDRHost(s string, index int64) (string, error) {
	const function = "cidrHost"
	p, err := parsePrefix(function, s)
	if err != nil {
		return "", err
	}
	if index < 0 {
		return "", fmt.Errorf("%s: the index %d is negative", function, index)
	}
	if p.Bits() >= p.Addr().BitLen()-1 {
		return "", unknown(function, "the usable addresses of a /%d", p.Bits())
	}
	last := lastAddr(p)
	if last.Is4() {
		last = last.Prev()
	}
	sum, carry := wideOf(p.Addr()).add(wide{lo: uint64(index) + 1})
	if carry || wideOf(last).less(sum) {
		return "", fmt.Errorf("%s: the index %d is beyond the last usable address %s", function, index, last)
	}
	return sum.addr(last.Is4()).String(), nil
}

// parsePrefix reads an address range without set host bits.
func parsePrefix(function, s string) (netip.Prefix, error) {
	p, err := netip.ParsePrefix(s)
	switch {
	case err != nil && oddPrefix(s):
		return p, unknown(function, "the notation of the range %q", s)
	case err != nil:
		return p, fmt.Errorf("%s: %q is not an address range like 10.0.0.0/16", function, s)
	case p.Addr().Is4In6():
		return p, unknown(function, "%q is an IPv4 address in IPv6 form", s)
	case p != p.Masked():
		return p, unknown(function, "the address of %q has bits set beyond its prefix", s)
	}
	return p, nil
}

// oddPrefix reports whether a lenient reader may accept a range that the strict
// one rejects: without a prefix length, with a mask in its place, or with leading
// zeros in it or in an IPv4 address.
func oddPrefix(s string) bool {
	host, length, found := strings.Cut(s, "/")
	if addr, err := netip.ParseAddr(trimZeros(host)); err != nil || addr.Zone() != "" {
		return false
	}
	if _, err := netip.ParseAddr(length); err == nil || !found {
		return true
	}
	_, err := netip.ParsePrefix(trimZeros(host) + "/" + trimZeros(length))
	return err == nil
}

// trimZeros removes leading zeros from the numbers of an IPv4 address.
func trimZeros(s string) string {
	if strings.Contains(s, ":") {
		return s
	}
	parts := strings.Split(s, ".")
	for i, part := range parts {
		if allDigits(part) {
			parts[i] = strings.TrimLeft(part[:len(part)-1], "0") + part[len(part)-1:]
		}
	}
	return strings.Join(parts, ".")
}

// lastAddr returns the last address of p.
func lastAddr(p netip.Prefix) netip.Addr {
	free := wide{lo: 1}.shiftLeft(uint(p.Addr().BitLen() - p.Bits())).minusOne()
	sum, _ := wideOf(p.Addr()).add(free)
	return sum.addr(p.Addr().Is4())
}

// netmask returns the mask of p as an address.
func netmask(p netip.Prefix) netip.Addr {
	free := wide{lo: 1}.shiftLeft(uint(p.Addr().BitLen() - p.Bits())).minusOne()
	return wide{hi: ^free.hi, lo: ^free.lo}.addr(p.Addr().Is4())
}
