package armfn

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Duration is the length of an ISO 8601 duration. Years count 365 days and
// months 30, as dateTimeAdd() documents.
type Duration struct {
	// Seconds is the whole number of seconds, negative for a duration that
	// goes back.
	Seconds int64
	// Nanos is the fraction in nanoseconds, with the sign of the duration.
	Nanos int64
}

// AddTo returns t moved by d.
func (d Duration) AddTo(t time.Time) time.Time {
	return time.Unix(t.Unix()+d.Seconds, int64(t.Nanosecond())+d.Nanos).UTC()
}

// durationUnit is a designator with its length in seconds.
type durationUnit struct {
	letter  byte
	seconds int64
}

const daySeconds = 24 * 60 * 60

// ParseDuration reads an ISO 8601 duration such as "P1DT2H" or "-PT30M". Text
// that is none is an error. Weeks, lower-case letters, a leading plus,
// fractions of anything but seconds and more than 7 decimals wrap ErrUnknown.
func ParseDuration(s string) (Duration, error) {
	const function = "duration"
	body, negative := strings.CutPrefix(s, "-")
	r := durationReader{text: strings.ToUpper(strings.TrimPrefix(body, "+"))}
	if !r.read() {
		return Duration{}, fmt.Errorf("%s: %q is not an ISO 8601 duration like P1DT2H", function, s)
	}
	if r.odd || r.text != body {
		return Duration{}, unknown(function, "the notation of %q", s)
	}
	if negative {
		return Duration{Seconds: -r.sum.Seconds, Nanos: -r.sum.Nanos}, nil
	}
	return r.sum, nil
}

// durationReader reads an unsigned upper-case duration.
type durationReader struct {
	text string
	sum  Duration
	// odd is set for notations that not every reader accepts.
	odd bool
}

// read reads the whole text and reports whether it is a duration.
func (r *durationReader) read() bool {
	rest, ok := strings.CutPrefix(r.text, "P")
	if !ok {
		return false
	}
	date, clock, timed := strings.Cut(rest, "T")
	if timed && clock == "" || rest == "" {
		return false
	}
	days := []durationUnit{{'Y', 365 * daySeconds}, {'M', 30 * daySeconds}, {'W', 7 * daySeconds}, {'D', daySeconds}}
	hours := []durationUnit{{'H', 3600}, {'M', 60}, {'S', 1}}
	return r.parts(date, days) && r.parts(clock, hours)
}

// parts adds a run of numbers, each with one of the units in their order.
func (r *durationReader) parts(s string, units []durationUnit) bool {
	for s != "" {
		end := strings.IndexFunc(s, isDesignator)
		if end < 0 {
			return false
		}
		for len(units) > 0 && units[0].letter != s[end] {
			units = units[1:]
		}
		if len(units) == 0 || !r.part(s[:end], units[0]) {
			return false
		}
		s, units = s[end+1:], units[1:]
	}
	return true
}

// part adds one number of a unit.
func (r *durationReader) part(number string, unit durationUnit) bool {
	whole, decimals, fractional := strings.Cut(number, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || !allDigits(whole) || n > math.MaxInt32 || fractional && !allDigits(decimals) {
		return false
	}
	r.odd = r.odd || unit.letter == 'W' || fractional && (unit.letter != 'S' || len(decimals) > 7)
	r.sum.Seconds += n * unit.seconds
	if fractional {
		r.sum.Nanos, err = strconv.ParseInt((decimals + "000000000")[:9], 10, 64)
	}
	return err == nil
}

// isDesignator reports whether r can end a number of a duration.
func isDesignator(r rune) bool { return r != '.' && (r < '0' || r > '9') }
