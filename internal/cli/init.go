package cli

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/scaffold"
	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
)

const initAbout = `Writes the files that a project begins with: rolecall.json into the folder, with
every setting as a comment, and the hook of pre-commit to the top of the
repository. What is there already is kept.`

func initialise(fs *pflag.FlagSet) run {
	force := fs.Bool("force", false, "write the configuration and the workflow anew; hooks are always kept")
	github := fs.Bool("github", false, "write a workflow of GitHub too, which uploads to code scanning")
	return func(s Streams, args []string) int {
		if len(args) > 1 {
			return wrong(s, fmt.Errorf("init takes one folder"))
		}
		dir := "."
		if len(args) == 1 {
			dir = args[0]
		}
		b, err := begin(s, dir, *force)
		if err != nil {
			return wrong(s, err)
		}
		defer b.root.Close()
		if err := s.uninterrupted(func(context.Context) error { return b.write(*github) }); err != nil {
			tell(s, err.Error())
			return exitFailed
		}
		return exitClean
	}
}

// beginning is a project that gets its first files.
type beginning struct {
	s     Streams
	root  *os.Root // the top of the repository
	top   string   // its path
	dir   string   // the folder in it, with slashes, that gets the configuration
	force bool
}

func begin(s Streams, dir string, force bool) (*beginning, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%s: there is no such folder", dir)
	}
	t, err := tree.Find(dir)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	rel, err := t.Rel(dir)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(t.Dir())
	if err != nil {
		return nil, err
	}
	return &beginning{s: s, root: root, top: t.Dir(), dir: filepath.ToSlash(rel), force: force}, nil
}

func (b *beginning) write(github bool) error {
	if err := b.configuration(); err != nil {
		return err
	}
	if err := b.hook(); err != nil {
		return err
	}
	if github {
		return b.put(scaffold.Workflow.Path, scaffold.Workflow, "checks every pull request on GitHub")
	}
	return nil
}

// configuration writes it under the name that the folder has already, if it
// has one.
func (b *beginning) configuration() error {
	name := path.Join(b.dir, scaffold.Configuration.Path)
	if hidden := path.Join(b.dir, "."+scaffold.Configuration.Path); scaffold.Exists(b.root, hidden) {
		name = hidden
	}
	return b.put(name, scaffold.Configuration, "all settings, as comments")
}

// hook writes the hooks, or tells what to add to those that are there: they
// are not only ours.
func (b *beginning) hook() error {
	f := scaffold.Hook
	if !scaffold.Exists(b.root, f.Path) {
		return b.put(f.Path, f, "run 'pre-commit install' to check every commit")
	}
	text, err := b.root.ReadFile(f.Path)
	if err != nil {
		return err
	}
	if strings.Contains(string(text), "github.com/rolecall/rolecall") {
		b.say("kept", f.Path, "it has the hook already")
		return nil
	}
	b.say("kept", f.Path, "add to its repos:")
	_, entry, _ := strings.Cut(f.Content(tagged()), "repos:\n")
	fmt.Fprint(b.s.Out, entry)
	return nil
}

// put writes a file, unless it is there and not to be replaced.
func (b *beginning) put(name string, f scaffold.File, about string) error {
	if scaffold.Exists(b.root, name) && !b.force {
		b.say("kept", name, "--force writes it anew")
		return nil
	}
	if err := scaffold.Write(b.root, name, f.Content(tagged()), b.force); err != nil {
		return fmt.Errorf("%s could not be written: %w", b.shown(name), err)
	}
	b.say("wrote", name, about)
	return nil
}

func (b *beginning) say(what, name, about string) {
	fmt.Fprintf(b.s.Out, "%-5s %s: %s\n", what, report.Clean(b.shown(name)), about)
}

// shown is the path of a file as seen from the working directory, if that lies
// in the project.
func (b *beginning) shown(name string) string {
	full := filepath.Join(b.top, filepath.FromSlash(name))
	wd, err := os.Getwd()
	if err == nil {
		wd, err = filepath.EvalSymlinks(wd) // as the top is
	}
	if err != nil || commonFolder(b.top, wd) != b.top {
		return filepath.ToSlash(full)
	}
	if rel, err := filepath.Rel(wd, full); err == nil {
		full = rel
	}
	return filepath.ToSlash(full)
}

// tagged is the version without what follows it in builds between releases.
func tagged() string {
	v, _, _ := strings.Cut(version(), "+")
	return v
}
