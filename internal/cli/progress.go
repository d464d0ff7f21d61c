package cli

import (
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// patience is how long a run goes on before it tells how far it is, and how
// often it does so.
const patience = 400 * time.Millisecond

// progress shows a line on long runs when someone looks at standard error;
// the function returned takes it away.
func (a *analysis) progress(quiet bool) (stop func()) {
	if _, ok := terminal(a.s.Err); !ok || quiet || os.Getenv("TERM") == "dumb" {
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
		tick := time.NewTicker(patience)
		defer tick.Stop()
		shown := 0
		for {
			select {
			case <-tick.C:
				line := fmt.Sprintf("%d of %d templates", done.Load(), total.Load())
				fmt.Fprint(a.s.Err, "\r"+line)
				shown = len(line)
			case <-quit:
				if shown > 0 {
					fmt.Fprint(a.s.Err, "\r"+strings.Repeat(" ", shown)+"\r") // no escape: some consoles know none
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
