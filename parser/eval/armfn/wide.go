package armfn

import (
	"encoding/binary"
	"math/bits"
	"net/netip"
)

// wide is an unsigned 128-bit number, the value of an IP address.
type wide struct{ hi, lo uint64 }

// wideOf returns the value of an address; IPv4 fills the low 32 bits.
func wideOf(a netip.Addr) wide {
	if a.Is4() {
		b := a.As4()
		return wide{lo: uint64(binary.BigEndian.Uint32(b[:]))}
	}
	b := a.As16()
	return wide{hi: binary.BigEndian.Uint64(b[:8]), lo: binary.BigEndian.Uint64(b[8:])}
}

// addr returns the address with the value w; IPv4 takes the low 32 bits.
func (w wide) addr(v4 bool) netip.Addr {
	if v4 {
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], uint32(w.lo))
		return netip.AddrFrom4(b)
	}
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], w.hi)
	binary.BigEndian.PutUint64(b[8:], w.lo)
	return netip.AddrFrom16(b)
}

// add returns w+x and whether the sum overflows.
func (w wide) add(x wide) (wide, bool) {
	lo, carry := bits.Add64(w.lo, x.lo, 0)
	hi, carry := bits.Add64(w.hi, x.hi, carry)
	return wide{hi: hi, lo: lo}, carry != 0
}

// minusOne returns w-1; zero wraps to the largest number.
func (w wide) minusOne() wide {
	lo, borrow := bits.Sub64(w.lo, 1, 0)
	return wide{hi: w.hi - borrow, lo: lo}
}

// shiftLeft returns w shifted by n bits; bits beyond 128 are lost.
func (w wide) shiftLeft(n uint) wide {
	if n >= 64 {
		return wide{hi: w.lo << (n - 64)}
	}
	return wide{hi: w.hi<<n | w.lo>>(64-n), lo: w.lo << n}
}

// less reports whether w is below x.
func (w wide) less(x wide) bool {
	return w.hi < x.hi || w.hi == x.hi && w.lo < x.lo
}
