package cli

import "testing"

func TestWebAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://github.com/o/r.git":          "https://github.com/o/r",
		"git@github.com:o/r.git":              "https://github.com/o/r",
		"https://user:secret@example.com/o/r": "https://example.com/o/r",
		"https://example.com/r?token=secret":  "https://example.com/r",
		"https://example.com/a b/[c](d)\"<e>": "https://example.com/a%20b/%5Bc%5D%28d%29%22%3Ce%3E",
		"https://example.com/\x1b[31m":        "",
		"https:///r":                          "",
		"http://example.com/r":                "",
		"/srv/r":                              "",
		"javascript:alert(1)":                 "",
	} {
		if got := webAddress(in); got != want {
			t.Errorf("webAddress(%q) = %q, want %q", in, got, want)
		}
	}
}
