package driver_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/internal/sample"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// corpus is the folder that ROLECALL_CORPUS names, else a generated set: 60
// templates of 1 to 387 resources.
func corpus(b *testing.B) (ruletest.Files, []discover.File, int64) {
	b.Helper()
	files := ruletest.Files{}
	if dir := os.Getenv("ROLECALL_CORPUS"); dir != "" {
		err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(p, ".json") {
				return err
			}
			text, err := os.ReadFile(p)
			files[filepath.ToSlash(p)] = string(text)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	} else {
		for i := range 60 {
			files[fmt.Sprintf("t%02d.json", i)] = sample.Shape{Resources: 1 + i*i/9}.JSON().Files["main.json"]
		}
	}
	var list []discover.File
	var bytes int64
	for name, text := range files {
		if kind := discover.Classify(name, []byte(text)); kind == discover.Template || kind == discover.Policy {
			list = append(list, discover.File{Path: name, Kind: kind, Size: int64(len(text))})
			bytes += int64(len(text))
		}
	}
	return files, list, bytes
}

// BenchmarkParse reads all files into their node tables.
func BenchmarkParse(b *testing.B) {
	files, list, bytes := corpus(b)
	raw := make([][]byte, len(list))
	for i, d := range list {
		raw[i] = []byte(files[d.Path])
	}
	var f source.File
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		for i, d := range list {
			f.Reset(d.Path, raw[i])
		}
	}
}

// BenchmarkEvaluate reads and evaluates all files, without any rule.
func BenchmarkEvaluate(b *testing.B) {
	files, list, bytes := corpus(b)
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range list {
			if u, _ := facts.Load(facts.Options{Root: d.Path}, files.Read); u != nil && u.Deployment == nil {
				b.Fatal(d.Path)
			}
		}
	}
}

// BenchmarkExpand evaluates everything there is in all files: what the engine
// does when nothing is left for later.
func BenchmarkExpand(b *testing.B) {
	files, list, bytes := corpus(b)
	b.SetBytes(bytes)
	b.ReportAllocs()
	var out []byte
	for b.Loop() {
		for _, d := range list {
			u, _ := facts.Load(facts.Options{Root: d.Path}, files.Read)
			if u == nil {
				continue
			}
			for _, r := range u.Deployment.Resources {
				if r.State != eval.NotDeployed {
					out = value.AppendJSON(out[:0], r.Body())
				}
			}
		}
	}
}

// BenchmarkCheck is all of it, on one worker.
func BenchmarkCheck(b *testing.B) {
	files, list, bytes := corpus(b)
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		driver.Run(driver.Options{Files: list, Read: files.Read, Rules: rules.All(), Jobs: 1})
	}
}

// BenchmarkGrowth is a check of one template that grows along each of the axes.
func BenchmarkGrowth(b *testing.B) {
	for _, axis := range sample.Axes() {
		for _, n := range axis.Steps {
			b.Run(fmt.Sprintf("%s/%d", axis.Name, n), func(b *testing.B) {
				set := axis.Make(n)
				o := driver.Options{
					Files: []discover.File{{Path: set.Root, Kind: discover.Template}}, Read: ruletest.Files(set.Files).Read, Front: ruletest.Front(b),
					Rules: rules.All(), Jobs: 1,
				}
				b.SetBytes(int64(set.Bytes()))
				b.ReportAllocs()
				for b.Loop() {
					if r := driver.Run(o); len(r.Problems) > 0 {
						b.Fatal(r.Problems[0].Message)
					}
				}
			})
		}
	}
}

// BenchmarkGjsonWalk is the reference: one full walk with gjson.
func BenchmarkGjsonWalk(b *testing.B) {
	files, list, bytes := corpus(b)
	b.SetBytes(bytes)
	for b.Loop() {
		for _, d := range list {
			walk(gjson.Parse(files[d.Path]))
		}
	}
}

func walk(r gjson.Result) {
	if r.IsObject() || r.IsArray() {
		r.ForEach(func(_, v gjson.Result) bool {
			walk(v)
			return true
		})
	}
}
