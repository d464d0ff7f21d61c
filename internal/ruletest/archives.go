package ruletest

import (
	"path"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"
)

// Archives calls f for each template and module in the archives of the rules,
// with the name of the archive and all files of it. The package that is tested
// lies two folders below the top of the module.
func Archives(t testing.TB, f func(archive string, files Files, name string)) {
	t.Helper()
	archives, err := filepath.Glob(filepath.Join("..", "..", "testdata", "rules", "*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, archive := range archives {
		a, err := txtar.ParseFile(archive)
		if err != nil {
			t.Fatal(err)
		}
		files := Files{}
		for _, x := range a.Files {
			files[x.Name] = string(x.Data)
		}
		for _, x := range a.Files {
			if ext := path.Ext(x.Name); ext == ".json" || ext == ".bicep" {
				f(filepath.Base(archive), files, x.Name)
			}
		}
	}
}
