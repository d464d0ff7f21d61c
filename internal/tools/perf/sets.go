package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/sample"
)

// set is a folder with templates.
type set struct {
	name    string
	dir     string
	texts   [][]byte // of all files
	bytes   int
	largest int
}

func (s *set) mb() float64 { return float64(s.bytes) / 1e6 }

// add writes a file into the folder.
func (s *set) add(name string, text []byte) error {
	name = filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	s.texts = append(s.texts, text)
	s.bytes += len(text)
	s.largest = max(s.largest, len(text))
	return os.WriteFile(name, text, 0o644)
}

// templates copies the first JSON templates of a folder, in the order of their
// paths: without the Bicep source beside them, which would be read instead, and
// without their parameter files, which would be units of their own.
func (p *programs) templates(name, from string, most int) (*set, error) {
	s := &set{name: name, dir: filepath.Join(p.dir, name)}
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || len(s.texts) == most || !d.Type().IsRegular() || filepath.Ext(path) != ".json" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil || discover.Classify(d.Name(), text) != discover.Template {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		return s.add(rel, text)
	})
	if err == nil && len(s.texts) == 0 {
		err = fmt.Errorf("%s: there are no JSON templates", from)
	}
	return s, err
}

// generated is a folder with n templates.
func (p *programs) generated(name string, n int, make func(i int) sample.Shape) (*set, error) {
	s := &set{name: name, dir: filepath.Join(p.dir, name)}
	for i := range n {
		one := make(i).JSON()
		if err := s.add(fmt.Sprintf("t%03d/main.json", i), []byte(one.Files[one.Root])); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// quickstart is a small template: 2 to 18 kB.
func quickstart(i int) sample.Shape { return sample.Shape{Resources: i % 23} }

// compiled is one as the Bicep compiler makes of a module that uses others: up to a quarter of a megabyte.
func compiled(i int) sample.Shape {
	return sample.Shape{Resources: i % 11, Copies: i % 4, Depth: i % 3, Uses: i * i % 44}
}

// small is the folder with one template of a kilobyte.
func (p *programs) small() (*set, error) {
	return p.generated("small", 1, func(int) sample.Shape { return sample.Shape{Resources: 1} })
}

// firsts are the first 500 quickstarts, and for the growth of memory the first 100 and 993.
func (p *programs) firsts(from string) (s [3]*set, err error) {
	for i, n := range [...]int{500, 100, 993} {
		name := fmt.Sprintf("quickstarts-%d", n)
		if from == "" {
			s[i], err = p.generated(name, n, quickstart)
		} else {
			s[i], err = p.templates(name, from, n)
		}
		if err != nil {
			return s, err
		}
	}
	return s, nil
}

func (p *programs) registry(from string) (*set, error) {
	if from == "" {
		return p.generated("registry", 573, compiled)
	}
	return p.templates("registry", from, -1)
}
