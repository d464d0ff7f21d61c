package armfn

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// FormatDate formats t, taken as UTC, with a .NET custom format string or one of
// the standard formats d, R, s and u. The other standard formats depend on the
// culture or the date type and wrap ErrUnknown, as do the era and the time zone
// of custom strings and an empty string. A malformed string is an error.
func FormatDate(t time.Time, netFormat string) (string, error) {
	t = t.UTC()
	if len(netFormat) < 2 {
		return standardDate(t, netFormat)
	}
	w := dateWriter{time: t, format: netFormat}
	for w.pos < len(netFormat) {
		if err := w.next(); err != nil {
			return "", err
		}
	}
	return string(w.out), nil
}

// standardDate applies a standard format of one letter.
func standardDate(t time.Time, format string) (string, error) {
	switch format {
	case "d":
		return t.Format("01/02/2006"), nil
	case "r", "R":
		return t.Format("Mon, 02 Jan 2006 15:04:05 GMT"), nil
	case "s":
		return t.Format("2006-01-02T15:04:05"), nil
	case "u":
		return t.Format(universalLayout), nil
	}
	if format == "" || strings.Contains("DfFgGmMoOtTUyY", format) {
		return "", unknown("date format", "the result of the standard format %q", format)
	}
	return "", fmt.Errorf("date format: %q is not a standard format", format)
}

// dateWriter applies a custom format string from left to right.
type dateWriter struct {
	time   time.Time
	format string
	pos    int
	out    []byte
}

// next handles one run of a format letter, a quoted text, an escape or a literal.
func (w *dateWriter) next() error {
	c := w.format[w.pos]
	switch c {
	case '\'', '"':
		return w.quoted(c)
	case '\\', '%':
		return w.escaped(c)
	}
	count := w.run(c)
	if strings.IndexByte("dfFhHmMstygKz", c) < 0 {
		w.out = append(w.out, w.format[w.pos:w.pos+count]...)
		w.pos += count
		return nil
	}
	w.pos += count
	return w.letter(c, count)
}

// run returns how often c is repeated at the current position.
func (w *dateWriter) run(c byte) int {
	end := w.pos
	for end < len(w.format) && w.format[end] == c {
		end++
	}
	return end - w.pos
}

// quoted copies the text up to the closing quote; a backslash escapes inside.
func (w *dateWriter) quoted(quote byte) error {
	for w.pos++; w.pos < len(w.format); w.pos++ {
		c := w.format[w.pos]
		if c == quote {
			w.pos++
			return nil
		}
		if c == '\\' {
			if w.pos++; w.pos == len(w.format) {
				break
			}
			c = w.format[w.pos]
		}
		w.out = append(w.out, c)
	}
	return errors.New("date format: the format string has a quote that is not closed")
}

// escaped handles "\c", a literal character, and "%c", a lone format letter.
func (w *dateWriter) escaped(mark byte) error {
	w.pos++
	if w.pos == len(w.format) || mark == '%' && w.format[w.pos] == '%' {
		return fmt.Errorf("date format: nothing follows the %q of the format string", mark)
	}
	_, size := utf8.DecodeRuneInString(w.format[w.pos:])
	char := w.format[w.pos : w.pos+size]
	w.pos += size
	if mark == '\\' || size > 1 {
		w.out = append(w.out, char...)
		return nil
	}
	lone := dateWriter{time: w.time, format: char, out: w.out}
	err := lone.next()
	w.out = lone.out
	return err
}

// letter writes the value of a format letter repeated count times.
func (w *dateWriter) letter(c byte, count int) error {
	t := w.time
	switch c {
	case 'd':
		w.dateOrName(t.Day(), t.Weekday().String(), count)
	case 'M':
		w.dateOrName(int(t.Month()), t.Month().String(), count)
	case 'y':
		w.year(count)
	case 'H':
		w.number(t.Hour(), min(count, 2))
	case 'h':
		w.number((t.Hour()+11)%12+1, min(count, 2))
	case 'm':
		w.number(t.Minute(), min(count, 2))
	case 's':
		w.number(t.Second(), min(count, 2))
	case 't':
		w.out = append(w.out, t.Format("PM")[:min(count, 2)]...)
	case 'f', 'F':
		return w.fraction(c, count)
	default:
		return unknown("date format", "the format letter %q", c)
	}
	return nil
}

// dateOrName writes a day or a month: a number for one or two letters, the short
// name for three, the full name for more.
func (w *dateWriter) dateOrName(n int, name string, count int) {
	switch {
	case count < 3:
		w.number(n, count)
	case count == 3:
		w.out = append(w.out, name[:3]...)
	default:
		w.out = append(w.out, name...)
	}
}

// year writes the last two digits for one or two letters, else all of them.
func (w *dateWriter) year(count int) {
	if count < 3 {
		w.number(w.time.Year()%100, count)
		return
	}
	w.number(w.time.Year(), count)
}

// number writes n with at least width digits.
func (w *dateWriter) number(n, width int) {
	digits := strconv.Itoa(n)
	w.out = append(w.out, padding("0", width-len(digits))...)
	w.out = append(w.out, digits...)
}

// fraction writes count decimals of the second. For 'F' trailing zeros are
// dropped, and the point before them if none is left.
func (w *dateWriter) fraction(c byte, count int) error {
	if count > 7 {
		return errors.New("date format: the format string asks for more than 7 decimals of a second")
	}
	digits := fmt.Sprintf("%09d", w.time.Nanosecond())[:count]
	if c == 'F' {
		digits = strings.TrimRight(digits, "0")
		if n := len(w.out); digits == "" && n > 0 && w.out[n-1] == '.' {
			w.out = w.out[:n-1]
		}
	}
	w.out = append(w.out, digits...)
	return nil
}
