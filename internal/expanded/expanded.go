// Package expanded writes an evaluated deployment as JSON: the expand
// command.
//
// The document is an array of resources in the order in which they are
// written, nested deployments flattened. Each has
//
//	type, apiVersion, name, id, scope   the scope is the id of what it is deployed to; "/" is the tenant
//	symbol                              its symbolic name, if it has one
//	state                               "certain", "maybe", "conditional" or "notDeployed"
//	when                                the condition, where state is "maybe" and it can be said
//	existing                            true for a resource that is only referred to
//	copy                                its number within a loop, or "unknown"
//	modules                             the deployments that it came through, outermost first
//	embedded                            what carries its template, if it is not deployed with it
//
// and then the other members of its body with resolved values. Unknown values
// are written as value.AppendJSON says.
package expanded

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

var states = [...]string{
	eval.Certain: "certain", eval.Maybe: "maybe", eval.Conditional: "conditional", eval.NotDeployed: "notDeployed",
}

// maxOutput is how many bytes of values are written.
const (
	maxOutput = 64 << 20
	tooLong   = `{"$unknown":"limit"}`
)

// JSON returns the deployment as an indented array. With all, resources that
// exist already or are not deployed with these values are part of it. Each text
// passes through hide, which leaves out secrets.
func JSON(d *eval.Deployment, all bool, hide func(string) string) []byte {
	w := writer{hide}
	b := []byte{'['}
	for _, r := range d.Resources {
		if !all && (r.Existing || r.State == eval.NotDeployed) {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = w.resource(b, r)
	}
	b = append(b, ']')
	var out bytes.Buffer
	if json.Indent(&out, b, "", "  ") != nil {
		return append(b, '\n')
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// writer appends to JSON.
type writer struct{ hide func(string) string }

func (w writer) resource(b []byte, r *eval.Resource) []byte {
	b = append(b, `{"type":`...)
	b = w.str(b, r.Type)
	b = w.member(b, "apiVersion", r.APIVersion())
	b = w.member(b, "name", r.Name())
	b = w.member(b, "id", r.ID())
	if s, ok := r.Scope().Str(); ok && s == "" {
		b = append(b, `,"scope":"/"`...)
	} else {
		b = w.member(b, "scope", r.Scope())
	}
	if r.Decl.Symbol != "" {
		b = w.text(b, "symbol", r.Decl.Symbol)
	}
	b = w.text(b, "state", states[r.State])
	if len(r.When) > 0 && r.State == eval.Maybe {
		b = w.text(b, "when", r.When.String())
	}
	if r.Existing {
		b = append(b, `,"existing":true`...)
	}
	switch {
	case r.Symbolic:
		b = append(b, `,"copy":"unknown"`...)
	case r.Copy >= 0:
		b = append(b, `,"copy":`...)
		b = strconv.AppendInt(b, int64(r.Copy), 10)
	}
	b = w.modules(b, r)
	return append(w.body(b, r), '}')
}

func (w writer) modules(b []byte, r *eval.Resource) []byte {
	if r.Instance.Embedded != "" {
		b = w.text(b, "embedded", r.Instance.Embedded)
	}
	chain := r.Modules()
	if len(chain) == 0 {
		return b
	}
	b = append(b, `,"modules":[`...)
	for i, m := range chain {
		if i > 0 {
			b = append(b, ',')
		}
		if m.Decl.Symbol != "" {
			b = w.str(b, m.Decl.Symbol)
		} else {
			b = w.value(b, m.Name())
		}
	}
	return append(b, ']')
}

// body writes the members that are not written already. Of a deployment the
// template is left out: its resources follow. So are arguments for secure
// parameters.
func (w writer) body(b []byte, r *eval.Resource) []byte {
	o := r.Body().Object()
	for i, m := range o.Names {
		switch value.Fold(m.Name) {
		case "type", "apiversion", "name", "scope", "copy", "existing", "id", "symbol", "state", "when", "modules", "embedded":
			continue
		case "properties":
			if r.Is("Microsoft.Resources/deployments", "Microsoft.Resources/deploymentStacks") {
				b = w.deployment(b, r, o.At(i))
				continue
			}
		}
		b = w.member(b, m.Name, o.At(i))
	}
	return b
}

func (w writer) deployment(b []byte, r *eval.Resource, v value.Value) []byte {
	o := v.Object()
	if o == nil {
		return w.member(b, "properties", v)
	}
	b = append(b, `,"properties":{`...)
	first := true
	for i, m := range o.Names {
		if value.FoldEqual(m.Name, "template") {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = w.str(b, m.Name)
		b = append(b, ':')
		if len(b) > maxOutput {
			b = append(b, tooLong...)
			continue
		}
		v := o.At(i)
		if value.FoldEqual(m.Name, "parameters") && r.Nested != nil {
			v = masked(v, r.Nested.Template.Parameters)
		}
		b = w.value(b, v)
	}
	return append(b, '}')
}

// masked marks the arguments for secure parameters as secret.
func masked(v value.Value, parameters []*template.Parameter) value.Value {
	return value.Lift([]value.Value{v}, func(vs []value.Value) value.Value {
		o := vs[0].Object()
		if o == nil {
			return vs[0]
		}
		values := slices.Clone(o.Values())
		for _, p := range parameters {
			if i := o.Index(p.Name); i >= 0 && p.Secure {
				values[i].Flags |= value.Secure
			}
		}
		return o.WithMembers(values)
	})
}

func (w writer) member(b []byte, name string, v value.Value) []byte {
	b = append(b, ',')
	b = w.str(b, name)
	b = append(b, ':')
	if len(b) > maxOutput {
		return append(b, tooLong...)
	}
	return w.value(b, v)
}

func (w writer) text(b []byte, name, s string) []byte {
	b = append(b, ',')
	b = w.str(b, name)
	b = append(b, ':')
	return w.str(b, s)
}

func (w writer) str(b []byte, s string) []byte { return w.value(b, value.OfString(s)) }

func (w writer) value(b []byte, v value.Value) []byte { return value.AppendJSONThrough(b, v, w.hide) }
