package revision

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// objects reads objects by their hash through one process of git, which is
// started when it is first needed.
type objects struct {
	dir string

	mu   sync.Mutex
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	errs strings.Builder
	err  error // why no more can be read
}

func newObjects(dir string) *objects { return &objects{dir: dir} }

// read returns the bytes of an object.
func (o *objects) read(hash string) ([]byte, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.cmd == nil && o.err == nil {
		o.err = o.start()
	}
	if o.err != nil {
		return nil, o.err
	}
	data, missing, err := o.ask(hash)
	switch {
	case err != nil:
		o.err = fmt.Errorf("git cat-file: %w", err)
		return nil, o.err
	case missing:
		return nil, lost(hash)
	}
	return data, nil
}

func lost(hash string) error {
	return fmt.Errorf("its object %s is not in the repository; fetch it, if this is a partial clone", hash)
}

func (o *objects) start() error {
	cmd := command(o.dir, "cat-file", "--batch")
	cmd.Stderr = &o.errs
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return failure(err, "")
	}
	o.cmd, o.in, o.out = cmd, in, bufio.NewReaderSize(out, 1<<16)
	return nil
}

// ask sends a hash and reads the answer: "hash type size", a line break, the
// bytes and a line break; or "hash missing".
// https://git-scm.com/docs/git-cat-file#_batch_output
func (o *objects) ask(hash string) (data []byte, missing bool, err error) {
	if _, err := io.WriteString(o.in, hash+"\n"); err != nil {
		return nil, false, err
	}
	head, err := o.out.ReadString('\n')
	if err != nil {
		return nil, false, err
	}
	fields := strings.Fields(head)
	if len(fields) == 2 && fields[1] == "missing" {
		return nil, true, nil
	}
	if len(fields) != 3 {
		return nil, false, fmt.Errorf("answered %q", head)
	}
	size, err := strconv.Atoi(fields[2])
	if err != nil || size < 0 {
		return nil, false, fmt.Errorf("answered %q", head)
	}
	data = make([]byte, size+1)
	if _, err := io.ReadFull(o.out, data); err != nil {
		return nil, false, err
	}
	return data[:size], false, nil
}

func (o *objects) close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.cmd == nil {
		return nil
	}
	o.in.Close()
	err := o.cmd.Wait()
	o.cmd, o.err = nil, io.ErrClosedPipe
	return err
}
