// Package evalcmd evaluates single expressions: the eval command.
package evalcmd

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/report"
)

// Lines answers questions, one JSON object a line, one answer a line:
//
//	{"expr", "parameters", "variables", "functions", "context"}
//	{"value": …} | {"error": "…"} | {"unknown": "reason"}
//
// The expression is a template string with its brackets. Parameters are
// values; variables and functions are written as in a template. The context
// may name scope (resourceGroup, subscription, managementGroup or tenant),
// subscriptionId, resourceGroup, managementGroup, tenantId, location, cloud,
// copy (the indexes of loops by name) and copyDefault (the loop of a bare
// copyIndex()).
func Lines(in io.Reader, out io.Writer) error {
	r := bufio.NewReaderSize(in, 1<<16)
	w := bufio.NewWriter(out)
	defer w.Flush()
	for {
		line, err := r.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if _, err := w.Write(append(report.EscapeJSON(answer(line)), '\n')); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return w.Flush()
		}
		if err != nil {
			return err
		}
		if r.Buffered() == 0 {
			if err := w.Flush(); err != nil {
				return err
			}
		}
	}
}

func answer(line []byte) []byte {
	if !gjson.ValidBytes(line) {
		return failure("the line is no JSON object")
	}
	q := gjson.ParseBytes(line)
	e := q.Get("expr")
	if e.Type != gjson.String {
		return failure("the line has no \"expr\" that is a string")
	}
	var out []byte
	if err := eval.Within(func() { out = Answer(Ask(Text(e.String()), q)) }); err != nil {
		return object("unknown", "limit: "+err.Error())
	}
	return out
}

// Text is a string as it stands in a template.
func Text(s string) template.Tree {
	text, _ := json.Marshal(s)
	return tree(string(text))
}

// Ask evaluates an expression in the context that the members of q describe. It
// and what looks into the value run [eval.Within] the limits.
func Ask(expression template.Tree, q gjson.Result) value.Value {
	question := eval.Query{Expression: expression}
	doc := `{"variables":` + orEmpty(q.Get("variables"), "{}") + `,"functions":` + orEmpty(q.Get("functions"), "[]") + `}`
	question.Template = tree(doc)
	cfg := eval.Config{Values: map[string]value.Value{}}
	members(q.Get("parameters"), func(k, v gjson.Result) bool {
		cfg.Values[strings.ToLower(k.String())] = eval.Data(tree(v.Raw))
		return true
	})
	place(&question, &cfg, q.Get("context"))
	return eval.Ask(question, cfg)
}

// members calls f for the members of an object. ForEach of a value that is no
// container would call it once.
func members(r gjson.Result, f func(k, v gjson.Result) bool) {
	if r.IsObject() {
		r.ForEach(f)
	}
}

func orEmpty(r gjson.Result, empty string) string {
	if r.Raw == "" || r.Type == gjson.Null {
		return empty
	}
	return r.Raw
}

func tree(text string) template.Tree {
	return template.NewFile(source.Parse("", []byte(text))).Tree()
}

func place(q *eval.Query, cfg *eval.Config, ctx gjson.Result) {
	q.Level = eval.LevelNamed(ctx.Get("scope").String())
	cfg.Subscription = ctx.Get("subscriptionId").String()
	cfg.ResourceGroup = ctx.Get("resourceGroup").String()
	cfg.ManagementGroup = ctx.Get("managementGroup").String()
	cfg.Tenant = ctx.Get("tenantId").String()
	cfg.Location = ctx.Get("location").String()
	cfg.Cloud = ctx.Get("cloud").String()
	q.Default = ctx.Get("copyDefault").String()
	q.Copies = map[string]int64{}
	members(ctx.Get("copy"), func(k, v gjson.Result) bool {
		q.Copies[k.String()] = v.Int()
		return true
	})
}

// Answer writes a value as a line of the protocol.
func Answer(v value.Value) []byte {
	if message, failed := eval.FirstError(v); failed {
		return failure(message)
	}
	if why := eval.FirstUnknown(v); why != "" {
		return object("unknown", why)
	}
	return append(value.AppendJSON([]byte(`{"value":`), v), '}')
}

func failure(message string) []byte { return object("error", message) }

func object(key, text string) []byte {
	b, _ := json.Marshal(text)
	return []byte(`{"` + key + `":` + string(b) + `}`)
}

// Print writes the value of an expression for a person: the JSON. The error says
// why there is none; who gave the writer knows what went wrong with it.
func Print(expression template.Tree, q gjson.Result, out io.Writer) error {
	var text []byte
	var message string
	var failed bool
	err := eval.Within(func() {
		v := Ask(expression, q)
		if message, failed = eval.FirstError(v); !failed {
			text = value.AppendJSON(nil, v)
		}
	})
	if failed {
		err = errors.New(message)
	}
	if err != nil {
		return err
	}
	out.Write(append(report.EscapeJSON(text), '\n'))
	return nil
}
