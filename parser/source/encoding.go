package source

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

var (
	utf8Mark    = []byte("\xef\xbb\xbf")
	utf16LEMark = []byte("\xff\xfe")
	utf16BEMark = []byte("\xfe\xff")
)

// decode sets the encoding of f and returns raw as UTF-8: raw itself, or a new
// slice if raw is UTF-16. It leaves alone what is longer than limit.
func (f *File) decode(raw []byte, limit int) []byte {
	f.Encoding = UTF8
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(raw, utf8Mark):
		f.Encoding = UTF8BOM
		return raw
	case bytes.HasPrefix(raw, utf16LEMark):
		f.Encoding, order = UTF16LE, binary.LittleEndian
	case bytes.HasPrefix(raw, utf16BEMark):
		f.Encoding, order = UTF16BE, binary.BigEndian
	default:
		return raw
	}
	if len(raw) > limit {
		return raw
	}
	return fromUTF16(raw[len(utf16LEMark):], order)
}

// fromUTF16 transcodes UTF-16 to UTF-8. A lone surrogate, as well as an odd byte
// at the end, becomes U+FFFD.
func fromUTF16(raw []byte, order binary.ByteOrder) []byte {
	text := make([]byte, 0, len(raw)/2+len(raw)/16)
	for len(raw) >= 2 {
		r := rune(order.Uint16(raw))
		raw = raw[2:]
		if utf16.IsSurrogate(r) {
			pair := rune(utf8.RuneError)
			if len(raw) >= 2 {
				pair = utf16.DecodeRune(r, rune(order.Uint16(raw)))
			}
			if r = pair; r != utf8.RuneError {
				raw = raw[2:]
			}
		}
		text = utf8.AppendRune(text, r)
	}
	if len(raw) > 0 {
		text = utf8.AppendRune(text, utf8.RuneError)
	}
	return text
}
