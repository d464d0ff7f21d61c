package discover

import "bytes"

// cursor reads JSON from left to right just well enough to see members of a
// few levels. It takes comments, quotes of both kinds and trailing commas, and
// never fails: text that is cut off or broken ends what is iterated.
type cursor struct {
	src []byte
	at  int
}

// peek returns the first byte of what comes next, 0 at the end.
func (c *cursor) peek() byte {
	c.blank()
	if c.at == len(c.src) {
		return 0
	}
	return c.src[c.at]
}

// enter takes one byte if it comes next.
func (c *cursor) enter(b byte) bool {
	if c.peek() != b {
		return false
	}
	c.at++
	return true
}

// members goes through an object that has been entered, with the cursor at each
// value: the body of the loop may read it, partly or in whole, or leave it. At
// the end the closing bracket comes next, unless the text is cut off.
func (c *cursor) members(yield func(key []byte) bool) {
	for c.item('}') {
		key, ok := c.str()
		if !ok || !c.enter(':') {
			return
		}
		start := c.at
		if !yield(key) {
			return
		}
		c.at = start
		if !c.skip() {
			return
		}
	}
}

// items goes through the values of an array or object that comes next.
func (c *cursor) items(yield func() bool) {
	if c.enter('{') {
		c.members(func([]byte) bool { return yield() })
		return
	}
	if !c.enter('[') {
		return
	}
	for c.item(']') {
		start := c.at
		if !yield() {
			return
		}
		c.at = start
		if !c.skip() {
			return
		}
	}
}

// item moves to the next item of a list; false at its end.
func (c *cursor) item(end byte) bool {
	for c.enter(',') {
	}
	b := c.peek()
	return b != 0 && b != end
}

// find enters the object that comes next and moves to the value of a member.
func (c *cursor) find(name string) bool {
	if !c.enter('{') {
		return false
	}
	for key := range c.members {
		if isKey(key, name) {
			return true
		}
	}
	return false
}

// text returns the string that comes next without its quotes, escapes kept;
// nil if something else does.
func (c *cursor) text() []byte {
	text, _ := c.str()
	return text
}

func (c *cursor) str() ([]byte, bool) {
	quote := c.peek()
	if quote != '"' && quote != '\'' {
		return nil, false
	}
	c.at++
	start := c.at
	for {
		n := bytes.IndexByte(c.src[c.at:], quote)
		if n < 0 {
			c.at = len(c.src)
			return nil, false
		}
		end := c.at + n
		c.at = end + 1
		if !escaped(c.src[start:end]) {
			return c.src[start:end], true
		}
	}
}

// escaped reports whether the byte behind text is escaped: an odd number of
// backslashes stands before it.
func escaped(text []byte) bool {
	i := len(text)
	for i > 0 && text[i-1] == '\\' {
		i--
	}
	return (len(text)-i)%2 == 1
}

// skip passes over one value; false if the text ends in it.
func (c *cursor) skip() bool {
	switch c.peek() {
	case 0, '}', ']':
		return false
	case '{', '[':
		return c.skipList()
	case '"', '\'':
		_, ok := c.str()
		return ok
	}
	c.word()
	return true
}

// skipList passes over an object or array. It looks at brackets only, and so
// for strings and comments, which may hold some.
func (c *cursor) skipList() bool {
	depth := 0
	for c.at < len(c.src) {
		switch c.src[c.at] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				c.at++
				return true
			}
		case '"', '\'':
			if _, ok := c.str(); !ok {
				return false
			}
			continue
		case '/':
			if c.comment() {
				continue
			}
		}
		c.at++
	}
	return false
}

// word passes over a number, true, false or null.
func (c *cursor) word() {
	for c.at++; c.at < len(c.src); c.at++ {
		switch c.src[c.at] {
		case ',', ':', '{', '}', '[', ']', '"', '\'', ' ', '\t', '\n', '\r', '/':
			return
		}
	}
}

// blank passes over white space and comments.
func (c *cursor) blank() {
	for c.at < len(c.src) {
		switch c.src[c.at] {
		case ' ', '\t', '\n', '\r':
			c.at++
		case '/':
			if !c.comment() {
				return
			}
		default:
			return
		}
	}
}

// comment passes over a comment, or the first half of the mark of one, with
// which the text may be cut off; false if none begins here.
func (c *cursor) comment() bool {
	rest := c.src[c.at:]
	end, size := []byte("\n"), 1
	switch {
	case len(rest) == 1:
		c.at = len(c.src)
		return true
	case bytes.HasPrefix(rest, []byte("/*")):
		end, size = []byte("*/"), 2
	case !bytes.HasPrefix(rest, []byte("//")):
		return false
	}
	n := bytes.Index(rest[size:], end)
	if n < 0 {
		c.at = len(c.src)
		return true
	}
	c.at += size + n + len(end)
	return true
}
