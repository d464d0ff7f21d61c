package armfn

import "testing"

func TestBase64(t *testing.T) {
	for s, want := range map[string]string{" Fizz ": "IEZpenog", "hello world": "aGVsbG8gd29ybGQ=", "": "", "é": "w6k="} {
		if got := Base64(s); got != want {
			t.Errorf("Base64(%q) = %q", s, got)
		}
		got, err := Base64ToString(want)
		check(t, want, got, err, s)
	}
	for s, want := range map[string]string{
		"aGVs\r\nbG8 gd29 ybGQ=": "hello world", "YW Jj": "abc", "\tYWJj\n": "abc", "YWJj\v": fails, "YWJj@": fails, "YQ": fails, "a": fails, "/w==": unsettled,
	} {
		got, err := Base64ToString(s)
		check(t, s, got, err, want)
	}
}

func TestDataURI(t *testing.T) {
	if got := DataURI(" Fizz "); got != "data:text/plain;charset=utf-8;base64,IEZpenog" {
		t.Errorf("DataURI = %q", got)
	}
	for s, want := range map[string]string{
		"data:text/plain;charset=utf-8;base64,IEZpenog": " Fizz ",
		"data:;base64,SGVsbG8sIFdvcmxkIQ==":             "Hello, World!",
		"data:text/plain;charset=utf8;base64,aMOpbGxv":  "héllo",
		"data:application/json;base64,SGVsbG8=":         "Hello",
		"data:text/plain,Hello, World!":                 "Hello, World!",
		"DATA:TEXT/PLAIN;BASE64,SGVsbG8=":               "Hello",
		"data:;base64;charset=utf-8,SGVsbG8=":           "SGVsbG8=",
		"data:base64,SGVsbG8=":                          "SGVsbG8=",
		"data:;charset=UTF-8,a":                         "a",
		"data:a,b,c":                                    "b,c",
		"dat:,a":                                        fails,
		"data:;base64,/w==":                             unsettled,
		"data:,":                                        "",
		"Hi 0!":                                         fails,
		"data:":                                         fails,
		"data:;base64,invalid!@#":                       fails,
		"data:,a%20b":                                   unsettled,
		"data:;charset=latin1;base64,SGVsbG8=":          unsettled,
	} {
		got, err := DataURIToString(s)
		check(t, s, got, err, want)
	}
}

func TestURIComponent(t *testing.T) {
	for s, want := range map[string]string{
		" Fizz ":            "%20Fizz%20",
		"hello@example.com": "hello%40example.com",
		":/?#[]@!$&()*+,;=": "%3A%2F%3F%23%5B%5D%40%21%24%26%28%29%2A%2B%2C%3B%3D",
		"ABCabc123-_.~":     "ABCabc123-_.~",
		"100%":              "100%25",
		"café":              "caf%C3%A9",
	} {
		if got := URIComponent(s); got != want {
			t.Errorf("URIComponent(%q) = %q, want %q", s, got, want)
		}
		got, err := URIComponentToString(want)
		check(t, want, got, err, s)
	}
	for s, want := range map[string]string{"a+b": "a+b", "%41": "A", "x%41": "xA", "%4": "%4", "%4g": "%4g", "%g4": "%g4", "%2f%2F": "//", "%aF": unsettled, "%": "%", "%2": "%2", "%zz": "%zz", "%c3%a9": "é", "%FF": unsettled} {
		got, err := URIComponentToString(s)
		check(t, s, got, err, want)
	}
}
