package discover

import "bytes"

// plain removes a byte order mark. Of UTF-16 it keeps the ASCII, which is all
// that a key or schema consists of; other characters become question marks.
func plain(text []byte) []byte {
	switch {
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		return text[3:]
	case bytes.HasPrefix(text, []byte("\xff\xfe")):
		return ascii(text[2:], 0)
	case bytes.HasPrefix(text, []byte("\xfe\xff")):
		return ascii(text[2:], 1)
	}
	return text
}

// ascii narrows UTF-16, low being the place of the low byte in each pair.
func ascii(text []byte, low int) []byte {
	narrow := make([]byte, len(text)/2)
	for i := range narrow {
		narrow[i] = text[2*i+low]
		if text[2*i+1-low] != 0 || narrow[i] == 0 || narrow[i] >= 0x80 {
			narrow[i] = '?'
		}
	}
	return narrow
}
