package armfn

import (
	"strconv"
	"testing"
	"time"
)

func TestParseDuration(t *testing.T) {
	for s, want := range map[string]Duration{
		"P1D": {Seconds: 86400}, "-P9D": {Seconds: -9 * 86400}, "PT1H": {Seconds: 3600}, "PT1M": {Seconds: 60},
		"P1Y": {Seconds: 365 * 86400}, "P1M": {Seconds: 30 * 86400}, "P1DT2H3M4S": {Seconds: 93784},
		"-PT1.5S": {Seconds: -1, Nanos: -500000000}, "P0D": {}, "PT0S": {},
		"P1Y2M3DT4H5M6.0000007S": {Seconds: 365*86400 + 60*86400 + 3*86400 + 4*3600 + 5*60 + 6, Nanos: 700},
		"PT2147483647S":          {Seconds: 2147483647}, "P1MT1M": {Seconds: 30*86400 + 60}, "PT007S": {Seconds: 7},
	} {
		if got, err := ParseDuration(s); err != nil || got != want {
			t.Errorf("ParseDuration(%q) = %+v, %v", s, got, err)
		}
	}
	for s, want := range map[string]string{
		"": fails, "P": fails, "PT": fails, "P1DT": fails, "1D": fails, "PTASDIONS1D": fails, "P1": fails, "PD": fails,
		"P1D1Y": fails, "PT1D": fails, "P1H": fails, "P1D1D": fails, "--P1D": fails, "P-1D": fails, "PT1.S": fails,
		"P99999999999Y": fails, "P1é": fails, "PT2147483648S": fails, "P1.D": fails, "P.5D": fails, "PT.5S": fails, "P+1D": fails,
		"P1D2": fails, "PT1H2": fails, "PT1M1H": fails, "PT1S1M": fails, "P1M1Y": fails, "P1D1W": fails, "P1D1M": fails, "P1DT1HT1M": fails,
		"P1.5D": unsettled, "P1.5Y": unsettled, "PT1.5M": unsettled, "PT0.00000001S": unsettled, "-p1d": unsettled, "+PT1S": unsettled, "P1Y1W": unsettled,
		"P2W": unsettled, "p1d": unsettled, "+P1D": unsettled, "PT1.5H": unsettled, "PT0.123456789S": unsettled,
	} {
		got, err := ParseDuration(s)
		if got != (Duration{}) {
			t.Errorf("ParseDuration(%q) gives %+v beside its error", s, got)
		}
		check(t, "ParseDuration "+s, "", err, want)
	}
}

func TestDateTimeAdd(t *testing.T) {
	const iso = "2023-03-31T01:00:38Z"
	tests := []struct{ base, duration, format, want string }{
		{iso, "P1D", "", "2023-04-01T01:00:38Z"},
		{iso, "-PT1H0M39S", "", "2023-03-30T23:59:59Z"},
		{"2024-01-01T00:00:00Z", "P1Y", "", "2024-12-31T00:00:00Z"},
		{"2023-02-01T00:00:00Z", "P1M", "", "2023-03-03T00:00:00Z"},
		{"2020-04-07 14:53:14Z", "P3Y", "u", "2023-04-07 14:53:14Z"},
		{iso, "PT0.5S", "ss.fff", "38.500"},
		{iso, "PT0.5S", "", unsettled},
		{"9999-12-31T23:59:58Z", "PT1S", "", "9999-12-31T23:59:59Z"},
		{"9999-12-31T23:59:58Z", "PT1S", "u", "9999-12-31 23:59:59Z"},
		{"0001-01-01T00:00:01Z", "-PT1S", "", "0001-01-01T00:00:00Z"},
		{"0001-01-01T00:00:00Z", "-PT1S", "", fails},
		{iso, "P1D", "d", "04/01/2023"},
		{iso, "P1D", "x", fails},
		{"2023-03-31T01:00:38z", "P1D", "", unsettled},
		{"2023-03-3aT01:00:38Z", "P1D", "", unsettled},
		{"2023/03/31T01:00:38Z", "P1D", "", unsettled},
		{"2020-04-07 14:53:14Z", "P1D", "", unsettled},
		{"2020-04-07", "P1D", "u", unsettled},
		{"2020-04-07T14:53:14+02:00", "P1D", "u", unsettled},
		{"20200407T145314Z", "P1D", "u", unsettled},
		{iso, "P1D", "o", unsettled},
		{iso, "PTASDIONS1D", "", fails},
		{"2020-04-07", "nonsense", "", fails},
		{"yesterday", "P1D", "", fails},
		{"2023-02-30T00:00:00Z", "P1D", "", fails},
		{"0000-01-01T00:00:00Z", "P1D", "", fails},
		{"9999-12-31T23:59:59Z", "PT1S", "", fails},
		{"0001-01-01T00:00:00Z", "-PT0.1S", "u", fails},
		{iso, "P2147483647Y", "", fails},
	}
	for _, tt := range tests {
		got, err := DateTimeAdd(tt.base, tt.duration, tt.format)
		check(t, tt.base+" "+tt.duration, got, err, tt.want)
	}
}

func TestEpoch(t *testing.T) {
	for sec, want := range map[int64]string{
		0: "1970-01-01T00:00:00Z", 1586271194: "2020-04-07T14:53:14Z", -1: "1969-12-31T23:59:59Z",
		minEpoch: "0001-01-01T00:00:00Z", maxEpoch: "9999-12-31T23:59:59Z",
	} {
		if got := DateTimeFromEpoch(sec); got != want {
			t.Errorf("DateTimeFromEpoch(%d) = %q", sec, got)
		}
		got, err := DateTimeToEpoch(want)
		check(t, want, strconv.FormatInt(got, 10), err, strconv.FormatInt(sec, 10))
	}
	if got := DateTimeFromEpoch(maxEpoch+1) + DateTimeFromEpoch(minEpoch-1); got != "" {
		t.Errorf("out of range: %q", got)
	}
	for s, want := range map[string]string{
		"2023-05-02 15:16:13Z": "1683040573", "never": fails, "2023-13-02T15:16:13Z": fails, "2023-05-02": unsettled,
	} {
		got, err := DateTimeToEpoch(s)
		check(t, s, strconv.FormatInt(got, 10), err, want)
	}
}

func TestFormatDate(t *testing.T) {
	date := time.Date(2019, 3, 5, 17, 3, 8, 120_000_000, time.UTC)
	for format, want := range map[string]string{
		"d": "03/05/2019", "R": "Tue, 05 Mar 2019 17:03:08 GMT", "s": "2019-03-05T17:03:08", "u": "2019-03-05 17:03:08Z",
		"M d": "3 5", "yyyy-MM-dd": "2019-03-05", "yyyyMMddTHHmmssZ": "20190305T170308Z", "%d": "5", "%h": "5",
		"dddd, MMMM d": "Tuesday, March 5", "ddd MMM": "Tue Mar", "yy y yyy yyyyy": "19 19 2019 02019",
		"h:m:s tt t": "5:3:8 PM P", "hh:mm:ss": "05:03:08", "HHH": "17", "ss.fff": "08.120", "ss.FFF": "08.12",
		"r": "Tue, 05 Mar 2019 17:03:08 GMT", "dd MM": "05 03", "yyyyyy": "002019", "H m s": "17 3 8", "mmm": "03", "sss": "08", "ttt": "PM", "hhh": "05",
		"s.f": "8.1", "s.F": "8.1", "s.ffffff": "8.120000", "s.fffffff": "8.1200000", "s.FFFFFFF": "8.12", "FFF": "12", "MMM": "Mar", "MMMMM": "March",
		"ddddd": "Tuesday", "d/M:y": "5/3:19", `'a\`: fails, `"ab`: fails, `d"`: fails, `'a"b'd`: `a"b5`, "%%": fails, "s.FFFFFFFF": fails,
		"K": fails, "g": unsettled, "z": fails, "k": fails, "T": unsettled, "Y": unsettled, "M": unsettled, "m": unsettled, "f": unsettled, "F": unsettled,
		"t": unsettled, "O": unsettled, "y": unsettled, "H": fails, "%g": unsettled, "%z": unsettled, "%K": unsettled,
		"'day' d": "day 5", `"d"d`: "d5", `\d\é`: "dé", `'it\'s' d`: "it's 5", "d'": fails, `d\`: fails, "d%": fails,
		"d%%": fails, "%'": fails, "x": fails, ".": fails, "ffffffff": fails, "é d": "é 5", "%dd": "55", "%éd": "é5",
		"D": unsettled, "o": unsettled, "U": unsettled, "G": unsettled, "": unsettled, "yyyy K": unsettled, "zzz": unsettled, "gg": unsettled,
	} {
		got, err := FormatDate(date, format)
		check(t, format, got, err, want)
	}
	if got, err := FormatDate(date.Truncate(time.Second), "ss.F"); err != nil || got != "08" {
		t.Errorf("no fraction: %q, %v", got, err)
	}
	if got, err := FormatDate(time.Date(2019, 3, 5, 0, 0, 0, 0, time.UTC), "htt"); err != nil || got != "12AM" {
		t.Errorf("midnight: %q, %v", got, err)
	}
}
