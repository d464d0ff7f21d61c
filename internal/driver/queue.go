package driver

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// queue spreads units over workers, which share nothing but it. Results stand
// where their units do.
type queue struct {
	o       Options
	look    look
	units   []unit
	results []*result
	users   *users // nil: every unit is looked at

	order      []int // of the units
	next, done atomic.Int64
	workers    sync.WaitGroup
}

func newQueue(o Options, look look, units []unit) *queue {
	return &queue{o: o, look: look, units: units, results: make([]*result, len(units)), order: usersFirst(units)}
}

func (q *queue) run() {
	jobs := q.o.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	for range min(jobs, len(q.units)) {
		q.workers.Add(1)
		go q.work()
	}
	q.workers.Wait()
}

// work is a worker: it takes one unit after the other, all on one stack, which
// need not grow anew. If its time for one is over, another worker takes its
// place, and this one ends as soon as it comes back.
func (q *queue) work() {
	w := newWorker(q.o, q.look)
	w.users = q.users
	for {
		n := int(q.next.Add(1)) - 1
		if n >= len(q.units) {
			q.workers.Done()
			return
		}
		i := q.order[n]
		instead := func(res *result) {
			q.put(i, res)
			q.work()
		}
		res, inTime := w.timed(q.units[i], instead)
		if !inTime {
			return
		}
		q.put(i, res)
	}
}

func (q *queue) put(i int, res *result) {
	q.results[i] = res
	q.users.note(res)
	if n := q.done.Add(1); q.o.Progress != nil {
		q.o.Progress(int(n), len(q.units))
	}
}
