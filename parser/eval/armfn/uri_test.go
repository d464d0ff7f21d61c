package armfn

import "testing"

func TestURI(t *testing.T) {
	tests := []struct{ base, rel, want string }{
		{"http://contoso.org/firstpath", "myscript.sh", "http://contoso.org/myscript.sh"},
		{"http://contoso.org/firstpath/", "myscript.sh", "http://contoso.org/firstpath/myscript.sh"},
		{"http://contoso.org/firstpath/azuredeploy.json", "myscript.sh", "http://contoso.org/firstpath/myscript.sh"},
		{"https://github.com/another/repo", "/Azure/bicep", "https://github.com/Azure/bicep"},
		{"https://github.com", "Azure/bicep", "https://github.com/Azure/bicep"},
		{"https://example.com/api/", "search?q=test", "https://example.com/api/search?q=test"},
		{"https://example.com:8080/", "api", "https://example.com:8080/api"},
		{"https://example.com:443", "", "https://example.com/"},
		{"HTTPS://Example.COM/A", "", "https://example.com/A"},
		{"https://[2001:db8::1]:8080/", "api", "https://[2001:db8::1]:8080/api"},
		{"http://192.168.1.1/", "api/v1", "http://192.168.1.1/api/v1"},
		{"https://h/a/b/c", "../x", "https://h/a/x"},
		{"https://h/a/b/c", "./x", "https://h/a/b/x"},
		{"https://h/a/b/c", "../../../..", "https://h/"},
		{"https://h/a/./b/../c", "", "https://h/a/c"},
		{"https://h/a/b?x=1", "?y=2", "https://h/a/b?y=2"},
		{"https://h/a/b?x=1", "#f", "https://h/a/b?x=1#f"},
		{"https://h/a?x=1/2", "c", "https://h/c"},
		{"https://h?x=1", "c", "https://h/c"},
		{"https://h/a", "http://Other/b", "http://other/b"},
		{"https://h/a", "//other/b", "https://other/b"},
		{"https://u:p@h/a", "b", "https://u:p@h/b"},
		{"https://h:/a", "b", "https://h/b"},
		{"http://h:80/a", "b", "http://h/b"},
		{"http://h:443/a", "b", "http://h:443/b"},
		{"https://h:80/a", "b", "https://h:80/b"},
		{"https://h:0/a", "b", "https://h:0/b"},
		{"https://h:65535/", "b", "https://h:65535/b"},
		{"https://a-b.c_d.e9/", "b", "https://a-b.c_d.e9/b"},
		{"https://u@[::1]:81/a", "b", "https://u@[::1]:81/b"},
		{"https://@h/a", "b", "https://@h/b"},
		{"https://h/a//b", "", "https://h/a//b"},
		{"https://h/a/..", "", "https://h/"},
		{"https://h/a/b/.", "", "https://h/a/b/"},
		{"https://h/a/.b/..c", "", "https://h/a/.b/..c"},
		{"https://h/a?x=1", "", "https://h/a?x=1"},
		{"https://h/a", "?", "https://h/a?"},
		{"https://h/a?x=1#f", "b", "https://h/b"},
		{"https://h/a#f", "#g", "https://h/a#g"},
		{"https://h/a", "b;c=1/d:e", "https://h/b;c=1/d:e"},
		{"https://h/a", "b?c#d", "https://h/b?c#d"},
		{"h2+x-y.z://h/a", "b", unsettled},
		{"2h://h/a", "b", fails},
		{"h_x://h/a", "b", fails},
		{"https://h", "http:b", unsettled},
		{"https://h", "//", fails},
		{"https://h", "//o:x/b", fails},
		{"https://h:65536/", "b", fails},
		{"https://h$x/", "b", unsettled},
		{"https://-h/", "b", unsettled},
		{"https://h-/", "b", "https://h-/b"},
		{"https://[::ffff:1.2.3.4]/", "b", unsettled},
		{"https://[1.2.3.4]/", "b", fails},
		{"https://[::1]x/", "b", fails},
		{"//h/a", "b", unsettled},
		{" /a", "b", unsettled},
		{"https://h/a{b}", "c", unsettled},
		{"https://h/\"", "c", unsettled},
		{"https://h/?a[0]", "c", unsettled},
		{"https://h/#[", "c", unsettled},
		{"https://h/!$&'()*+,;=:@-._~", "", "https://h/!$&'()*+,;=:@-._~"},
		{"", "path", fails},
		{"github.com", "Azure/bicep", fails},
		{"http://", "a", fails},
		{"http://h:99999/", "a", fails},
		{"http://h:x/", "a", fails},
		{"https://[::1/", "a", fails},
		{"https://[zz]/", "a", fails},
		{"/a", "b", unsettled},
		{`\\server\share`, "b", unsettled},
		{" https://h/", "b", unsettled},
		{"ftp://h/", "b", unsettled},
		{"mailto:a@b", "c", unsettled},
		{"http:a", "c", unsettled},
		{"https://h/", "foo:bar", unsettled},
		{"https://h/", "a b", unsettled},
		{"https://h/", "a%20b", unsettled},
		{"https://h/", "a[0]", unsettled},
		{"https://h/", "a#b#c", unsettled},
		{"https://h/#f", "", unsettled},
		{"https://1.2.3/", "a", unsettled},
		{"https://a..b/", "a", unsettled},
		{"https://h/a//b", "../c", unsettled},
		{"https://[2001:0db8::1]/", "a", unsettled},
		{"https://[::1%25eth0]/", "a", unsettled},
	}
	for _, tt := range tests {
		got, err := URI(tt.base, tt.rel)
		check(t, tt.base+" + "+tt.rel, got, err, tt.want)
	}
}

func TestParseURI(t *testing.T) {
	tests := []struct {
		s    string
		want ParsedURI
	}{
		{"https://example.com:1234/foo/bar?q=1", ParsedURI{"https", "example.com", "/foo/bar", "?q=1", 1234, true}},
		{"HTTP://Example.com", ParsedURI{Scheme: "http", Host: "example.com", Path: "/"}},
		{"https://u@[::1]/x#f", ParsedURI{Scheme: "https", Host: "[::1]", Path: "/x"}},
		{"https://H:0", ParsedURI{"https", "h", "/", "", 0, true}},
		{"http://h:443/?a", ParsedURI{"http", "h", "/", "?a", 443, true}},
	}
	for _, tt := range tests {
		if got, err := ParseURI(tt.s); err != nil || got != tt.want {
			t.Errorf("ParseURI(%q) = %+v, %v", tt.s, got, err)
		}
	}
	for s, want := range map[string]string{
		"http://h:80": unsettled, "https://h:80/?a": "", "http://h:443/": "", "https://h:0/": "", "https://h:/": "", "https://h:x/": fails,
		"example.com": fails, "https://h:443/": unsettled, "https://h/?": unsettled, "ftp://h/": unsettled,
	} {
		got, err := ParseURI(s)
		if (got == ParsedURI{}) != (err != nil) {
			t.Errorf("ParseURI(%q) = %+v, %v", s, got, err)
		}
		check(t, s, "", err, want)
	}
}

func TestBuildURI(t *testing.T) {
	tests := []struct {
		parts ParsedURI
		want  string
	}{
		{ParsedURI{Scheme: "https", Host: "example.com"}, "https://example.com/"},
		{ParsedURI{"https", "example.com", "/foo/bar", "", 1234, true}, "https://example.com:1234/foo/bar"},
		{ParsedURI{Scheme: "https", Host: "h", Path: "a", Query: "q=1"}, "https://h/a?q=1"},
		{ParsedURI{Scheme: "https", Host: "h", Query: "?q=1"}, "https://h/?q=1"},
		{ParsedURI{"https", "h", "", "", 0, true}, "https://h:0/"},
		{ParsedURI{"https", "h", "", "", 65535, true}, "https://h:65535/"},
		{ParsedURI{"https", "h", "", "", 65536, true}, fails},
		{ParsedURI{Scheme: "https", Host: "h", Port: 81}, "https://h/"},
		{ParsedURI{Scheme: "https", Host: "[::1]"}, "https://[::1]/"},
		{ParsedURI{Scheme: "HTTPS", Host: "h"}, unsettled},
		{ParsedURI{Scheme: "https", Host: "h", Query: "a?b"}, "https://h/?a?b"},
		{ParsedURI{Scheme: "https", Host: "h", Query: "?"}, "https://h/?"},
		{ParsedURI{Scheme: "https", Host: "h", Query: "a#b"}, unsettled},
		{ParsedURI{Host: "h"}, unsettled},
		{ParsedURI{"https", "h", "", "", 70000, true}, fails},
		{ParsedURI{"https", "h", "", "", -1, true}, fails},
		{ParsedURI{"https", "h", "", "", 443, true}, unsettled},
		{ParsedURI{Scheme: "https", Host: "H"}, unsettled},
		{ParsedURI{Scheme: "https", Host: "u@h"}, unsettled},
		{ParsedURI{Scheme: "https", Host: "h:80"}, unsettled},
		{ParsedURI{Scheme: "https", Host: "h", Path: "/a?b"}, unsettled},
		{ParsedURI{Scheme: "https", Host: "h", Path: "/a/../b"}, unsettled},
		{ParsedURI{Scheme: "https", Host: "h", Path: "/a#b"}, unsettled},
		{ParsedURI{Scheme: "https"}, unsettled},
	}
	for _, tt := range tests {
		got, err := BuildURI(tt.parts)
		check(t, tt.want, got, err, tt.want)
	}
}
