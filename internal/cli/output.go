package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/rolecall/rolecall/internal/tree"
)

// put writes an output to the file of that name, or to standard output if the
// name is empty.
func (s Streams) put(name string, data []byte) error {
	if name != "" {
		if err := s.writeFile(name, data); err != nil {
			return fmt.Errorf("%s could not be written: %s", name, reason(err))
		}
		return nil
	}
	if _, err := s.Out.Write(data); err != nil {
		return notWritten(err)
	}
	return nil
}

// notWritten words an error of standard output.
func notWritten(err error) error {
	return fmt.Errorf("the output could not be written: %s", reason(err))
}

// writeFile writes a file whole or not at all, whatever interrupts.
func (s Streams) writeFile(name string, data []byte) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return tree.Write(name, data) // a pipe may take forever: let it be interrupted
	}
	return s.uninterrupted(func(context.Context) error { return tree.Write(name, data) })
}

// uninterrupted changes files. What would end the program meanwhile, such as
// Ctrl-C, ends it once that is done and nothing temporary is left, with the exit
// code that shells give to it. The context tells the function not to begin more.
func (s Streams) uninterrupted(change func(context.Context) error) error {
	signals := make(chan os.Signal, 1)
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(sig) { // as nohup has it
			signal.Notify(signals, sig)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	came := make(chan os.Signal, 1)
	go func() {
		defer close(came)
		if sig, ok := <-signals; ok {
			cancel()
			came <- sig
		}
	}()
	err := change(ctx)
	signal.Stop(signals)
	close(signals)
	if sig, ok := (<-came).(syscall.Signal); ok {
		if err != nil {
			tell(s, err.Error())
		}
		os.Exit(exitSignal + int(sig))
	}
	return err
}
