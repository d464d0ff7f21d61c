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
	// small is the heap that small units share, however much is kept of those
	// before them; it is collected when it is full.
	small = 12 << 20
	// enough is the memory that larger ones share.
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
	debug.SetGCPercent(percent(live))
	if limit := max(enough, 2*live); limit != a.limit {
		a.limit = limit
		debug.SetMemoryLimit(limit)
	}
	runtime.SetFinalizer(a, (*allowance).set)
}

// percent is how much more than what is alive the heap may grow by. Up to small
// that is until small is full, or what is alive has doubled: a part of it is what
// was made during the collection.
func percent(live int64) int {
	// The collector waits at least for 4 MiB, and as many times as 100 goes into the percentage.
	// https://go.dev/doc/gc-guide#GOGC
	const usual, least = 400, 4 << 20
	if live > small {
		return usual
	}
	return int(min(max(100, 100*(small-live)/max(live, 1)), 100*small/least))
}
