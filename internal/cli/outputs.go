package cli

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// output is where a format is written to.
type output struct {
	format
	file string // "" is standard output
}

// outputs returns what --format and --output ask for, and then each --write.
func (f *checkFlags) outputs() ([]output, error) {
	first, err := formatNamed(f.format)
	if err != nil {
		return nil, err
	}
	out := []output{{first, f.output}}
	for _, w := range f.write {
		name, file, ok := strings.Cut(w, "=")
		if !ok || file == "" {
			return nil, fmt.Errorf("--write takes FORMAT=FILE, such as sarif=rolecall.sarif, not %q", w)
		}
		more, err := formatNamed(name)
		if err != nil {
			return nil, fmt.Errorf("--write %s: %w", w, err)
		}
		for _, o := range out {
			if o.file == file {
				return nil, fmt.Errorf("--write %s: the file is written already, as %s", w, o.name)
			}
		}
		out = append(out, output{more, file})
	}
	return out, nil
}

// anyOf reports whether one of the outputs has a need.
func anyOf(outputs []output, need func(format) bool) bool {
	for _, o := range outputs {
		if need(o.format) {
			return true
		}
	}
	return false
}

// writeOutput writes one output of the check, whole or not at all.
func (c *checking) writeOutput(o output, r *report.Report, options report.Options) error {
	var buf bytes.Buffer
	if o.file != "" {
		options.Color, options.Hyperlinks, options.Width = false, false, 0
	}
	if err := o.write(&buf, r, options); err != nil {
		return err
	}
	return c.s.put(o.file, buf.Bytes())
}
