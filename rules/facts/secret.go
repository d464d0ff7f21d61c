package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/value"
)

// Secret is a credential that is written out in a text. What it is called
// never includes the credential.
type Secret struct {
	What       string // "an access key"
	Start, End int    // of the credential alone, in bytes
}

// SecretsIn finds the credentials that a text holds by their shape. What
// stands for one (a placeholder, the key that all storage emulators share) is
// none. Part of the text may be cut out and be a zero byte: what that touches
// is no literal.
func SecretsIn(text string) []Secret {
	if len(text) < 8 {
		return nil
	}
	var out []Secret
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '=')
		if i < 0 {
			break
		}
		at += i + 1
		if s, ok := assigned(text, at); ok {
			out = append(out, s)
			at = s.End
		}
	}
	out = append(out, privateKeys(text)...)
	return append(out, clientSecrets(text)...)
}

// assigned judges what stands behind an equals sign.
func assigned(text string, at int) (Secret, bool) {
	switch name := nameBefore(text, at-1); {
	case endsInWord(name, "accountkey"), endsInWord(name, "accesskey"):
		return accessKey(text, at)
	case endsInWord(name, "secret") && hasWord(text, "azconfig"):
		return accessKey(text, at)
	case value.FoldEqual(name, "sig"):
		return signature(text, at)
	case value.FoldEqual(name, "password"), value.FoldEqual(name, "pwd"):
		return password(text, at)
	}
	return Secret{}, false
}

// nameBefore is the run of letters that ends at i, blanks in between left out.
func nameBefore(text string, i int) string {
	for i > 0 && text[i-1] == ' ' {
		i--
	}
	start := i
	for start > 0 && letterByte(text[start-1]) {
		start--
	}
	return text[start:i]
}

// accessKey is a symmetric key of 32 or 64 bytes in base64, which is what
// Azure services hand out.
func accessKey(text string, at int) (Secret, bool) {
	for at < len(text) && text[at] == ' ' {
		at++
	}
	n := runOf(text[at:], base64Byte)
	padding := runOf(text[at+n:], func(c byte) bool { return c == '=' })
	end := at + n + padding
	if n+padding != 44 && n+padding != 88 || padding == 0 || !random(text[at:end]) || cutAt(text, end) {
		return Secret{}, false
	}
	return Secret{"an access key", at, end}, true
}

// IsAccessKey tells whether a text is nothing but a symmetric key as Azure
// services hand them out. By itself a hash looks the same.
func IsAccessKey(s string) bool {
	k, ok := accessKey(s, 0)
	return ok && k.Start == 0 && k.End == len(s)
}

// signature is the signature of a shared access signature: an HMAC of 32
// bytes in base64, as it stands in a query or, of workflows, without padding.
// https://learn.microsoft.com/rest/api/storageservices/create-service-sas
func signature(text string, at int) (Secret, bool) {
	if !inQuery(text, "se=") && !inQuery(text, "sv=") {
		return Secret{}, false
	}
	end := at + runOf(text[at:], func(c byte) bool { return base64Byte(c) || c == '-' || c == '_' || c == '%' })
	sig := text[at:end]
	escapes := strings.Count(sig, "%")
	padding := strings.Count(value.Fold(sig), "%3d")
	if len(sig)-2*escapes-padding != 43 || !random(sig) || cutAt(text, end) {
		return Secret{}, false
	}
	return Secret{"a shared access signature", at, end}, true
}

// runOf is how many bytes at the start of s are of a kind.
func runOf(s string, kind func(byte) bool) int {
	for i := range len(s) {
		if !kind(s[i]) {
			return i
		}
	}
	return len(s)
}

// inQuery tells whether a parameter stands in the text as one of a query.
func inQuery(text, name string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return false
		}
		at += i
		if at == 0 || strings.IndexByte("?&;", text[at-1]) >= 0 {
			return true
		}
		at++
	}
}

// privateKeys finds private keys in PEM. The body must be there.
func privateKeys(text string) []Secret {
	const end = "PRIVATE KEY-----"
	var out []Secret
	for at := 0; ; {
		i := strings.Index(text[at:], end)
		if i < 0 {
			return out
		}
		begin := strings.LastIndex(text[:at+i], "-----BEGIN ")
		at += i + len(end)
		if begin < 0 || at-begin > 64 {
			continue
		}
		stop := strings.Index(text[at:], "-----END")
		if stop < 0 {
			stop = len(text) - at
		}
		if body := text[at : at+stop]; len(body) >= 100 && random(body) && !strings.Contains(body, "\x00") {
			out = append(out, Secret{"a private key", at, at + stop})
		}
		at += stop
	}
}

// clientSecrets finds secrets of app registrations, which Microsoft Entra ID
// marks with "Q~" behind three characters and a digit.
func clientSecrets(text string) []Secret {
	var out []Secret
	for at := 0; ; {
		i := strings.Index(text[at:], "Q~")
		if i < 0 {
			return out
		}
		at += i + 2
		start, n := at-6, runOf(text[at:], clientSecretByte)
		if start < 0 || n < 31 || n > 34 || !digitByte(text[at-3]) || start > 0 && clientSecretByte(text[start-1]) || cutAt(text, at+n) {
			continue
		}
		if s := text[start : at+n]; runOf(s, clientSecretByte) == len(s) && random(s) {
			out = append(out, Secret{"a client secret", start, at + n})
		}
	}
}

// emulatorKey is the well-known key of the storage emulators.
// https://learn.microsoft.com/azure/storage/common/storage-use-azurite
const emulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq"

// cosmosEmulatorKey is the well-known key of the Cosmos DB emulator.
// https://learn.microsoft.com/azure/cosmos-db/emulator
const cosmosEmulatorKey = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPM"

// random tells whether a text looks like one that a machine made up: with
// many different characters, and none of what people write for an example.
func random(s string) bool {
	if strings.HasPrefix(s, emulatorKey) || strings.HasPrefix(s, cosmosEmulatorKey) || hasWord(s, "abcdefgh") || hasWord(s, "xxxx") {
		return false
	}
	var seen [256]bool
	different := 0
	for i := range len(s) {
		if !seen[s[i]] {
			seen[s[i]] = true
			different++
		}
	}
	return different >= 14
}

// cutAt tells whether the text goes on there with something that was cut out.
func cutAt(text string, i int) bool { return i < len(text) && text[i] == 0 }

func hasWord(s, word string) bool { return strings.Contains(value.Fold(s), word) }

func endsInWord(s, word string) bool {
	return len(s) >= len(word) && value.FoldEqual(s[len(s)-len(word):], word)
}

func letterByte(c byte) bool { c |= 0x20; return 'a' <= c && c <= 'z' }
func digitByte(c byte) bool  { return '0' <= c && c <= '9' }
func base64Byte(c byte) bool { return letterByte(c) || digitByte(c) || c == '+' || c == '/' }

func clientSecretByte(c byte) bool {
	return letterByte(c) || digitByte(c) || c == '_' || c == '~' || c == '.' || c == '-'
}
