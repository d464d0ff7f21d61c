package armfn

import (
	"errors"
	"testing"
)

// Outcomes of a table test beside a result text.
const (
	fails     = "\x00error"
	unsettled = "\x00unknown"
)

// check compares the outcome of a call with want, which is the result or one of
// fails and unsettled. Beside an error there is no result.
func check(t *testing.T, name, got string, err error, want string) {
	t.Helper()
	if err != nil && got != "" && got != "0" {
		t.Errorf("%s: %q beside the error %v", name, got, err)
	}
	switch {
	case errors.Is(err, ErrUnknown):
		got = unsettled
	case err != nil:
		got = fails
	}
	if got != want {
		t.Errorf("%s = %q (error %v), want %q", name, got, err, want)
	}
	if err != nil && err.Error() == "" {
		t.Errorf("%s: empty error text", name)
	}
}
