package fix

import (
	"errors"
	"path"
	"strings"

	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/report"
)

// Declined is the reason why a file is left alone although nothing is wrong.
type Declined string

// Error is the reason.
func (d Declined) Error() string { return string(d) }

// refusal tells why a file may not be edited; nil if it may.
func (e *engine) refusal(name string) error {
	if err, known := e.refused[name]; known {
		return err
	}
	err := e.o.Allow(name)
	if err == nil {
		err = e.unfit(name)
	}
	e.refused[name] = err
	if err != nil {
		e.problems = append(e.problems, refusalProblem(name, err))
	}
	return err
}

// unfit tells why the content of a file may not be edited.
func (e *engine) unfit(name string) error {
	raw, same, err := e.o.Files.text(name)
	switch {
	case err != nil:
		return err
	case !same:
		return errChanged
	case isBicep(name):
		return nil // what is said of JSON does not hold, and none is generated
	}
	f := source.Parse(name, raw)
	switch {
	case f.Encoding == source.UTF16LE || f.Encoding == source.UTF16BE:
		return Declined("it is in UTF-16; save it in UTF-8")
	case len(f.Errors) > 0:
		return Declined("it has a syntax error")
	case !f.Root().Get("metadata").Get("_generator").IsZero():
		return Declined("it is generated; mend its source")
	}
	return nil
}

func isBicep(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".bicep" || ext == ".bicepparam"
}

// refusalProblem says what is left alone. Only what is a fault makes the run
// incomplete.
func refusalProblem(name string, err error) report.Problem {
	p := report.Problem{Kind: report.ProblemInput, File: name, Message: "not fixed: " + strings.TrimPrefix(err.Error(), name+": ")}
	if d := Declined(""); errors.As(err, &d) {
		p.Kind = report.ProblemNote
	}
	return p
}
