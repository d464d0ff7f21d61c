package main

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rolecall/rolecall/internal/gauntlet"
	"github.com/rolecall/rolecall/report"
)

// shaker spoils files and counts what comes of it.
type shaker struct {
	files []file
	seed  uint64
	limit time.Duration
	keep  string

	mu       sync.Mutex
	copies   int
	findings int
	broken   int            // copies of which something could not be read
	limits   int            // copies that exceed a budget
	hangs    int            // copies that took too long
	kinds    map[string]int // copies by the end of their name
	faults   map[string]int // copies by their first defect
	slowest  time.Duration
	slow     string
}

// run makes n copies from a number on, some at once.
func (s *shaker) run(from, n, jobs int) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range jobs {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				s.one(from + i)
			}
		})
	}
	wg.Wait()
}

// one makes the copy with a number and looks at what comes of it.
func (s *shaker) one(i int) {
	r := rand.New(rand.NewPCG(s.seed, uint64(i)))
	f := s.pick(r)
	text, err := f.text()
	if err != nil {
		return
	}
	other, err := s.pick(r).text()
	if err != nil {
		return
	}
	spoilt := []byte(spoil(r, string(text), string(other)))
	done := make(chan gauntlet.Outcome, 1)
	start := time.Now()
	go func() { done <- gauntlet.Run(f.options(spoilt)) }()
	select {
	case out := <-done:
		s.count(i, f, spoilt, out, time.Since(start))
	case <-time.After(s.limit):
		s.hang(i, f, spoilt)
	}
}

// pick is any file, and as often Bicep as JSON if there is both.
func (s *shaker) pick(r *rand.Rand) file {
	bicep := r.IntN(2) == 0
	for range 1000 {
		if f := s.files[r.IntN(len(s.files))]; bicep == strings.HasPrefix(path.Ext(f.path), ".bicep") {
			return f
		}
	}
	return s.files[r.IntN(len(s.files))]
}

func (s *shaker) count(i int, f file, text []byte, out gauntlet.Outcome, took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.copies++
	s.kinds[path.Ext(f.path)]++
	if took > s.slowest {
		s.slowest, s.slow = took, fmt.Sprintf("copy %d, of %s", i, f.path)
	}
	if len(out.Faults) > 0 {
		s.faults[head(out.Faults[0])]++
		s.save(i, f, text, strings.Join(out.Faults, "\n"))
	}
	if out.Report == nil {
		return
	}
	s.findings += len(out.Report.Findings)
	kind := func(kind string) bool {
		return slices.ContainsFunc(out.Report.Problems, func(p report.Problem) bool { return p.Kind == kind })
	}
	if kind(report.ProblemInput) {
		s.broken++
	}
	if kind(report.ProblemLimit) {
		s.limits++
	}
}

func (s *shaker) hang(i int, f file, text []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hangs++
	s.save(i, f, text, "it took longer than "+s.limit.String())
}

// save keeps a copy, if that is wanted.
func (s *shaker) save(i int, f file, text []byte, fault string) {
	if s.keep == "" {
		return
	}
	name := fmt.Sprintf("%d-%d-%s", s.seed, i, strings.ReplaceAll(f.path, "/", "+"))
	if err := keepCopy(s.keep, name, text, fault); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// head is the first line of a fault, without the file that it is about.
func head(fault string) string {
	line, _, _ := strings.Cut(fault, "\n")
	return line
}

func (s *shaker) print(w io.Writer) {
	fmt.Fprintf(w, "%d copies of %d files (", s.copies, len(s.files))
	for i, kind := range slices.Sorted(maps.Keys(s.kinds)) {
		if i > 0 {
			fmt.Fprint(w, ", ")
		}
		fmt.Fprintf(w, "%d %s", s.kinds[kind], kind)
	}
	fmt.Fprintf(w, "), seed %d\n", s.seed)
	fmt.Fprintf(w, "%d findings; %d copies could not be read in whole, %d exceed a budget\n", s.findings, s.broken, s.limits)
	fmt.Fprintf(w, "the slowest took %v: %s\n", s.slowest.Round(time.Millisecond), s.slow)
	defects := 0
	for _, n := range s.faults {
		defects += n
	}
	fmt.Fprintf(w, "%d copies with defects of rolecall, %d that took longer than %v\n", defects, s.hangs, s.limit)
	for _, fault := range slices.Sorted(maps.Keys(s.faults)) {
		fmt.Fprintf(w, "%6d %s\n", s.faults[fault], fault)
	}
}
