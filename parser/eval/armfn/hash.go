package armfn

import (
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"strings"
)

// guidNamespace is the name space of guid(), 11fb06fb-712d-4ddd-98c7-e71bbd588830
// in network byte order.
const guidNamespace = "\x11\xfb\x06\xfb\x71\x2d\x4d\xdd\x98\xc7\xe7\x1b\xbd\x58\x88\x30"

// GUID returns the name-based identifier (RFC 4122, version 5) of the parts
// joined with "-", as lower-case text with hyphens. Parts are neither trimmed
// nor case-folded.
func GUID(parts ...string) string {
	sum := sha1.Sum([]byte(guidNamespace + strings.Join(parts, "-")))
	id := sum[:16]
	id[6] = id[6]&0x0f | 0x50
	id[8] = id[8]&0x3f | 0x80
	h := hex.EncodeToString(id)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// LooksLikeGUID reports whether s has the text form of a GUID: 8-4-4-4-12
// hexadecimal digits of any case, joined with hyphens, without braces.
func LooksLikeGUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return false
			}
		default:
			if unhex(s[i]) < 0 {
				return false
			}
		}
	}
	return true
}

// UniqueString returns the 13-character text of uniqueString() for the parts
// joined with "-". Its alphabet is a-z and 2-7.
func UniqueString(parts ...string) string {
	const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
	hash := UniqueHash([]byte(strings.Join(parts, "-")))
	var text [13]byte
	for i := range text {
		text[i] = alphabet[hash>>59]
		hash <<= 5
	}
	return string(text[:])
}

// uniqueC1 and uniqueC2 are the multipliers of UniqueHash.
const (
	uniqueC1 = 0x239b961b
	uniqueC2 = 0xab0e9789
)

// UniqueHash returns the 64-bit hash behind uniqueString(): a Murmur-style hash
// with two 32-bit lanes and seed zero. Printed as an unsigned decimal it is also
// the template hash that the Bicep compiler writes into its output.
func UniqueHash(b []byte) uint64 {
	size := uint32(len(b))
	var lo, hi uint32
	for ; len(b) >= 8; b = b[8:] {
		lo ^= mixLow(binary.LittleEndian.Uint32(b))
		lo = (bits.RotateLeft32(lo, 19)+hi)*5 + 0x561ccd1b
		hi ^= mixHigh(binary.LittleEndian.Uint32(b[4:]))
		hi = (bits.RotateLeft32(hi, 13)+lo)*5 + 0x0bcaa747
	}
	lo, hi = uniqueTail(b, lo, hi)
	lo, hi = lo^size, hi^size
	lo += hi
	hi += lo
	lo, hi = avalanche(lo), avalanche(hi)
	lo += hi
	hi += lo
	return uint64(hi)<<32 | uint64(lo)
}

// uniqueTail mixes the last 0 to 7 bytes into the two lanes. Bytes that are
// absent count as zero.
func uniqueTail(tail []byte, lo, hi uint32) (uint32, uint32) {
	var block [8]byte
	copy(block[:], tail)
	if len(tail) > 0 {
		lo ^= mixLow(binary.LittleEndian.Uint32(block[:4]))
	}
	if len(tail) > 4 {
		hi ^= mixHigh(binary.LittleEndian.Uint32(block[4:]))
	}
	return lo, hi
}

// mixLow scrambles a word for the low lane.
func mixLow(word uint32) uint32 { return bits.RotateLeft32(word*uniqueC1, 15) * uniqueC2 }

// mixHigh scrambles a word for the high lane.
func mixHigh(word uint32) uint32 { return bits.RotateLeft32(word*uniqueC2, 17) * uniqueC1 }

// avalanche is the final mix of one lane.
func avalanche(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}
