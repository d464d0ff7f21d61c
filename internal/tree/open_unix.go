//go:build unix

package tree

import (
	"os"
	"syscall"
)

// openFlags opens a named pipe without waiting for its writer.
const openFlags = os.O_RDONLY | syscall.O_NONBLOCK
