package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"golang.org/x/tools/txtar"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/front"
	"github.com/rolecall/rolecall/internal/tree"
)

// file is a file to spoil, and the template that shows what comes of it: itself,
// or the one that it has parameters for.
type file struct {
	tree   *tree.Tree
	front  *front.Front
	path   string
	root   discover.File
	params []string
}

// find looks for what rolecall reads in folders, each of which is a tree of its
// own. Archives are unpacked into another folder first.
func find(args []string, unpacked string) ([]file, error) {
	var out []file
	for _, folder := range args {
		if filepath.Ext(folder) == ".txtar" {
			to := filepath.Join(unpacked, filepath.Base(folder))
			if err := unpack(folder, to); err != nil {
				return nil, err
			}
			folder = to
		}
		files, err := findIn(folder)
		if err != nil {
			return nil, err
		}
		out = append(out, files...)
	}
	return out, nil
}

// unpack writes the files of an archive into a folder.
func unpack(archive, folder string) error {
	a, err := txtar.ParseFile(archive)
	if err != nil {
		return err
	}
	for _, f := range a.Files {
		name, err := filepath.Localize(f.Name)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", archive, f.Name, err)
		}
		if err := writeFile(filepath.Join(folder, name), f.Data); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a file, and the folders it lies in.
func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

func findIn(folder string) ([]file, error) {
	t, err := tree.Open(folder)
	if err != nil {
		return nil, err
	}
	fr := front.New(t)
	options := discover.Options{NoIgnore: true}
	found, _, err := discover.Walk(t, []string{t.Dir()}, options)
	if err != nil {
		return nil, err
	}
	pairs := discover.NewPairs(t, options)
	var out []file
	for _, f := range found {
		f.Named = true
		if f.Kind == discover.Parameters {
			continue // they come with their templates
		}
		out = append(out, file{t, fr, f.Path, f, nil})
		for _, p := range pairs.Of(f.Path) {
			out = append(out, file{t, fr, p, f, []string{p}})
		}
	}
	return out, nil
}

// text is what the file holds on disk.
func (f file) text() ([]byte, error) { return f.tree.ReadFile(f.path) }

// options analyse the root with another text in the place of the file's.
func (f file) options(text []byte) driver.Options {
	read := func(name string) ([]byte, error) {
		if path.Clean(name) == f.path {
			return text, nil
		}
		return f.tree.ReadFile(name)
	}
	return driver.Options{
		Files: []discover.File{f.root}, Parameters: f.params, Read: read, Front: f.front.Lower,
		Using: func(params string) (string, bool) { return f.front.Using(params, read) },
	}
}

// keepCopy writes a copy that shows a defect, and what the defect is.
func keepCopy(dir, name string, text []byte, fault string) error {
	file := filepath.Join(dir, name)
	return errors.Join(writeFile(file+".txt", []byte(fault)), writeFile(file, text))
}
