package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// Flow is the way of a credential from where it is read, or written out, to
// a property of a resource or an output of a template.
type Flow struct {
	Source Credential
	Sink   Sink
	At     value.Span      // in the text of the resource or the output
	Value  value.Value     // all of what arrives: a connection string around a key
	When   value.Condition // of the value, beside that of the resource

	names *flowNames
}

// CredentialKind says what a credential is.
type CredentialKind uint8

// The kinds of credential.
const (
	ListResult      CredentialKind = iota // of a list*() function
	SecureParameter                       // the value of a secure parameter, or a part of it
	WrittenOut                            // literal text, as SecretsIn finds it
)

// Credential is where a credential comes from.
type Credential struct {
	Kind     CredentialKind
	Name     string         // the list*() function, the parameter, or what is written out: "an access key"
	ID       value.Value    // of the resource that the function lists
	Type     string         // of that resource, "" if not known
	Resource *eval.Resource // nil if it is not part of the deployment
	Path     []string       // the members that are read of the function's result, or of the parameter
	Args     []value.Value  // of the function, behind the resource
}

// Sink is where a credential arrives: in a property of a resource, in an
// argument for a nested deployment, or in an output.
type Sink struct {
	Instance *eval.Instance
	Resource *eval.Resource   // nil: an output
	Output   *template.Output // nil: a property
	Steps    []string         // names from the body of the resource or the value of the output on; numbers of elements
	Setting  string           // what the element of the innermost array is called in its "name", "" if it is in none
}

// Argument is the parameter of the nested deployment that the sink is the
// argument for; "" if it is none.
func (s Sink) Argument() string {
	if s.Resource != nil && s.Resource.Nested != nil && len(s.Steps) > 2 && value.FoldEqual(s.Steps[1], "parameters") {
		return s.Steps[2]
	}
	return ""
}

// Path is the path of the sink, "[]" for elements of arrays.
func (s Sink) Path() string {
	var b strings.Builder
	for i, step := range s.Steps {
		switch {
		case isElement(step):
			b.WriteString("[]")
		case i > 0:
			b.WriteString("." + step)
		default:
			b.WriteString(step)
		}
	}
	return b.String()
}

// isElement tells whether a step is the number of an element.
func isElement(step string) bool { return step != "" && runOf(step, digitByte) == len(step) }

// Flows returns the ways that credentials take in the unit, in the order of
// its resources; outputs come last. Parameters of nested deployments and
// outputs of modules are passed through, and are sinks too unless they are
// secure. The values of secure parameters are followed to outputs and to the
// types only that have a place where such a value can be read.
func (a *Access) Flows() []Flow {
	if a.flows == nil {
		a.flows = []Flow{}
		if names := newFlowNames(a); names != nil {
			a.flows = append(a.flows, a.findFlows(names)...)
		}
	}
	return a.flows
}

// Way returns the stops of a credential: first where it is read or written
// out, then the variables, arguments and outputs that it goes through.
func (f *Flow) Way() []eval.Stop {
	var stops []eval.Stop
	if f.Sink.Resource != nil {
		stops = f.Sink.Resource.Way(f.Sink.Steps...)
	} else {
		stops = f.Sink.Instance.OutputWay(f.Sink.Output.Name, f.Sink.Steps...)
	}
	var out []eval.Stop
	seen := map[value.Span]bool{f.At: true}
	last := f.At
	for _, s := range stops {
		if s.Kind == "literal" || seen[s.At] || f.names.in(s.At)&kindTaint(f.Source.Kind) == 0 || f.Sink.isOwn(s) {
			continue
		}
		seen[s.At] = true
		last = s.At
		out = append([]eval.Stop{s}, out...)
	}
	if f.Source.Kind == ListResult {
		if at, ok := f.names.call(last, f.Source.Name); ok {
			out = append([]eval.Stop{{Kind: "list", Name: f.Source.Name, At: at}}, out...)
		}
	}
	return out
}

// isOwn tells whether the stop is the output that is the sink.
func (s Sink) isOwn(stop eval.Stop) bool {
	return s.Output != nil && stop.Kind == "output" && stop.Name == s.Output.Name
}
