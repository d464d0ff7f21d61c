package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/pflag"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/internal/evalcmd"
	"github.com/rolecall/rolecall/parser/expr"
)

const evalAbout = `usage: rolecall eval [flags] [EXPR]

Evaluates a template expression, with or without its brackets, and prints its
value as JSON. With --jsonl it answers questions from standard input, one JSON
object a line:

  {"expr", "parameters", "variables", "functions", "context"}
  {"value": …} or {"error": "…"} or {"unknown": "reason"}`

func evaluate(s Streams, args []string) int {
	fs := pflag.NewFlagSet("eval", pflag.ContinueOnError)
	lines := fs.Bool("jsonl", false, "JSON lines in, JSON lines out")
	scope := fs.String("scope", "resourceGroup", "where it is deployed to: `SCOPE` resourceGroup, subscription, managementGroup or tenant")
	if code, done := parse(s, fs, evalAbout, args); done {
		return code
	}
	if *lines {
		if err := evalcmd.Lines(s.In, s.Out); err != nil {
			tell(s, err.Error())
			return exitFailed
		}
		return exitClean
	}
	if !slices.Contains([]string{"resourceGroup", "subscription", "managementGroup", "tenant"}, *scope) {
		return wrong(s, fmt.Errorf("--scope takes resourceGroup, subscription, managementGroup or tenant, not %q", *scope))
	}
	if fs.NArg() != 1 {
		return wrong(s, fmt.Errorf("eval takes one expression, or --jsonl"))
	}
	text := fs.Arg(0)
	if expr.FormOf(text) == expr.Literal {
		text = "[" + text + "]"
	}
	v := evalcmd.Ask(text, gjson.Parse(fmt.Sprintf(`{"context":{"scope":%q}}`, *scope)))
	return evalcmd.Print(v, s.Out, s.Err)
}
