// Command mutate spoils copies of templates and takes each through everything
// that rolecall has, in memory: no copy may make a rule or a writer panic, give a
// place outside of its file, or take longer than -limit.
//
//	cd internal/tools && go run ./mutate [-n N] [-from I] [-seed S] [-jobs N] [-limit D] [-keep DIR] FOLDER|ARCHIVE.txtar …
//
// The same seed makes the same copies; -from 7123 -n 1 makes one of them again.
// It prints what came of them, and with -keep writes each copy that shows a
// defect, as the file name says. It exits with 1 if there was one.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"time"
)

func main() {
	n := flag.Int("n", 1000, "`number` of copies")
	from := flag.Int("from", 0, "`number` of the first copy")
	seed := flag.Uint64("seed", 1, "`seed` of the generator of random numbers")
	jobs := flag.Int("jobs", runtime.GOMAXPROCS(0), "`number` of copies at once")
	limit := flag.Duration("limit", 20*time.Second, "how long a copy may take")
	keep := flag.String("keep", "", "`folder` to write copies to that show a defect")
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	debug.SetMemoryLimit(2 << 30)
	s := &shaker{seed: *seed, limit: *limit, keep: *keep, kinds: map[string]int{}, faults: map[string]int{}}
	if err := s.shake(flag.Args(), *from, *n, *jobs); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	s.print(os.Stdout)
	if s.hangs+len(s.faults) > 0 {
		os.Exit(1)
	}
}

// shake makes n copies of what is in folders and archives, from a number on.
func (s *shaker) shake(args []string, from, n, jobs int) error {
	unpacked, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(unpacked)
	if s.files, err = find(args, unpacked); err != nil {
		return err
	}
	if len(s.files) == 0 {
		return fmt.Errorf("there are no templates in %v", args)
	}
	s.run(from, n, jobs)
	return nil
}
