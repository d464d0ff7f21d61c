package main

import (
	"os"

	"github.com/rolecall/rolecall/internal/evalcmd"
)

func main() { evalcmd.Lines(os.Stdin, os.Stdout) }
