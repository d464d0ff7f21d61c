package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/tidwall/gjson"

	templates "github.com/rolecall/rolecall/internal/sample" // the package has a sample of its own
	"github.com/rolecall/rolecall/parser/source"
)

// generated is a template of so many bytes.
func generated(size int) []byte {
	return []byte(templates.Shape{Bytes: size}.JSON().Files["main.json"])
}

// corpora returns the texts to measure with: generated ones, and the .json files
// of the folder that ROLECALL_CORPUS names.
func corpora(b *testing.B) map[string][][]byte {
	corpora := map[string][][]byte{}
	for _, kB := range []int{1, 100, 1_000, 10_000} {
		corpora[fmt.Sprintf("%dkB", kB)] = [][]byte{generated(1000 * kB)}
	}
	root := os.Getenv("ROLECALL_CORPUS")
	if root == "" {
		return corpora
	}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || filepath.Ext(path) != ".json" {
			return err
		}
		raw, err := os.ReadFile(path)
		corpora["corpus"] = append(corpora["corpus"], raw)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return corpora
}

// overCorpora runs body over every text of each corpus.
func overCorpora(b *testing.B, body func(raw []byte)) {
	for name, files := range corpora(b) {
		b.Run(name, func(b *testing.B) {
			size := 0
			for _, raw := range files {
				size += len(raw)
				body(raw) // grows what is reused
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, raw := range files {
					body(raw)
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	var f source.File
	overCorpora(b, func(raw []byte) { f.Reset("", raw) })
}

func BenchmarkParseWalk(b *testing.B) {
	var f source.File
	overCorpora(b, func(raw []byte) {
		f.Reset("", raw)
		walk(f.Root())
	})
}

func BenchmarkGjsonWalk(b *testing.B) {
	overCorpora(b, func(raw []byte) { walkGjson(gjson.ParseBytes(raw)) })
}

func BenchmarkPosition(b *testing.B) {
	f := source.Parse("", generated(1_000_000))
	b.SetBytes(int64(len(f.Text)))
	for b.Loop() {
		f.Position(len(f.Text))
	}
}

// walk visits every value below n and returns how many there are.
func walk(n source.Node) int {
	count := 1
	switch n.Kind() {
	case source.Object:
		for key, value := range n.Members() {
			count += len(key.Text()) + walk(value)
		}
	case source.Array:
		for element := range n.Elements() {
			count += walk(element)
		}
	}
	return count
}

func walkGjson(r gjson.Result) int {
	count := 1
	if r.IsObject() || r.IsArray() {
		r.ForEach(func(key, value gjson.Result) bool {
			count += len(key.Str) + walkGjson(value)
			return true
		})
	}
	return count
}
