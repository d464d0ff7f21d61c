package cli

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"golang.org/x/term"
)

// terminal returns the descriptor of a stream that is a terminal.
func terminal(w io.Writer) (int, bool) {
	f, ok := w.(*os.File)
	if !ok {
		return 0, false
	}
	fd := int(f.Fd())
	return fd, term.IsTerminal(fd)
}

// colored decides on colours: the flag, then NO_COLOR and FORCE_COLOR, then
// whether anyone can see them.
func colored(when string, w io.Writer) bool {
	switch {
	case when == "always":
		return true
	case when == "never" || os.Getenv("NO_COLOR") != "":
		return false
	case os.Getenv("FORCE_COLOR") != "" && os.Getenv("FORCE_COLOR") != "0":
		return true
	}
	_, ok := terminal(w)
	return ok && os.Getenv("TERM") != "dumb"
}

// width is the number of columns of a terminal, 0 if there is none.
func width(w io.Writer) int {
	if fd, ok := terminal(w); ok {
		if n, _, err := term.GetSize(fd); err == nil {
			return n
		}
	}
	return 0
}

// progress shows a line on long runs when someone looks at standard error;
// the function returned takes it away.
func (a *analysis) progress(quiet bool) (stop func()) {
	if _, ok := terminal(a.s.Err); !ok || quiet {
		return func() {}
	}
	var done, total atomic.Int64
	a.options.Progress = func(d, t int) {
		done.Store(int64(d))
		total.Store(int64(t))
	}
	quit, finished := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(finished)
		shown := false
		for tick := time.NewTicker(250 * time.Millisecond); ; {
			select {
			case <-tick.C:
				shown = true
				fmt.Fprintf(a.s.Err, "\r%d of %d templates", done.Load(), total.Load())
			case <-quit:
				if shown {
					fmt.Fprint(a.s.Err, "\r\x1b[K")
				}
				return
			}
		}
	}()
	return func() {
		close(quit)
		<-finished
	}
}
