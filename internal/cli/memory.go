package cli

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// frugal sets the garbage collector for many short-lived units: to collect
// less often than usual, but to stay small. GOGC and GOMEMLIMIT win.
func frugal() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(400)
	a := &allowance{live: []metrics.Sample{{Name: "/gc/heap/live:bytes"}}}
	a.set()
}

// enough is the memory that many small units share.
const enough = 64 << 20

// allowance follows what is alive: of a large template that alone may be more
// than enough, and the collector would then run all the time.
type allowance struct {
	live  []metrics.Sample
	limit int64
}

// set is called after each collection: nothing holds the allowance but its
// finalizer.
func (a *allowance) set() {
	metrics.Read(a.live)
	if limit := max(enough, 2*int64(a.live[0].Value.Uint64())); limit != a.limit {
		a.limit = limit
		debug.SetMemoryLimit(limit)
	}
	runtime.SetFinalizer(a, (*allowance).set)
}
