package cli

import (
	"errors"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/config"
	"github.com/rolecall/rolecall/internal/tree"
)

// configFlags say which configuration holds.
type configFlags struct {
	file string
	none bool
}

func (f *configFlags) set(fs *pflag.FlagSet) {
	fs.StringVar(&f.file, "config", "", "take the configuration from `FILE` for everything, in place of the rolecall.json nearest to each template")
	fs.BoolVar(&f.none, "no-config", false, "read no configuration")
	valued(fs, files, "config")
}

// finder finds the configuration of each file of the tree.
func (f configFlags) finder(t *tree.Tree, read config.Reader) (*config.Finder, error) {
	switch {
	case f.none && f.file != "":
		return nil, errors.New("--config and --no-config exclude each other")
	case f.none:
		return nil, nil
	case f.file == "":
		return config.NewFinder(read), nil
	}
	raw, err := tree.Read(f.file)
	if err != nil {
		return nil, &config.Error{File: f.file, Message: "the configuration cannot be read: " + reason(err)}
	}
	if rel, err := t.Rel(f.file); err == nil {
		return config.Fixed(rel, path.Dir(rel), raw, read)
	}
	outside, err := filepath.Abs(f.file)
	if err != nil {
		return nil, err
	}
	return config.Fixed(outside, ".", raw, read)
}

// reason is an error of the operating system without the path.
func reason(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return tree.Text(err)
}
