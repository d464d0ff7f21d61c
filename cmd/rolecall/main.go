// Command rolecall checks Azure Resource Manager templates for managed
// identities and role assignments.
package main

import (
	"os"

	"github.com/rolecall/rolecall/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
