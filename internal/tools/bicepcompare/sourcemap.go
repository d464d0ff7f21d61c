package main

import (
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/bicep/syntax"
)

// sourcemap compares where the properties of a template come from with
// main.sourcemap.bicep, which lists behind each line of the source the lines of
// JSON that it makes.
func sourcemap(dirs []string) {
	files := find(dirs, func(n string) bool { return n == "main.sourcemap.bicep" })
	good, all := 0, 0
	for _, path := range files {
		src, err := filepath.Abs(filepath.Join(filepath.Dir(path), "main.bicep"))
		if err != nil {
			fatal(err)
		}
		if _, err := os.Stat(src); err != nil {
			continue
		}
		want := mapped(read(path), strings.Split(read(src), "\n"))
		got, declared := ours(src), resourceLines(src)
		g, n := 0, 0
		for _, w := range want {
			if !declared[w.line] {
				continue
			}
			n++
			if got[w] > 0 {
				got[w]--
				g++
			} else if os.Getenv("BICEPCOMPARE_VERBOSE") != "" {
				fmt.Printf("%s:%d: %s\n", src, w.line, w.json)
			}
		}
		good, all = good+g, all+n
		fmt.Printf("%s: %d of %d\n", src, g, n)
	}
	fmt.Printf("source map: %d of %d properties of resources and modules (%.1f %%)\n", good, all, 100*float64(good)/float64(max(all, 1)))
}

// resourceLines are the lines of a source that declare resources and modules.
func resourceLines(src string) map[int]bool {
	text := read(src)
	out := map[int]bool{}
	for _, s := range syntax.Parse(text, false).Statements {
		switch s.(type) {
		case *syntax.Resource, *syntax.Module:
			r := s.Range()
			first := 1 + strings.Count(text[:r.Start], "\n")
			for l := range 1 + strings.Count(text[r.Start:r.End], "\n") {
				out[first+l] = true
			}
		}
	}
	return out
}

// line is a line of JSON with the line of the source that it comes from.
type line struct {
	json string
	line int
}

// mapped reads a golden file: the lines of the source are those of main.bicep,
// in order.
func mapped(golden string, source []string) []line {
	var out []line
	at, module := 0, ""
	source[0] = strings.TrimPrefix(source[0], "\ufeff")
	for l := range strings.Lines(golden) {
		l = strings.TrimRight(l, "\r\n")
		if at < len(source) && l == strings.TrimRight(source[at], "\r") {
			at++
			continue
		}
		if json, ok := strings.CutPrefix(l, "//@"); ok {
			indent := json[:len(json)-len(strings.TrimLeft(json, " "))]
			if module != "" { // the template of a module: it comes from another file
				if strings.HasPrefix(json, module+"}") {
					module = ""
				}
				continue
			}
			if strings.HasSuffix(json, `"template": {`) {
				module = indent
				continue
			}
			if t := property(json); t != "" {
				out = append(out, line{t, at})
			}
		}
	}
	return out
}

// property is a line of JSON that has a name, without what differs for no
// reason; "" if it has none.
func property(l string) string {
	l = strings.TrimSuffix(strings.TrimSpace(l), ",")
	if !strings.HasPrefix(l, `"`) || !strings.Contains(l, `":`) {
		return ""
	}
	return l
}

// ours are the lines of our own template, by where their values come from.
func ours(src string) map[line]int {
	prog := bicep.NewProgram(newDisk(nil))
	t, err := prog.Template(src)
	if err != nil {
		fatal(err)
	}
	f, m, err := bicep.Layout(t, src)
	if err != nil {
		fatal(err)
	}
	source := read(src)
	mark := len(source) - len(strings.TrimPrefix(source, "\ufeff"))
	out := map[line]int{}
	offset := 0
	for l := range strings.Lines(f.Text) {
		if p := property(l); p != "" {
			start := offset + strings.IndexByte(l, '"')
			key := strings.Index(l[start-offset:], `":`) + 1
			from, _ := m.Origin(start, start+key, func(token.Pos, token.Pos) string { return "" })
			if int(from) > mark && int(from) <= len(source)+1 {
				out[line{p, 1 + strings.Count(source[:from-1], "\n")}]++
			}
		}
		offset += len(l)
	}
	return out
}
