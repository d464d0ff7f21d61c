package armfn

import (
	"fmt"
	"strings"
)

// layoutLimit bounds the index and the alignment of a placeholder.
const layoutLimit = 1_000_000

// Piece is one part of a composite format string: a literal or a placeholder.
type Piece struct {
	// Literal is the text of a literal, with doubled braces reduced.
	Literal string
	// Arg is the zero-based argument index of a placeholder, -1 for a literal.
	Arg int
	// Align is the minimum width in UTF-16 code units: positive aligns right,
	// negative left, 0 means none.
	Align int
	// Spec is the text after the colon of a placeholder.
	Spec string
}

// FormatPieces splits a composite format string into literals and placeholders.
// A lone brace or a malformed placeholder is an error. A brace inside or right
// after a format specifier wraps ErrUnknown: platform versions differ there.
func FormatPieces(layout string) ([]Piece, error) {
	r := layoutReader{text: layout, pieces: make([]Piece, 0, 1+2*strings.Count(layout, "{"))}
	for r.pos < len(r.text) {
		if err := r.next(); err != nil {
			return nil, err
		}
	}
	r.flush()
	return r.pieces, nil
}

// layoutReader reads a format string from left to right.
type layoutReader struct {
	text    string
	pos     int
	literal strings.Builder
	pieces  []Piece
}

// next reads plain text up to a brace, or one brace construct.
func (r *layoutReader) next() error {
	rest := r.text[r.pos:]
	brace := strings.IndexAny(rest, "{}")
	switch {
	case brace < 0:
		brace = len(rest)
		fallthrough
	case brace > 0:
		r.pos += brace
		if r.literal.Len() == 0 && !doubled(rest[brace:]) {
			r.pieces = append(r.pieces, Piece{Literal: rest[:brace], Arg: -1})
		} else {
			r.literal.WriteString(rest[:brace])
		}
		return nil
	case doubled(rest):
		r.literal.WriteByte(rest[0])
		r.pos += 2
		return nil
	case rest[0] == '}':
		return r.fail("a closing brace without an opening one")
	}
	r.flush()
	r.pos++
	return r.placeholder()
}

// doubled tells whether a text begins with a brace that means itself.
func doubled(s string) bool { return strings.HasPrefix(s, "{{") || strings.HasPrefix(s, "}}") }

// flush ends the current literal.
func (r *layoutReader) flush() {
	if r.literal.Len() > 0 {
		r.pieces = append(r.pieces, Piece{Literal: r.literal.String(), Arg: -1})
		r.literal.Reset()
	}
}

// placeholder reads "index[,alignment][:spec]}" after the opening brace.
func (r *layoutReader) placeholder() error {
	arg, err := r.number("an argument index")
	if err != nil {
		return err
	}
	piece := Piece{Arg: arg}
	r.spaces()
	if r.accept(',') {
		if piece.Align, err = r.alignment(); err != nil {
			return err
		}
	}
	if r.accept(':') {
		if piece.Spec, err = r.spec(); err != nil {
			return err
		}
	}
	if !r.accept('}') {
		return r.fail("a placeholder without its closing brace")
	}
	r.pieces = append(r.pieces, piece)
	return nil
}

// alignment reads an optional minus and a width.
func (r *layoutReader) alignment() (int, error) {
	r.spaces()
	left := r.accept('-')
	width, err := r.number("an alignment")
	r.spaces()
	if left {
		width = -width
	}
	return width, err
}

// spec reads the format specifier up to, not including, its closing brace.
func (r *layoutReader) spec() (string, error) {
	rest := r.text[r.pos:]
	end := strings.IndexByte(rest, '}')
	if end < 0 {
		return "", r.fail("a placeholder without its closing brace")
	}
	if strings.Contains(rest[:end], "{") || strings.HasPrefix(rest[end:], "}}") {
		return "", unknown("format", "a brace meets a format specifier")
	}
	r.pos += end
	return rest[:end], nil
}

// number reads decimal digits; what names the number in errors.
func (r *layoutReader) number(what string) (int, error) {
	start, n := r.pos, 0
	for r.pos < len(r.text) && isDigit(r.text[r.pos]) {
		n = n*10 + int(r.text[r.pos]-'0')
		if n >= layoutLimit {
			return 0, r.fail(what + " out of range")
		}
		r.pos++
	}
	if r.pos == start {
		return 0, r.fail("a placeholder without " + what)
	}
	return n, nil
}

// accept skips the byte c if it comes next and reports whether it did.
func (r *layoutReader) accept(c byte) bool {
	if r.pos < len(r.text) && r.text[r.pos] == c {
		r.pos++
		return true
	}
	return false
}

// spaces skips blanks.
func (r *layoutReader) spaces() {
	for r.accept(' ') {
	}
}

// fail returns a syntax error at the current position.
func (r *layoutReader) fail(what string) error {
	return fmt.Errorf("format: the format string has %s at position %d", what, UTF16Len(r.text[:r.pos]))
}
