package cli

import (
	"fmt"
	"io"
	"runtime/debug"

	"github.com/rolecall/rolecall/internal/driver"
)

// outlet is standard output. It keeps in mind that something could not be
// written to it, so that no command has to look after each line. A pipe that
// nobody reads any more ends the program before that, as it does others.
type outlet struct {
	io.Writer
	err error
}

func (o *outlet) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

// defect tells a panic that nothing nearer to it has turned into a problem of a
// unit.
func defect(s Streams, panicked any) int {
	tell(s, fmt.Sprintf("internal error: %v at %s", panicked, driver.Origin(debug.Stack())))
	tell(s, driver.Defect)
	return exitFailed
}
