// Command launch runs one program, throws its output away, and prints its wall
// time and CPU time in nanoseconds, its peak of resident memory as the system
// counts it, and its exit code. A process begins with the peak of the one that
// started it: so that is a small one.
package main

import (
	"fmt"
	"os"
	"syscall"
	"time"
)

func main() {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		fail(err)
	}
	start := time.Now()
	p, err := os.StartProcess(os.Args[1], os.Args[1:], &os.ProcAttr{Files: []*os.File{null, null, null}})
	if err != nil {
		fail(err)
	}
	s, err := p.Wait()
	if err != nil {
		fail(err)
	}
	wall := time.Since(start)
	peak := s.SysUsage().(*syscall.Rusage).Maxrss
	fmt.Println(wall.Nanoseconds(), (s.UserTime() + s.SystemTime()).Nanoseconds(), peak, s.ExitCode())
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
