package facts

import (
	"strings"
	"testing"
)

// TestSecretShapes goes to the bounds of what a credential looks like.
func TestSecretShapes(t *testing.T) {
	const sig = "q7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtM"
	pad := func(s string) string { return "AccountKey=" + s }
	url := func(s string) string { return "https://h/c?sv=1&sig=" + s }
	login := func(s string) string { return "Server=s;User ID=u;Password=" + s }
	for text, want := range map[string]bool{
		pad(shortKey):                                 true,
		pad(shortKey[1:]):                             false,
		pad("A" + shortKey):                           false,
		pad(longKey[1:]):                              false,
		pad(strings.Trim(shortKey, "=")):              false,
		pad("  " + shortKey):                          true,
		pad(shortKey + "\x00"):                        false,
		pad(shortKey + ";"):                           true,
		"key=" + shortKey:                             false,
		"Secret=" + shortKey:                          false,
		"azconfig;mysecret=" + shortKey:               true,
		"AccountKeys=" + shortKey:                     false,
		url(sig):                                      true,
		url(sig + "%3D"):                              true,
		url(sig + "%3d"):                              true,
		url(sig[1:]):                                  false,
		url("a" + sig):                                false,
		url(sig[2:] + "%2F%2B"):                       true,
		url(sig + "\x00"):                             false,
		"https://h/c?se=1&sig=" + sig:                 true,
		"https://h/c;se=1;sig=" + sig:                 true,
		"se=1&sig=" + sig:                             true,
		"https://h/c?xse=1&sig=" + sig:                false,
		"https://h/c?xse=1&se=1&sig=" + sig:           true,
		"https://h/c?sp=1&sig=" + sig:                 false,
		"https://h/c?sv=1&xsig=" + sig:                false,
		login("Tr0ub4dor"):                            true,
		login("  Tr0ub4dor"):                          true,
		login("Tr0ub4"):                               true,
		login("Tr0ub"):                                false,
		login(strings.Repeat("aB3", 85)):              true,  // 255
		login(strings.Repeat("aB3", 86)):              false, // 258
		login("troub4dor"):                            false, // of two kinds
		login("Troubador"):                            false,
		login("$Troub4dor"):                           false,
		login("@Troub4dor"):                           false,
		login("Troub4dor$"):                           true,
		login("Tr0ub4(dor)"):                          false,
		login("'Tr0ub4dor'"):                          true,
		login("Tr0ub4dor\x00"):                        false,
		login("Example4dor"):                          false,
		login("Change4dor"):                           true,
		"Server=s;Password=Tr0ub4dor":                 false,
		"User ID=u;Password=Tr0ub4dor":                false,
		"Data Source=s;Uid=u;Pwd=Tr0ub4dor":           true,
		"Addr=s;User=u;Pwd=Tr0ub4dor":                 true,
		"Address=s;UserName=u;Pwd=Tr0ub4dor":          true,
		"Network Address=s;User Name=u;Pwd=Tr0ub4dor": true,
		"Host=s;User Id=u;Pwd=Tr0ub4dor":              true,
		"HostName=s;UID=u;Password=Tr0ub4dor":         true,
		"Place=s;UID=u;Password=Tr0ub4dor":            false,
		"Server=s;Login=u;Password=Tr0ub4dor":         false,
		"h:6380,password=Tr0ub4dor,ssl=True":          true,
		"h:6380,password=Tr0ub4dor,ssl=False":         false,
		"mongodb://h?user=u&password=Tr0ub4dor":       true,
		"mongodb://h?password=Tr0ub4dor":              false,
		strings.Replace(appKey, "8", "x", 1):          false,
		"x" + appKey:                                  false,
		" " + appKey:                                  true,
		appKey[:len(appKey)-3]:                        true,
		appKey[:len(appKey)-4]:                        false,
		appKey + "a":                                  false,
		appKey + "\x00":                               false,
		appKey[1:]:                                    false,
		"-----BEGIN PRIVATE KEY-----" + strings.Repeat("q7Zr0V1mJ8xTnB4uWc2K", 5):                                 true,
		"-----BEGIN PRIVATE KEY-----" + strings.Repeat("q7Zr0V1mJ8xTnB4uWc2K", 5)[1:]:                             false,
		"-----BEGIN PRIVATE KEY-----" + strings.Repeat("q7Zr0V1mJ8xTnB4uWc2K", 5) + "\x00":                        false,
		"-----BEGIN PRIVATE KEY-----" + strings.Repeat("q7Zr0V1mJ8xTnB4uWc2K", 5) + "-----END":                    true,
		"-----BEGIN " + strings.Repeat("X", 60) + " PRIVATE KEY-----" + strings.Repeat("q7Zr0V1mJ8xTnB4uWc2K", 5): false,
		"PRIVATE KEY-----" + strings.Repeat("q7Zr0V1mJ8xTnB4uWc2K", 5):                                            false,
		"-----BEGIN PRIVATE KEY-----" + strings.Repeat("abcde", 30):                                               false,
	} {
		if got := SecretsIn(text); (len(got) > 0) != want {
			t.Errorf("%q: found %v", text, got)
		}
	}
	if n := len(SecretsIn(pad(shortKey) + ";" + pad(longKey))); n != 2 {
		t.Errorf("%d of two keys are found", n)
	}
	if !IsAccessKey(shortKey) || IsAccessKey(" "+shortKey) || IsAccessKey(shortKey+" ") || IsAccessKey("") {
		t.Error("what is an access key is wrong")
	}
	for s, want := range map[string]bool{
		"abcdefghijklm": false, "bacdefghijklmn": true, "abcdefghijklmnop": false, "qwertyuiopasdf": true, "qwertyuiopasdfxxxx": false,
	} {
		if got := random(s); got != want {
			t.Errorf("%q is random: %v", s, got)
		}
	}
	for s, want := range map[string]bool{
		"abc123": true, "abc12": false, "abcdef": false, "123456": false, "abcDEF": true, "abc...def": false, "abc-def": true, "YourPass1": false,
		"a***b1": false, "changeMe1": false, "placeholder1": false, "gen-123": false, "todo12": false, "replace1": false, "my secret1": false, "xxx123": false,
		"a<1>bc": false, "a{1}bc": false, "a[1]bc": false, "50%off": false, `a\b123`: false, "azAZ09": true, "@bc123": false, "a@c123": true,
	} {
		if got := MayBePassword(s); got != want {
			t.Errorf("%q may be a password: %v", s, got)
		}
	}
	for s, want := range map[string]bool{
		"adminPassword": true, "my-password": true, "Password1": false, "password!": false, "hunter-two": false, "PASSWORD~": false, "password^": false,
	} {
		if got := namesPassword(s); got != want {
			t.Errorf("%q names a password: %v", s, got)
		}
	}
}
