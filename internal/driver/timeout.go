package driver

import (
	"fmt"
	"time"

	"github.com/rolecall/rolecall/report"
)

// timed analyses a unit, and gives it up when its time is over: then instead
// is called with what is to be said of it, in another goroutine, and whatever comes
// of the analysis is of no more use.
func (w *worker) timed(u unit, instead func(*result)) (res *result, inTime bool) {
	if w.o.Timeout <= 0 {
		return w.analyse(u), true
	}
	timer := time.AfterFunc(w.o.Timeout, func() {
		w.stop.Store(true)
		instead(&result{unit: u, problems: []report.Problem{w.late(u)}})
	})
	res = w.analyse(u)
	return res, timer.Stop()
}

// late is the problem of a unit that took too long.
func (w *worker) late(u unit) report.Problem {
	return report.Problem{
		Kind: report.ProblemLimit, File: u.file.Path,
		Message: fmt.Sprintf("the analysis was given up after %v", w.o.Timeout),
		Hint:    leaveOut + "; --timeout gives it more time",
	}
}
