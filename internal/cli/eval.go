package cli

import (
	"fmt"

	"github.com/spf13/pflag"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/internal/evalcmd"
	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

const evalAbout = `Evaluates a template expression, with or without its brackets, and prints its
value as JSON; with --bicep the expression is one of Bicep. With --jsonl it
answers questions from standard input, one JSON object a line:

  {"expr", "parameters", "variables", "functions", "context"}
  {"value": …} or {"error": "…"} or {"unknown": "reason"}`

func evaluate(fs *pflag.FlagSet) run {
	var scope string
	lines := fs.Bool("jsonl", false, "JSON lines in, JSON lines out")
	inBicep := fs.Bool("bicep", false, "the expression is written in Bicep")
	choose(fs, &scope, "scope", "resourceGroup", []string{"resourceGroup", "subscription", "managementGroup", "tenant"},
		"the `SCOPE` that is deployed to")
	return func(s Streams, args []string) int {
		if *lines {
			if err := evalcmd.Lines(s.In, s.Out); err != nil {
				tell(s, notWritten(err).Error())
				return exitFailed
			}
			return exitClean
		}
		if len(args) != 1 {
			return wrong(s, fmt.Errorf("eval takes one expression, or --jsonl"))
		}
		question, err := expression(args[0], *inBicep)
		if err != nil {
			tell(s, err.Error())
			return exitFailed
		}
		where := gjson.Parse(fmt.Sprintf(`{"context":{"scope":%q}}`, scope))
		if err := evalcmd.Print(question, where, s.Out); err != nil {
			tell(s, err.Error())
			return exitFailed
		}
		return exitClean
	}
}

// expression is an expression of templates, with its brackets or without them,
// or one in Bicep.
func expression(text string, inBicep bool) (template.Tree, error) {
	switch {
	case inBicep:
		return bicep.Expression(text)
	case expr.FormOf(text) == expr.Literal:
		text = "[" + text + "]"
	}
	return evalcmd.Text(text), nil
}
