package main

import (
	"fmt"
	"time"

	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/source"
)

// cuts is at how many places each file is cut off.
const cuts = 40

// cut is a disk on which one file ends early.
type cut struct {
	*disk
	path, text string
}

func (c *cut) Bicep(path string) (string, int, error) {
	if path != c.path {
		return c.disk.Bicep(path)
	}
	base := c.base
	c.base += len(c.text) + 1
	return c.text, base, nil
}

// truncate lowers files that end early. A panic ends the program.
func truncate(dirs []string) {
	list := pairs(dirs, "main.json")
	runs, invalid := 0, 0
	var slowest time.Duration
	for _, p := range list {
		text := read(p.source)
		for i := range cuts {
			c := &cut{newDisk(nil), p.source, text[:len(text)*i/cuts+i%7*len(text)/cuts/7]}
			start := time.Now()
			t, err := bicep.NewProgram(c).Template(p.source)
			if err != nil {
				fatal(err)
			}
			if f := source.Parse("", arm(t)); len(f.Errors) > 0 {
				invalid++
			}
			runs++
			slowest = max(slowest, time.Since(start))
		}
	}
	fmt.Printf("truncate: %d texts of %d files, %d of them make no JSON, the slowest took %v\n", runs, len(list), invalid, slowest)
}
