package cli

import (
	"errors"
	"fmt"
	"go/token"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/expanded"
	"github.com/rolecall/rolecall/internal/front"
	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules/facts"
)

const expandAbout = `Prints what deploying the template would create, as a JSON array of resources
with resolved values. What is not known stands as {"$unknown": "reason"}, or in
‹ › within a text.`

func expand(fs *pflag.FlagSet) run {
	var in inputs
	all := fs.Bool("all", false, "also what is not deployed with these values, and what exists already")
	arm := fs.Bool("arm", false, "print the template in JSON that Bicep source is lowered to, close to what the Bicep compiler writes")
	in.set(fs)
	return func(s Streams, args []string) int {
		if len(args) != 1 {
			return wrong(s, errors.New("expand takes one file"))
		}
		if *arm {
			return in.arm(s, args[0])
		}
		return in.expand(s, args[0], *all)
	}
}

// file opens the analysed tree of one file, and says what the file is called
// there. The tree is the caller's to close.
func (in *inputs) file(name string) (*tree.Tree, string, error) {
	t, err := in.open([]string{name})
	if err != nil {
		return nil, "", err
	}
	rel, err := t.Rel(name)
	if err != nil {
		t.Close()
		return nil, "", err
	}
	return t, rel, nil
}

// expand prints what a file deploys.
func (in *inputs) expand(s Streams, file string, all bool) int {
	t, rel, err := in.file(file)
	if err != nil {
		return wrong(s, err)
	}
	defer t.Close()
	cfg, files, err := in.place(t)
	if err != nil {
		return wrong(s, err)
	}
	configs, err := in.finder(t, t.ReadFile)
	if err != nil {
		return wrong(s, err)
	}
	c := configs.For(rel)
	fr := front.New(t)
	if err := configs.Err(); err != nil {
		return wrong(s, err)
	}
	u, err := facts.Load(facts.Options{Root: rel, Parameters: files, Place: c.Place(cfg), Settings: c.Facts(), Front: fr.Lower}, t.ReadFile)
	if err == nil && u.Limit != nil {
		err = fmt.Errorf("%s: %w", rel, u.Limit)
	}
	if err != nil {
		tell(s, located(err))
		return exitFailed
	}
	if incomplete(s, u.Errors) {
		return exitFailed
	}
	var text []byte
	if err := eval.Within(func() { text = expanded.JSON(u.Deployment, all, facts.NewHidden(facts.NewAccess(u)).Scrub) }); err != nil {
		tell(s, rel+": "+err.Error())
		return exitFailed
	}
	return write(s, report.EscapeJSON(text))
}

// arm prints the JSON that a Bicep file is lowered to.
func (in *inputs) arm(s Streams, file string) int {
	t, rel, err := in.file(file)
	if err != nil {
		return wrong(s, err)
	}
	defer t.Close()
	f := front.New(t)
	f.SetLiteral()
	r, err := f.Lower(rel, t.ReadFile, token.NewFileSet())
	switch {
	case err != nil:
		tell(s, err.Error())
		return exitFailed
	case r == nil:
		return wrong(s, fmt.Errorf("%s is no Bicep file; --arm is for those", file))
	}
	if incomplete(s, r.Errors) {
		return exitFailed
	}
	return write(s, r.File.Raw)
}

// incomplete tells the syntax errors of Bicep source, which cost their
// statements; false if there are none.
func incomplete(s Streams, errs []*facts.InputError) bool {
	for _, e := range errs {
		tell(s, located(e))
	}
	return len(errs) > 0
}

// located words an error with its line and column.
func located(err error) string {
	var in *facts.InputError
	if errors.As(err, &in) && in.File != nil {
		p := in.File.Position(in.Offset)
		return fmt.Sprintf("%s:%d:%d: %s", in.Path, p.Line, p.Rune, in.Message)
	}
	return err.Error()
}
