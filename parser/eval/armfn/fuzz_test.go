package armfn

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzFormat(f *testing.F) {
	for _, seed := range []string{"", "{0}", "{{{1,-5:D2} }}", "{0:N0}}", "{1 , 4 :x}"} {
		f.Add(seed, "text", int64(-7))
	}
	f.Fuzz(func(t *testing.T, layout, arg string, n int64) {
		got, err := Format(layout, []FormatArg{text(arg), number(n)})
		if err == nil && len(got) > maxText {
			t.Errorf("result of %d bytes", len(got))
		}
		if !strings.ContainsAny(layout, "{}") && (err != nil || got != layout) && len(layout) <= maxText {
			t.Errorf("plain %q became %q, %v", layout, got, err)
		}
	})
}

func FuzzSplitReplace(f *testing.F) {
	f.Add("a,b,,c", ",", ";")
	f.Add("aéb", "é", "")
	f.Fuzz(func(t *testing.T, s, old, new string) {
		pieces := Split(s, []string{old})
		if strings.Join(pieces, old) != s && old != "" {
			t.Errorf("Split(%q, %q) = %q", s, old, pieces)
		}
		got, err := Replace(s, old, new)
		if err == nil && got != strings.Join(pieces, new) {
			t.Errorf("Replace(%q, %q, %q) = %q", s, old, new, got)
		}
		if utf8.ValidString(s) && !CutsPair(s, 2) && Take(s, 2)+Skip(s, 2) != s {
			t.Errorf("Take and Skip of %q", s)
		}
		IndexOf(s, old)
		Like(s, old)
		if CompareKeys(s, old) != -CompareKeys(old, s) {
			t.Errorf("order of %q and %q", s, old)
		}
	})
}

func FuzzParseCIDR(f *testing.F) {
	for _, seed := range []string{"10.0.0.0/8", "::/0", "2001:db8::/127", "10.0.0.0", "01.2.3.4/08", "1.2.3.4/"} {
		f.Add(seed, int64(1), int64(24))
	}
	f.Fuzz(func(t *testing.T, s string, index, prefix int64) {
		c, err := ParseCIDR(s)
		if err == nil && (c.Network == "" || c.IPv4 != (c.Broadcast != "")) {
			t.Errorf("ParseCIDR(%q) = %+v", s, c)
		}
		if sub, err := CIDRSubnet(s, prefix, index); err == nil {
			if _, err := ParseCIDR(sub); err != nil && !errors.Is(err, ErrUnknown) {
				t.Errorf("subnet %q: %v", sub, err)
			}
		}
		_, _ = CIDRHost(s, index)
	})
}

func FuzzURI(f *testing.F) {
	f.Add("https://example.com:8080/a/../b", "../c?d#e")
	f.Add("http://[::1]", "//h")
	f.Fuzz(func(t *testing.T, base, rel string) {
		got, err := URI(base, rel)
		if err == nil && !strings.Contains(got, "#") {
			if again, err := URI(got, ""); err != nil || again != got {
				t.Errorf("%q is not canonical: %q, %v", got, again, err)
			}
		}
		if p, err := ParseURI(base); err == nil {
			if _, err := BuildURI(p); err != nil {
				t.Errorf("BuildURI(%+v): %v", p, err)
			}
		}
		if back, err := URIComponentToString(URIComponent(rel)); err == nil && back != rel {
			t.Errorf("component %q came back as %q", rel, back)
		}
		_, _ = DataURIToString(rel)
	})
}

func FuzzDateTimeAdd(f *testing.F) {
	f.Add("2023-03-31T01:00:38Z", "P1Y2M3DT4H5M6.7S", "yyyy-MM-dd 'x' %d")
	f.Add("2023-03-31 01:00:38Z", "-P1M", "")
	f.Fuzz(func(t *testing.T, base, duration, format string) {
		got, err := DateTimeAdd(base, duration, format)
		if err == nil && format == "" {
			if _, err := DateTimeToEpoch(got); err != nil {
				t.Errorf("result %q: %v", got, err)
			}
		}
	})
}
