package facts

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
)

// Made up: keys of 64 and 32 bytes, a signature, a client secret.
const (
	longKey  = "q7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtNzMlPyUjSbHwDeCg6A+Fq/7Zr0V1mJ8xTnB4uWc2KpYw=="
	shortKey = "q7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtM="
	appKey   = "kPd8" + "Q~" + "vT3yMw9LqZ5nRx1BsJ7hCf2GaU6eKo4WiD"
)

var pem = "-----BEGIN RSA PRIVATE KEY-----\n" + strings.Repeat("MIIEpAIBAAKCAQEAq7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtNzMlPy\n", 3) + "-----END RSA PRIVATE KEY-----"

func TestSecretsIn(t *testing.T) {
	for _, c := range []struct{ text, what, secret string }{
		{"DefaultEndpointsProtocol=https;AccountName=a;AccountKey=" + longKey + ";EndpointSuffix=core.windows.net", "an access key", longKey},
		{"Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=" + shortKey, "an access key", shortKey},
		{"endpoint=https://n.service.signalr.net;AccessKey = " + shortKey + ";Version=1.0;", "an access key", shortKey},
		{"Endpoint=https://n.azconfig.io;Id=x;Secret=" + shortKey, "an access key", shortKey},
		{"https://n.blob.core.windows.net/c?sv=2022-11-02&se=2030-01-01&sp=r&sig=q7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXo%2Fk3vQtM%3D", "a shared access signature", "q7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXo%2Fk3vQtM%3D"},
		{"https://n.logic.azure.com/x?api-version=1&sp=run&sv=1.0&sig=q7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXo-k3vQtM", "a shared access signature", "q7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXo-k3vQtM"},
		{"Server=tcp:s.database.windows.net;Initial Catalog=d;User ID=sa;Password=Tr0ub4dor&3;", "a password", "Tr0ub4dor&3"},
		{"jdbc:sqlserver://s.database.windows.net:1433?user=sa&password=Tr0ub4dor3&x=1", "a password", "Tr0ub4dor3"},
		{"Server=s;Database=d;Uid=root;Pwd=hunter-22H;", "a password", "hunter-22H"},
		{"cache.redis.cache.windows.net:6380,password=" + shortKey + ",ssl=True", "a password", shortKey},
		{appKey, "a client secret", appKey},
		{pem, "a private key", ""},
		// What is no credential.
		{"AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==", "", ""},
		{"AccountEndpoint=https://localhost:8081/;AccountKey=C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==", "", ""},
		{"AccountName=a;AccountKey={0}", "", ""},
		{"AccountName=a;AccountKey=<key>;", "", ""},
		{"AccountName=a;AccountKey=" + strings.Repeat("A", 86) + "==", "", ""},
		{"AccountName=a;AccountKey=abcdefghijklmnopqrstuvwxyz0123456789/+ABCDE=", "", ""},
		{"AccountName=a;AccountKey=", "", ""},
		{"AccountName=a;AccountKey=\x00", "", ""},
		{"Server=s;User ID=sa;Password=\x00;", "", ""},
		{"Server=s;User ID=sa;Password={your_password};", "", ""},
		{"Server=s;User ID=sa;Password=yourPassw0rd!;", "", ""},
		{"Server=s;Password=Tr0ub4dor3;", "", ""},
		{"password=$3\n", "", ""},
		{"sig=q7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXo%2Fk3vQtM%3D", "", ""},
		{"-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----", "", ""},
		{strings.ReplaceAll(pem, "PRIVATE", "PUBLIC"), "", ""},
	} {
		got := SecretsIn(c.text)
		switch {
		case c.what == "" && len(got) > 0:
			t.Errorf("%q: found %v", c.text, got)
		case c.what != "" && (len(got) != 1 || got[0].What != c.what):
			t.Errorf("%q: found %v, want %s", c.text, got, c.what)
		case c.secret != "" && c.text[got[0].Start:got[0].End] != c.secret:
			t.Errorf("%q: found %q", c.text, c.text[got[0].Start:got[0].End])
		}
	}
}

// TestSecretsOf finds credentials at their place in the file: behind escapes,
// in expressions, not in comments.
func TestSecretsOf(t *testing.T) {
	text := `{
	// AccountKey=` + longKey + `
	"a": "A\u0063countKey=none;\tAccountKey=` + longKey + `",
	"b": "[concat('it''s AccountKey=` + longKey + `', parameters('p'))]",
	"c": ["` + appKey + `", "` + strings.ReplaceAll(pem, "\n", `\n`) + `"],
	"d": "[concat('AccountKey=', parameters('` + longKey + `'))]"
}`
	f := template.NewFile(source.Parse("t.json", []byte(text)))
	f.Base = 100
	var got []string
	for _, s := range SecretsOf(f) {
		got = append(got, f.Text[int(s.At.Start)-f.Base:int(s.At.End)-f.Base])
	}
	if len(got) != 4 || got[0] != longKey || got[1] != longKey || got[2] != appKey || !strings.HasPrefix(got[3], `\nMIIE`) {
		t.Errorf("found %q", got)
	}
}
