package main

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
)

// parse tells which files have syntax errors.
func parse(dirs []string) {
	files := find(dirs, isBicep)
	good, size := 0, 0
	for _, path := range files {
		text := read(path)
		size += len(text)
		f := syntax.Parse(text, strings.HasSuffix(path, ".bicepparam"))
		if len(f.Errors) == 0 {
			good++
			continue
		}
		e := f.Errors[0]
		fmt.Printf("%s:%d: %s\n", path, 1+strings.Count(text[:e.Start], "\n"), e.Message)
	}
	fmt.Printf("parse: %d of %d files without error, %d bytes\n", good, len(files), size)
}
