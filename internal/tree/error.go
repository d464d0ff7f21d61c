package tree

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"unicode"
)

// ErrOutside is wrapped by the errors for paths that are, or lead, outside of
// the analysed tree.
var ErrOutside = errors.New("outside of the analysed tree")

// Error says what is wrong with one file or folder. It wraps the reason, so
// that errors.Is with fs.ErrNotExist and the like works.
type Error struct {
	Path string // as it was asked for
	Text string // what is wrong and, where that helps, what to do; without the path
	Err  error  // the reason; nil if Text is all there is to say
}

// Error puts the path before the text, quoted if it has control characters.
func (e *Error) Error() string { return quote(e.Path) + ": " + e.Text }

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// Text is the text of err without its path, where err is an [Error].
func Text(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Text
	}
	return err.Error()
}

// failure words an error of the operating system.
func failure(path string, err error) error {
	e := &Error{Path: path, Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Text = "there is no such file or folder"
	case errors.Is(err, fs.ErrPermission):
		e.Text = "may not be read: permission denied"
	default:
		e.Text = "cannot be read: " + reason(err)
	}
	return e
}

// reason is the innermost message, without operation and path.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err.Error()
	}
	return err.Error()
}

func outside(path, text string) error {
	return &Error{Path: path, Text: text, Err: ErrOutside}
}

// withPath is err for the path that was asked for, and names the one met on the
// way as the reason.
func withPath(err error, path string) error {
	var e *Error
	if !errors.As(err, &e) || e.Path == path {
		return err
	}
	return &Error{Path: path, Text: e.Text + " (" + quote(e.Path) + ")", Err: e.Err}
}

// quote shows a path; with control characters or the like, as a Go string.
func quote(path string) string {
	if path != "" && !strings.ContainsFunc(path, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return path
	}
	return strconv.Quote(path)
}
