package facts

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// sourceFinder finds the credentials that a value is, or was made of.
type sourceFinder struct {
	steps int
	out   []Credential
}

// value looks into v; path are the members that are read of it.
func (f *sourceFinder) value(v value.Value, path []string, depth int) {
	if f.steps++; f.steps > 1000 || depth > 32 {
		return
	}
	switch v.Kind {
	case value.Unknown:
		f.symbol(v.Symbol(), path, depth)
	case value.Text:
		for _, p := range v.Parts() {
			if p.Hole != nil {
				f.symbol(p.Hole, nil, depth)
			}
		}
		f.text(v)
	case value.String:
		f.text(v)
	case value.Choice:
		for _, alt := range v.Alternatives() {
			f.value(alt.Value, path, depth+1)
		}
	case value.Array:
		for _, e := range v.Array().All() {
			f.value(e, nil, depth+1)
		}
	case value.Object:
		for _, e := range v.Object().Values() {
			f.value(e, nil, depth+1)
		}
	}
}

// symbol follows a symbol to what it was made of. What only asks about a
// credential (whether it is empty, how long it is) holds none, nor does a
// hash of it.
func (f *sourceFinder) symbol(s *value.Symbol, path []string, depth int) {
	if ref, ok := s.Target.(*eval.Reference); ok {
		if ref.List != "" {
			f.list(ref, append(slices.Clip(s.Path), path...), depth)
		}
		return
	}
	if s.Type == value.TypeBool || s.Type == value.TypeInt {
		return
	}
	switch s.Op {
	case "":
		if s.Secret && s.Reason == value.ReasonParameter {
			f.add(Credential{Kind: SecureParameter, Name: parameterName(s.Text), Path: path})
		}
	case value.OpMember, "member", "element", "tryget", "first", "last":
		f.part(s, path, depth)
	case "split": // a piece, which may be anything
		f.value(s.Args[0], []string{"…"}, depth+1)
	case "uniquestring", "guid", "objectkeys", "copy":
	default:
		for _, a := range s.Args {
			f.value(a, nil, depth+1)
		}
	}
}

// part follows a member or element of something unknown. Which member of a
// known container it is, is not known.
func (f *sourceFinder) part(s *value.Symbol, path []string, depth int) {
	base := s.Args[0]
	if base.Kind != value.Unknown {
		return
	}
	for _, key := range slices.Backward(s.Args[1:]) {
		step := "0"
		if name, ok := key.Str(); ok {
			step = name
		}
		path = append([]string{step}, path...)
	}
	f.value(base, path, depth+1)
}

// list judges what is read of the result of a list*() function.
func (f *sourceFinder) list(ref *eval.Reference, path []string, depth int) {
	r := ref.Resource()
	if value.FoldEqual(ref.List, "listOutputsWithSecureValues") {
		if r != nil && r.Nested != nil && len(path) > 0 {
			v, _ := r.Nested.Output(path[0])
			f.value(v, path[1:], depth+1)
		}
		return
	}
	s := Credential{Kind: ListResult, Name: ref.List, ID: ref.ID, Resource: r, Path: path, Args: ref.Args}
	if r != nil {
		s.Type = r.Type
	} else if id, ok := resourceid.Parse(ref.ID); ok {
		s.Type = id.Type
	}
	if !azure.ListYieldsCredential(s.Type, ref.List) || len(path) > 0 && !azure.HoldsCredential(path[len(path)-1]) {
		return
	}
	f.add(s)
}

// text finds credentials that are written out.
func (f *sourceFinder) text(v value.Value) {
	var b strings.Builder
	for _, p := range v.Parts() {
		b.WriteString(p.Literal)
		if p.Hole != nil {
			b.WriteByte(0)
		}
	}
	for _, s := range SecretsIn(b.String()) {
		f.add(Credential{Kind: WrittenOut, Name: s.What})
	}
}

func (f *sourceFinder) add(s Credential) {
	same := func(o Credential) bool {
		return o.Kind == s.Kind && value.FoldEqual(o.Name, s.Name) && (s.Kind != ListResult || resourceid.Key(o.ID) == resourceid.Key(s.ID))
	}
	if !slices.ContainsFunc(f.out, same) {
		f.out = append(f.out, s)
	}
}

// parameterName is the name in the text of a symbol, "parameters('name')".
func parameterName(text string) string {
	name, _ := strings.CutPrefix(text, "parameters('")
	return strings.TrimSuffix(name, "')")
}
