package access

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// maxText bounds the length of a text in bytes.
const maxText = 8 << 10

// exact writes a value whole, since ids and conditions are compared by their
// texts: what the arguments of a call are tells two of them apart. Secrets are
// left out.
func (r *reader) exact(v value.Value) string { return r.Plain(value.Exact(v, maxText)) }

// whole writes a value for people as value.Show does: without the arguments of
// long calls, but all the rest of it. Secrets are left out.
func (r *reader) whole(v value.Value) string {
	var all []string
	for _, alt := range v.Alternatives() {
		all = append(all, one(alt.Value))
	}
	s := r.Plain(strings.Join(all, " or "))
	if len(s) > maxText {
		s = strings.ToValidUTF8(s[:maxText], "") + "…"
	}
	return s
}

func one(v value.Value) string {
	if v.Flags&value.Secure != 0 {
		return "‹secret›"
	}
	parts := v.Parts()
	if parts == nil {
		if v.Kind == value.String {
			return ""
		}
		return value.Show(v)
	}
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Show())
	}
	return b.String()
}

// unknown names what is not known in its marks.
func unknown(s string) string { return "‹" + s + "›" }

// name is the name of a resource. One that is nothing but a call, of which the
// arguments are not shown, says nothing: what the source calls the resource, or
// the module that it comes from, stands before it.
func (r *reader) name(res *eval.Resource) string {
	name := r.whole(res.Name())
	if !strings.HasPrefix(name, "‹") || !strings.HasSuffix(name, "(…)›") || strings.Count(name, "‹") > 1 {
		return name
	}
	if s := res.Decl.Symbol; s != "" {
		return r.Plain(s) + " " + name
	}
	if chain := r.Chain(res); len(chain) > 0 {
		return name + " of " + chain[len(chain)-1]
	}
	return name
}
