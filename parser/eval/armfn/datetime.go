package armfn

import (
	"fmt"
	"strings"
	"time"
)

const (
	// isoLayout is the form of dates that the engine writes.
	isoLayout = "2006-01-02T15:04:05Z"
	// universalLayout is the .NET standard format "u".
	universalLayout = "2006-01-02 15:04:05Z"
	// minEpoch and maxEpoch bound the years 1 to 9999, in seconds.
	minEpoch = -62135596800
	maxEpoch = 253402300799
)

// DateTimeAdd moves the date base by an ISO 8601 duration and formats it with
// the .NET format string; an empty format means that of base. Malformed
// arguments and results outside the years 1 to 9999 are errors. Without a format
// a base other than yyyy-MM-ddTHH:mm:ssZ wraps ErrUnknown, and always a base
// that is neither of that form nor yyyy-MM-dd HH:mm:ssZ.
func DateTimeAdd(base, duration, format string) (string, error) {
	const function = "dateTimeAdd"
	d, err := ParseDuration(duration)
	if err != nil {
		return "", fmt.Errorf("%s: %w", function, err)
	}
	t, err := parseDate(function, base)
	if err != nil {
		return "", err
	}
	t = d.AddTo(t)
	if t.Unix() < minEpoch || t.Unix() > maxEpoch {
		return "", fmt.Errorf("%s: the result is outside the years 1 to 9999", function)
	}
	if format != "" {
		return FormatDate(t, format)
	}
	if base[10] != 'T' || t.Nanosecond() != 0 {
		return "", unknown(function, "the default format for the base %q", base)
	}
	return t.Format(isoLayout), nil
}

// DateTimeFromEpoch returns the date of a Unix time in seconds in the form
// yyyy-MM-ddTHH:mm:ssZ. Outside the years 1 to 9999, where the engine fails, the
// result is "".
func DateTimeFromEpoch(sec int64) string {
	if sec < minEpoch || sec > maxEpoch {
		return ""
	}
	return time.Unix(sec, 0).UTC().Format(isoLayout)
}

// DateTimeToEpoch returns the Unix time in seconds of a date. Text without any
// number and impossible dates are errors; forms other than
// yyyy-MM-ddTHH:mm:ssZ and yyyy-MM-dd HH:mm:ssZ wrap ErrUnknown.
func DateTimeToEpoch(s string) (int64, error) {
	t, err := parseDate("dateTimeToEpoch", s)
	if err != nil {
		return 0, err
	}
	return t.Unix(), nil
}

// parseDate reads a date in one of the two certain forms.
func parseDate(function, s string) (time.Time, error) {
	layout := ""
	switch {
	case hasShape(s, isoLayout):
		layout = isoLayout
	case hasShape(s, universalLayout):
		layout = universalLayout
	case strings.ContainsAny(s, "0123456789"):
		return time.Time{}, unknown(function, "the date form of %q", s)
	default:
		return time.Time{}, fmt.Errorf("%s: %q is not a date", function, s)
	}
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() < 1 {
		return time.Time{}, fmt.Errorf("%s: %q is not a possible date", function, s)
	}
	return t, nil
}

// hasShape reports whether s equals the layout but for the digits.
func hasShape(s, layout string) bool {
	if len(s) != len(layout) {
		return false
	}
	for i := range len(s) {
		if s[i] != layout[i] && !(isDigit(s[i]) && isDigit(layout[i])) {
			return false
		}
	}
	return true
}
