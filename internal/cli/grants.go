package cli

import (
	"bytes"
	"io"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/access"
	"github.com/rolecall/rolecall/report"
	model "github.com/rolecall/rolecall/report/access"
)

// accessFormat is a way to write who gets what where.
type accessFormat struct {
	name  string
	write func(io.Writer, *model.Access, report.Options) error
}

// accessFormats are all formats of grants.
var accessFormats = []accessFormat{
	{"table", model.Table},
	{"json", model.JSON},
	{"csv", model.CSV},
	{"markdown", model.Markdown},
	{"mermaid", model.Mermaid},
	{"svg", model.SVG},
	{"html", model.HTML},
}

func accessFormatNames() []string {
	var names []string
	for _, f := range accessFormats {
		names = append(names, f.name)
	}
	return names
}

type grantsFlags struct {
	sources
	format, output, color, minPower string
	verbose                         bool
}

func (f *grantsFlags) set(fs *pflag.FlagSet) {
	group(fs, "output", func(fs *pflag.FlagSet) {
		choose(fs, &f.format, "format", "table", accessFormatNames(), "output `FORMAT`")
		fs.StringVarP(&f.output, "output", "o", "", "write to `FILE` instead of standard output")
		choose(fs, &f.minPower, "min-power", "unknown", model.PowerNames(), "leave out grants of less than this `POWER`")
		choose(fs, &f.color, "color", "auto", []string{"auto", "always", "never"}, "`WHEN` to use colours")
		fs.BoolVarP(&f.verbose, "verbose", "v", false, "list what could not be decided")
		valued(fs, files, "output")
	})
	f.sources.set(fs)
}

const grantsAbout = `Tells who gets what where: each principal, what runs as it, its roles and how much
power they give, the scopes they hold on, and where that is written. Folders are
searched for templates; "-" reads one from standard input; no PATH means ".".`

func grants(fs *pflag.FlagSet) run {
	var f grantsFlags
	f.set(fs)
	return func(s Streams, paths []string) int {
		found, err := f.sources.find(s, paths)
		if err != nil {
			return wrong(s, err)
		}
		defer found.tree.Close()
		a, r := found.access()
		if err := found.options.Configs.Err(); err != nil {
			return wrong(s, err)
		}
		least, _ := model.PowerNamed(f.minPower)
		a.LeaveOut(least)
		access.InWords(a)
		if err := f.write(s, a, r); err != nil {
			tell(s, err.Error())
			return exitFailed
		}
		if !a.Complete {
			return exitFailed
		}
		return exitClean
	}
}

// access reads who gets what where out of what was found.
func (a *analysis) access() (*model.Access, *report.Report) {
	frugal()
	stop := a.progress(false)
	out, r := access.Of(a.options)
	stop()
	a.finish(r)
	out.Version, out.Problems, out.Complete = r.Version, r.Problems, r.Complete
	return out, r
}

// write writes the access, and what could not be analysed to standard error.
func (f *grantsFlags) write(s Streams, a *model.Access, r *report.Report) error {
	var buf bytes.Buffer
	o := report.Options{Color: f.output == "" && colored(f.color, s.Out), Verbose: f.verbose}
	if f.output == "" {
		o.Width = width(s.Out)
	}
	for _, format := range accessFormats {
		if format.name == f.format {
			if err := format.write(&buf, a, o); err != nil {
				return err
			}
		}
	}
	o.Color = colored(f.color, s.Err)
	if err := report.TextProblems(s.Err, r, o); err != nil {
		return err
	}
	return s.put(f.output, buf.Bytes())
}
