// Command bicepcompare holds the Bicep front end against what the official
// compiler makes of the same files. It takes folders, such as a checkout of
// the compiler's samples or of the public module registry:
//
//	go run ./bicepcompare tokens DIR …    *.tokens.bicep against our tokens
//	go run ./bicepcompare parse DIR …     which files have syntax errors
//	go run ./bicepcompare text DIR …      main.bicep against main.json, string by string
//	go run ./bicepcompare symbolic DIR …  the same for main.symbolicnames.json
//	go run ./bicepcompare expanded DIR …  what both deploy, evaluated
//	go run ./bicepcompare findings DIR …  what is found in both
//	go run ./bicepcompare sourcemap DIR … where properties come from, against main.sourcemap.bicep
//	go run ./bicepcompare truncate DIR …  lowers each main.bicep cut off at many places: none may panic
//	go run ./bicepcompare harvest DIR …   writes a module cache of what the main.json hold, and prints its folder
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/template"
)

func main() {
	if len(os.Args) < 3 {
		usage()
	}
	dirs := os.Args[2:]
	switch os.Args[1] {
	case "tokens":
		tokens(dirs)
	case "parse":
		parse(dirs)
	case "text":
		text(dirs, "main.json")
	case "truncate":
		truncate(dirs)
	case "sourcemap":
		sourcemap(dirs)
	case "harvest":
		fmt.Println(cacheFolder(harvest(pairs(dirs, "main.json"))))
	case "expanded":
		expand(dirs)
	case "findings":
		findings(dirs)
	case "symbolic":
		text(dirs, "main.symbolicnames.json")
	default:
		usage()
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: bicepcompare tokens|parse|text|symbolic|expanded|findings|sourcemap|truncate|harvest DIR …")
	os.Exit(2)
}

// find returns the files below the folders whose name f accepts.
func find(dirs []string, f func(name string) bool) []string {
	var out []string
	for _, d := range dirs {
		err := filepath.WalkDir(d, func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() && f(e.Name()) {
				out = append(out, path)
			}
			return err
		})
		if err != nil {
			fatal(err)
		}
	}
	return out
}

func isBicep(name string) bool {
	return strings.HasSuffix(name, ".bicep") || strings.HasSuffix(name, ".bicepparam")
}

func read(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		fatal(err)
	}
	return string(b)
}

// arm is the JSON of a template.
func arm(t template.Tree) []byte {
	text, err := bicep.ARM(t)
	if err != nil {
		fatal(err)
	}
	return text
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
