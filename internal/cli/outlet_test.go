package cli

import (
	"errors"
	"strings"
	"testing"
)

// broken is a stream that panics when it is read, and fails when it is written.
type broken struct{}

func (broken) Read([]byte) (int, error)  { panic("the stream is broken") }
func (broken) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// TestDefect: a panic that no unit of the analysis is to blame for is told with
// the place of it, and is no success.
func TestDefect(t *testing.T) {
	var out, errs strings.Builder
	code := Main([]string{"eval", "--jsonl"}, Streams{In: broken{}, Out: &out, Err: &errs})
	want := "rolecall: internal error: the stream is broken at internal/cli/outlet_test.go:"
	if code != exitFailed || out.Len() > 0 || !strings.HasPrefix(errs.String(), want) || !strings.Contains(errs.String(), "please report it") {
		t.Errorf("exit %d, output %q, errors %q", code, out.String(), errs.String())
	}
}

// TestNotWritten: that the output went nowhere is told once, whatever the command
// makes of its own errors.
func TestNotWritten(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"help"}, {"rules"}, {"eval", "1"}, {"explain", "RA001"}} {
		var errs strings.Builder
		code := Main(args, Streams{In: strings.NewReader(""), Out: broken{}, Err: &errs})
		if want := "rolecall: the output could not be written: no space left on device\n"; code != exitFailed || errs.String() != want {
			t.Errorf("%s: exit %d, errors %q", args, code, errs.String())
		}
	}
}
