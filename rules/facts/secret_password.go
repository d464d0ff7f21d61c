package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/value"
)

// password is the password of a connection string, which also says where it
// is for and who signs in.
func password(text string, at int) (Secret, bool) {
	for at < len(text) && text[at] == ' ' {
		at++
	}
	end := at + endOfSetting(text, at)
	secret := strings.Trim(strings.TrimRight(text[at:end], " "), `'"`)
	if !chosen(secret) || strings.IndexByte(secret, 0) >= 0 || !signsIn(text) {
		return Secret{}, false
	}
	return Secret{"a password", at, end}, true
}

// endOfSetting is how far the value at a place goes, in bytes: in a query, in
// the settings of a cache, or in a connection string.
func endOfSetting(text string, at int) int {
	ends := ";\r\n"
	switch {
	case strings.Contains(text[:at], "?"):
		ends = ";&"
	case hasWord(text, "ssl=true"):
		ends = ";,"
	}
	if i := strings.IndexAny(text[at:], ends); i >= 0 {
		return i
	}
	return len(text) - at
}

// signsIn tells whether a connection string names a server and a user.
func signsIn(text string) bool {
	user, server := false, strings.Contains(text, "://") || hasWord(text, "ssl=true")
	if server && hasWord(text, "ssl=true") {
		user = true // a cache, which has no users
	}
	for pair := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(";?&,", r) }) {
		name, _, ok := strings.Cut(pair, "=")
		if !ok {
			continue
		}
		switch value.Fold(strings.ReplaceAll(name, " ", "")) {
		case "userid", "uid", "user", "username":
			user = true
		case "server", "datasource", "addr", "address", "networkaddress", "host", "hostname":
			server = true
		}
	}
	return user && server
}

// chosen tells whether a text may be a password that somebody chose.
func chosen(s string) bool { return MayBePassword(s) && kindsOfBytes(s) >= 3 }

// MayBePassword tells whether a text where a password belongs may be one: it
// is not a word that stands for one, nor anything that is put in later.
func MayBePassword(s string) bool {
	if len(s) < 6 || len(s) > 256 || strings.ContainsAny(s, "<>{}[]()%\\ ") || strings.HasPrefix(s, "$") || strings.HasPrefix(s, "@") {
		return false
	}
	for _, word := range []string{"your", "xxx", "***", "...", "changeme", "placeholder", "replace", "gen-", "secret", "example", "todo"} {
		if hasWord(s, word) {
			return false
		}
	}
	return kindsOfBytes(s) >= 2
}

// kindsOfBytes counts whether there are small letters, capital letters,
// digits and others.
func kindsOfBytes(s string) int {
	kinds := map[byte]bool{}
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z':
			kinds['a'] = true
		case 'A' <= c && c <= 'Z':
			kinds['A'] = true
		case digitByte(c):
			kinds['0'] = true
		default:
			kinds['.'] = true
		}
	}
	return len(kinds)
}
