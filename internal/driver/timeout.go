package driver

import (
	"fmt"
	"time"

	"github.com/rolecall/rolecall/report"
)

// timed analyses a unit, and gives it up when its time is over: whatever it hangs
// in, the other units are judged. It returns the worker for the next unit, which
// is another one then.
func (w *worker) timed(u unit) (*result, *worker) {
	if w.o.Timeout <= 0 {
		return w.analyse(u), w
	}
	done := make(chan *result, 1)
	go func() { done <- w.analyse(u) }()
	timer := time.NewTimer(w.o.Timeout)
	defer timer.Stop()
	select {
	case res := <-done:
		return res, w
	case <-timer.C:
		w.stop.Store(true)
		return &result{unit: u, problems: []report.Problem{w.late(u)}}, newWorker(w.o, w.look)
	}
}

// late is the problem of a unit that took too long.
func (w *worker) late(u unit) report.Problem {
	return report.Problem{
		Kind: report.ProblemLimit, File: u.file.Path,
		Message: fmt.Sprintf("the analysis was given up after %v", w.o.Timeout),
		Hint:    leaveOut + "; --timeout gives it more time",
	}
}
