package cli

import (
	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/config"
)

// checkFlags are the flags of check.
type checkFlags struct {
	sources
	format, profile, failOn, output string
	color, category                 string
	selected, ignored, write        []string
	profileGiven, failOnGiven       bool
	exitZero, verbose, quiet        bool
	fixing                          fixFlags
	baseline                        baselineFlags
}

func (f *checkFlags) set(fs *pflag.FlagSet) {
	group(fs, "what to look for", f.setRules)
	group(fs, "what to look for", f.baseline.set)
	group(fs, "fixing", f.fixing.set)
	group(fs, "output", f.setOutput)
	group(fs, "files", func(fs *pflag.FlagSet) {
		fs.BoolVar(&f.only, "only", false, "search all of the tree, and tell what concerns the PATHs (for pre-commit)")
	})
	f.sources.set(fs)
}

func (f *checkFlags) setRules(fs *pflag.FlagSet) {
	choose(fs, &f.profile, "profile", "default", config.ProfileWords, "the rules to run, by `PROFILE`")
	fs.StringSliceVar(&f.selected, "select", nil, "run only these `RULES`, by id, slug or family (RA), whatever their profile")
	fs.StringSliceVar(&f.ignored, "ignore", nil, "leave out these `RULES`")
	choose(fs, &f.failOn, "fail-on", "warning", config.FailOnWords,
		"exit 1 for findings of this `LEVEL` or above")
	fs.BoolVar(&f.exitZero, "exit-zero", false, "exit 0 whatever is found")
	valued(fs, ruleIDs, "select", "ignore")
}

func (f *checkFlags) setOutput(fs *pflag.FlagSet) {
	choose(fs, &f.format, "format", "text", formatNames(), "output `FORMAT`")
	fs.StringVarP(&f.output, "output", "o", "", "write to `FILE` instead of standard output")
	fs.StringArrayVar(&f.write, "write", nil, "write a further format to a file, as `FORMAT=FILE`; may be repeated")
	choose(fs, &f.color, "color", "auto", []string{"auto", "always", "never"}, "`WHEN` to use colours")
	fs.StringVar(&f.category, "category", "", "SARIF: tells this analysis from others of the same commit by `NAME`")
	fs.BoolVarP(&f.verbose, "verbose", "v", false, "list what could not be decided, and what is suppressed")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "findings only, no summary")
	valued(fs, files, "output")
	valued(fs, formatFiles, "write")
}
