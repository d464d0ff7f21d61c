// Package scaffold writes the files that a project begins with: the
// configuration, the hook of pre-commit and a workflow of GitHub.
package scaffold

import (
	"embed"
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/rolecall/rolecall/internal/tree"
)

//go:embed files
var contents embed.FS

// File is a file to be written.
type File struct {
	Path string // in a project, with slashes
	name string // in contents
}

// The files, by where they belong: the configuration into any folder, the
// others to the top of a repository.
var (
	Configuration = File{"rolecall.json", "rolecall.jsonc"}
	Hook          = File{".pre-commit-config.yaml", "pre-commit.yaml"}
	Workflow      = File{".github/workflows/rolecall.yml", "workflow.yml"}
)

// Content is what the file holds, for a version of rolecall such as 0.1.0.
func (f File) Content(version string) string {
	text, err := contents.ReadFile("files/" + f.name)
	if err != nil {
		panic(err) // it is embedded
	}
	return strings.ReplaceAll(string(text), "{version}", version)
}

// Write writes a file that is not there yet, with its folders. Nothing outside
// of root is written, whatever links there are. An error that is fs.ErrExist
// says that there is one already: with force it is replaced.
func Write(root *os.Root, name, content string, force bool) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	if !force && Exists(root, name) {
		return fs.ErrExist
	}
	return tree.Put(root, name, []byte(content))
}

// Exists reports whether something has the name, be it a link that leads
// nowhere.
func Exists(root *os.Root, name string) bool {
	_, err := root.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
