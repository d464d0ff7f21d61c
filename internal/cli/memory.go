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
	a := &allowance{live: []metrics.Sample{{Name: "/gc/heap/live:bytes"}}}
	a.set()
}

const (
	// room is how much small units may leave behind before it is collected: the
	// same however much is kept of those before them.
	room = 14 << 20
	// enough is the memory that many units share.
	enough = 64 << 20
)

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
	live := int64(a.live[0].Value.Uint64())
	debug.SetGCPercent(int(min(max(200, 100*room/max(live, 1)), 400)))
	if limit := max(enough, 2*live); limit != a.limit {
		a.limit = limit
		debug.SetMemoryLimit(limit)
	}
	runtime.SetFinalizer(a, (*allowance).set)
}
