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
	a := &allowance{live: []metrics.Sample{{Name: "/gc/heap/live:bytes"}}, heap: small}
	a.set()
}

const (
	// small is the heap that small units share, however much is kept of those
	// before them; it is collected when it is full.
	small = 10 << 20
	// large is from how much is alive on a unit counts as a larger one.
	large = 16 << 20
	// enough is the memory that those share.
	enough = 58 << 20
)

// allowance follows what is alive: of a large template that alone may be more
// than enough, and the collector would then run all the time.
type allowance struct {
	live  []metrics.Sample
	heap  int64 // what the heap may fill
	limit int64
}

// set is called after each collection: nothing holds the allowance but its
// finalizer.
func (a *allowance) set() {
	metrics.Read(a.live)
	live := int64(a.live[0].Value.Uint64())
	if live > large { // what large units have filled is filled by those after them, too
		a.heap = max(a.heap, min(5*live, enough))
	}
	debug.SetGCPercent(percent(live, a.heap))
	if limit := max(enough, 2*live); limit != a.limit {
		a.limit = limit
		debug.SetMemoryLimit(limit)
	}
	runtime.SetFinalizer(a, (*allowance).set)
}

// percent is how much more than what is alive the heap may grow by: until it is
// full, or else by one and a half of what is alive, so that a single template that
// keeps growing is not collected all the time.
func percent(live, heap int64) int {
	// The collector waits at least for 4 MiB, and as many times as 100 goes into the percentage.
	// https://go.dev/doc/gc-guide#GOGC
	const least = 4 << 20
	return int(min(max(150, 100*(heap-live)/max(live, 1)), 100*heap/least))
}
