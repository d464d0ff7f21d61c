package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
)

// WrittenPassword is a password of a resource that stands in the template.
type WrittenPassword struct {
	SecretValue
	At value.Span // of the text, in the property or in a variable
}

// WrittenPasswords returns the passwords of the resources of a unit that the
// template itself holds, rather than a parameter.
func WrittenPasswords(u *Unit) []WrittenPassword {
	var out []WrittenPassword
	for _, r := range u.Deployment.Resources {
		if r.Existing || r.State == eval.NotDeployed {
			continue
		}
		for _, s := range SecretValues(r) {
			text, known := s.Value.Str()
			if !known || s.Value.Flags&value.Supplied != 0 || !MayBePassword(text) || namesPassword(text) {
				continue
			}
			if at, ok := u.written(s, text); ok {
				out = append(out, WrittenPassword{s, at})
			}
		}
	}
	return out
}

// namesPassword tells whether a text is the name of a password, as in
// skeletons.
func namesPassword(s string) bool {
	return hasWord(s, "password") && !strings.ContainsAny(s, "0123456789!#*+?&=~^")
}

// written is where a text of the template stands: in the property, else in a
// variable or an argument that it comes through. The default of a parameter is
// not meant.
func (u *Unit) written(s SecretValue, text string) (value.Span, bool) {
	if at, ok := u.textWithin(s.Value.At, text); ok {
		return at, true
	}
	for _, stop := range s.Resource.Way(s.Steps...) {
		switch stop.Kind {
		case "literal":
			if stop.Name == text {
				return stop.At, true
			}
		case "variable", "argument":
			if at, ok := u.textWithin(stop.At, text); ok {
				return at, true
			}
		}
	}
	return value.Span{}, false
}

// textWithin finds the string with the text in the JSON at a place.
func (u *Unit) textWithin(at value.Span, text string) (value.Span, bool) {
	f := u.File(at.Pos())
	if f == nil || !at.IsValid() {
		return value.Span{}, false
	}
	n := f.NodeAt(int(at.Start) - f.Base)
	if n.IsZero() || n.Pos() != at.Pos() {
		return value.Span{}, false
	}
	return textBelow(n, text)
}

func textBelow(n source.Node, text string) (value.Span, bool) {
	if n.Kind() == source.String && n.Text() == text {
		return value.Span{Start: int32(n.Pos()), End: int32(n.EndPos())}, true
	}
	for _, v := range n.Members() {
		if at, ok := textBelow(v, text); ok {
			return at, true
		}
	}
	for v := range n.Elements() {
		if at, ok := textBelow(v, text); ok {
			return at, true
		}
	}
	return value.Span{}, false
}
