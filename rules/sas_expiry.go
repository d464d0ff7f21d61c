package rules

import (
	"strings"
	"time"

	"github.com/rolecall/rolecall/parser/value"
)

// week is what Azure's own policy for signatures allows.
const week = 7 * 24 * time.Hour

// longer tells whether the time between start and expiry surely is more than
// a week. Without a start it is now.
func longer(expiry, start value.Value) bool {
	if s := expiry.Symbol(); s != nil && s.Op == "datetimeadd" && len(s.Args) > 1 {
		duration, _ := s.Args[1].Str()
		return s.Args[0].Symbol() != nil && moreThanAWeek(duration)
	}
	to, ok := timeOf(expiry)
	if !ok {
		return false
	}
	from, known := timeOf(start)
	return known && to.Sub(from) > week || to.Year() >= 2090
}

// moreThanAWeek reads a duration of ISO 8601.
func moreThanAWeek(s string) bool {
	date, _, _ := strings.Cut(strings.TrimPrefix(s, "P"), "T")
	if !strings.HasPrefix(s, "P") {
		return false
	}
	days, n := 0, 0
	for _, c := range date {
		switch {
		case c >= '0' && c <= '9' && n < 10000:
			n = n*10 + int(c-'0')
			continue
		case c == 'Y':
			days += 365 * n
		case c == 'M':
			days += 30 * n
		case c == 'W':
			days += 7 * n
		case c == 'D':
			days += n
		}
		n = 0
	}
	return days > 7
}

func timeOf(v value.Value) (time.Time, bool) {
	s, ok := v.Str()
	if !ok {
		return time.Time{}, false
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
