package main

import (
	"runtime"
	"syscall"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/parser/source"
)

// spent is the CPU time of this process so far, its garbage collection included.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // it fails only if asked for what there is not
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// took is the CPU time of f.
func took(f func()) time.Duration {
	start := spent()
	f()
	return spent() - start
}

// walkGjson visits every value of every text with gjson.
func walkGjson(texts [][]byte) {
	for _, text := range texts {
		walk(gjson.ParseBytes(text))
	}
}

func walk(r gjson.Result) {
	if r.IsObject() || r.IsArray() {
		r.ForEach(func(_, v gjson.Result) bool {
			walk(v)
			return true
		})
	}
}

// parse reads every text into the same node table.
func parse(f *source.File, texts [][]byte) {
	for _, text := range texts {
		f.Reset("", text)
	}
}

// allocated is how many bytes f asks of the heap.
func allocated(f func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}
