package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/cli"
)

// planted are made up credentials of every kind, by the word that stands for
// them in plantedTemplate.
var planted = map[string]string{
	"ACCOUNTKEY":  "q7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtNzMlPyUjSbHwDeCg6A+Fq/7Zr0V1mJ8xTnB4uWc2KpYw==",
	"BUSKEY":      "b7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtM=",
	"SIGNATURE":   "s7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXo%2Fk3vQtM%3D",
	"CONNPASS":    "Tr0ub4dor-conn",
	"CACHEPASS":   "c7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtM=",
	"CLIENT":      "kPd8" + "Q~" + "vT3yMw9LqZ5nRx1BsJ7hCf2GaU6eKo4WiD",
	"PEM":         "-----BEGIN RSA PRIVATE KEY-----\n" + strings.Repeat("MIIEpAIBAAKCAQEAq7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtNzMlPy\n", 3) + "-----END RSA PRIVATE KEY-----",
	"DEFAULT":     "Tr0ub4dor-default",
	"OBJECT":      "Tr0ub4dor-object",
	"CONCAT":      "Tr0ub4dor-concat",
	"ADMIN":       "Tr0ub4dor-admin",
	"VARIABLE":    "Tr0ub4dor-variable",
	"PLAIN":       "Tr0ub4dor-plain",
	"ARGUMENT":    "Tr0ub4dor-argument",
	"INNER":       "Tr0ub4dor-inner",
	"FILESECURE":  "Tr0ub4dor-file",
	"FILEPLAIN":   "f7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtM=",
	"SCRIPTKEY":   "t7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtM=",
	"COMMENTKEY":  "m7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtM=",
	"LINKEDKEY":   "l7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtM=",
	"NAMESECRET":  "Tr0ub4dor-name",
	"QUOTEDADMIN": `Tr0ub"4dor-quote`,
	"CONFIGURED":  "Tr0ub4dor-configured",

	"CONFIGUREDPLAIN": "Tr0ub4dor-configured-plain",
}

// TestNoPlantedSecret runs all rules over templates full of credentials, and
// checks that no output holds any part of one.
func TestNoPlantedSecret(t *testing.T) {
	for _, compact := range []bool{false, true} {
		dir := plant(t, compact)
		main := filepath.Join(dir, "main.json")
		for _, args := range [][]string{
			{"check", "--format", "text"}, {"check", "--format", "json"}, {"check", "--format", "sarif"},
			{"check", "--format", "github"}, {"check", "--format", "azure"}, {"check", "--format", "gitlab"}, {"check", "--format", "markdown"},
			{"check", "--format", "text", "--verbose", "--no-parameter-files"}, {"check", "--diff", "--unsafe-fixes"},
			{"grants", "--format", "table"}, {"grants", "--format", "json"}, {"grants", "--format", "csv"}, {"grants", "--format", "markdown"},
			{"grants", "--format", "mermaid"}, {"grants", "--format", "svg"}, {"grants", "--format", "html"}, {"grants", "--verbose", "--no-parameter-files"}, {"grants", "--format", "json", "--no-parameter-files"},
			{"expand", main, "--all"}, {"expand", main, "-p", filepath.Join(dir, "main.parameters.json")},
		} {
			switch args[0] {
			case "check":
				args = append(args, "--profile", "pedantic", "--exit-zero", "--root", dir, dir)
			case "grants":
				args = append(args, "--root", dir, dir)
			default:
				args = append(args, "--root", dir)
			}
			var out, errs bytes.Buffer
			if code := cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}); code != 0 {
				t.Fatalf("%v: exit code %d: %s", args, code, errs.String())
			}
			if out.Len() < 2000 {
				t.Errorf("%v: too little is told of these templates: %d bytes", args, out.Len())
			}
			noPlanted(t, args, out.String()+errs.String())
		}
	}
}

// noPlanted looks for the planted secrets, and for parts of the long ones.
func noPlanted(t *testing.T, args []string, output string) {
	t.Helper()
	for kind, secret := range planted {
		parts := []string{secret, escaped(secret)}
		if len(secret) > 40 {
			body := strings.TrimPrefix(secret, "-----BEGIN RSA PRIVATE KEY-----\n")
			body, _, _ = strings.Cut(body, "\n-----END")
			parts = append(parts, body[:12], body[len(body)/2:len(body)/2+12], body[len(body)-12:])
		}
		for _, part := range parts {
			if i := strings.Index(output, part); i >= 0 {
				t.Errorf("%v tells %s: …%s…", args[:3], kind, output[max(0, i-200):min(len(output), i+len(part)+20)])
				break
			}
		}
	}
}

func escaped(s string) string {
	b, _ := json.Marshal(s)
	return string(b[1 : len(b)-1])
}

// plant writes the templates of testdata/secrets with secrets in the place of
// words into a folder, all on one line if they are to be compact.
func plant(t *testing.T, compact bool) string {
	t.Helper()
	dir := t.TempDir()
	files, err := filepath.Glob("testdata/secrets/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	used := map[string]bool{}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		for kind, secret := range planted {
			word := "{{" + kind + "}}"
			used[kind] = used[kind] || strings.Contains(text, word)
			text = strings.ReplaceAll(text, word, escaped(secret))
		}
		if i := strings.Index(text, "{{"); i >= 0 {
			t.Fatalf("%s: no secret for %s", name, text[i:i+16])
		}
		if compact {
			text = oneLine(text)
		}
		if err := os.WriteFile(filepath.Join(dir, strings.TrimSuffix(filepath.Base(name), ".txt")), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for kind := range planted {
		if !used[kind] {
			t.Errorf("%s is planted nowhere", kind)
		}
	}
	return dir
}

// oneLine joins the lines, comments behind them made such that may stand in
// the middle.
func oneLine(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if i := strings.Index(line, " // "); i >= 0 {
			line = line[:i] + " /* " + line[i+4:] + " */"
		}
		b.WriteString(line + " ")
	}
	return b.String()
}
