// Command mutants says how much the tests of packages notice. It makes small
// mistakes in their code, one at a time, and runs the tests of every package
// that depends on it until one fails:
//
//	cd internal/tools && go run ./mutants [-n 100] [-seed 1] [PACKAGES …]
//
// Packages are patterns of the module at -root; without any they are those of
// the engine and of the rules. Nothing in the tree is changed: the go command
// reads the mistake through an overlay. A mistake is a condition that is
// changed (< for <=, == for !=, && for ||, one that is negated), something that
// is dropped (a case, a branch, a call, what is appended) or a constant that is
// wrong (a number by one, a text, true for false). Mistakes that do not compile
// are not drawn, nor those in generated files, in documentation and in the
// texts of panics. All packages, and the three families in each, give alike. What
// is drawn hangs on the seed and on the functions that are changed, not on
// lines, so that most of it stays the same when other code changes.
//
// Each line of the table says where and what was changed, and which test has
// noticed. One that survives shows code that no test holds, or a change that
// means nothing; somebody must look. The exit code is 1 if fewer than -least of
// a hundred were caught.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// memory is what each process may take, in bytes: a mistake can make a loop
// allocate for ever.
const memory = 8 << 30

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	missed, err := run(ctx, os.Args[1:], os.Stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(2)
	case missed:
		os.Exit(1)
	}
}

// run reads the arguments, draws and tries. It says whether fewer were caught
// than asked for.
func run(ctx context.Context, args []string, w io.Writer) (missed bool, err error) {
	flags := flag.NewFlagSet("mutants", flag.ContinueOnError)
	root := flags.String("root", filepath.Join("..", ".."), "the root of the module")
	n := flags.Int("n", 100, "how many mutants are drawn")
	seed := flags.Uint64("seed", 1, "which ones are drawn")
	jobs := flags.Int("jobs", 2, "how many are tried at a time")
	least := flags.Int("least", 85, "how many of a hundred must be caught")
	timeout := flags.Duration("timeout", 5*time.Minute, "how long the tests of a package may take: one that hangs counts as caught")
	only := flags.String("only", "", "of those drawn, try the ones whose line matches this regular expression")
	tests := flags.String("tests", "./...", "the packages whose tests are run, if they depend on what is changed: patterns with spaces between")
	list := flags.Bool("list", false, "print what is drawn, and try nothing")
	if err := flags.Parse(args); err != nil {
		return false, err
	}
	patterns := flags.Args()
	if len(patterns) == 0 {
		patterns = []string{"./parser/eval/...", "./rules/..."}
	}
	wanted, err := regexp.Compile(*only)
	if err != nil {
		return false, fmt.Errorf("-only: %w", err)
	}
	if err := limit(); err != nil {
		return false, err
	}
	m := module{ctx: ctx, root: *root, tests: strings.Fields(*tests), timeout: *timeout}
	drawn, err := m.draw(patterns, *n, *seed, wanted)
	if err != nil {
		return false, err
	}
	if *list {
		for _, d := range drawn {
			fmt.Fprintln(w, d)
		}
		return false, nil
	}
	caught, err := m.try(drawn, *jobs, w)
	fmt.Fprintf(w, "%d of %d caught\n", caught, len(drawn))
	return caught*100 < *least*len(drawn), err
}

// limit holds this process and its children to so much memory.
func limit() error {
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: memory, Max: memory}); err != nil {
		return fmt.Errorf("limit of memory: %w", err)
	}
	return nil
}
