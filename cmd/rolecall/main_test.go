package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/tidwall/gjson"
)

var update = flag.Bool("update", false, "write the outputs that the scripts expect anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"rolecall": main})
}

// TestScripts runs testdata/script at the top of the repository. The scripts
// see none of the caller's environment.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  exits,
			"encode": encode,
			"json":   jsonCmd,
			"hides":  hides,
		},
	})
}

// exits CODE PROGRAM ARGS… runs a program and holds its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARG …]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// encode ENCODING FROM TO writes a file in another encoding: bom, utf16le or
// utf16be; or with other line ends: crlf.
func encode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: encode bom|utf16le|utf16be|crlf FROM TO")
	}
	text := ts.ReadFile(args[1])
	var out []byte
	switch args[0] {
	case "bom":
		out = append([]byte("\ufeff"), text...)
	case "crlf":
		out = []byte(strings.ReplaceAll(text, "\n", "\r\n"))
	case "utf16le", "utf16be":
		for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
			lo, hi := byte(u), byte(u>>8)
			if args[0] == "utf16be" {
				lo, hi = hi, lo
			}
			out = append(out, lo, hi)
		}
	default:
		ts.Fatalf("there is no encoding %q", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), out, 0o644))
}

// json FILE PATH [VALUE] looks up a member of a JSON document. Without a value
// it need only be there; negated, it must not be there, or be another.
func jsonCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 && len(args) != 3 {
		ts.Fatalf("usage: json FILE PATH [VALUE]")
	}
	text := ts.ReadFile(args[0])
	if !gjson.Valid(text) {
		ts.Fatalf("%s is no JSON", args[0])
	}
	got := gjson.Get(text, args[1])
	ok := got.Exists()
	if len(args) == 3 {
		ok = ok && got.String() == args[2]
	}
	if ok == neg {
		ts.Fatalf("%s is %q", args[1], got.String())
	}
}

// hides FILE TEXT… checks that none of the texts stands in a file. Texts are
// written as in Go, without the quotes.
func hides(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: hides FILE TEXT …")
	}
	text := ts.ReadFile(args[0])
	for _, a := range args[1:] {
		hidden, err := strconv.Unquote(`"` + a + `"`)
		ts.Check(err)
		if strings.Contains(text, hidden) {
			ts.Fatalf("%s holds %q", args[0], hidden)
		}
	}
}
