package facts

import (
	"slices"
	"sort"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// Hidden is what of a unit is never printed: what is written for secure
// parameters, the secrets that resources are given, and whatever is a
// credential by its shape.
type Hidden struct {
	u     *Unit
	seen  map[*template.Template]bool
	spans []value.Span // of literals in the files
	texts []string     // what they say, the longest first
}

// NewHidden looks for all that is to be hidden of a unit.
func NewHidden(a *Access) *Hidden {
	u := a.Unit
	h := &Hidden{u: u, seen: map[*template.Template]bool{}}
	if root := u.Deployment.Root; root != nil {
		h.defaults(root)
		for _, f := range u.Files[1:] {
			if template.KindOf(f.Tree()) == template.Parameters {
				h.file(f, root.Template.Parameters)
			}
		}
	}
	for _, r := range u.Deployment.Resources {
		if r.Nested != nil {
			h.defaults(r.Nested)
			h.arguments(template.Path(r.Decl.Properties, "parameters"), r.Nested.Template.Parameters)
		}
		for _, s := range SecretValues(r) {
			if text, known := s.Value.Str(); known && IsAccessKey(text) {
				h.credential(text)
			} else if known && MayBePassword(text) {
				h.text(text)
			}
		}
	}
	for _, w := range WrittenPasswords(u) {
		h.spans = append(h.spans, w.At)
	}
	for _, f := range u.Files {
		for _, s := range a.SecretsOf(f) {
			h.spans = append(h.spans, s.At)
			text := s.Node.Text()
			for _, x := range SecretsIn(text) {
				h.credential(text[x.Start:x.End])
			}
		}
	}
	for _, s := range h.spans {
		if w := u.Written(s); w != s && !u.elsewhere(s) {
			h.spans = append(h.spans, w)
		}
	}
	slices.SortFunc(h.texts, func(a, b string) int { return len(b) - len(a) })
	return h
}

// defaults hides the defaults of secure parameters.
func (h *Hidden) defaults(in *eval.Instance) {
	if h.seen[in.Template] {
		return
	}
	h.seen[in.Template] = true
	for _, param := range in.Template.Parameters {
		if param.Secure {
			h.add(param.Default)
			h.add(param.Allowed)
		}
	}
}

// arguments hides what a nested template is given for secure parameters.
func (h *Hidden) arguments(t template.Tree, params []*template.Parameter) {
	for _, param := range params {
		if param.Secure {
			h.add(template.Path(t, param.Name, "value"))
		}
	}
}

// file hides what a parameter file has for secure parameters.
func (h *Hidden) file(f *template.File, params []*template.Parameter) {
	for _, a := range template.NewParameterFile(f.Tree()).Arguments {
		for _, param := range params {
			if param.Secure && value.FoldEqual(param.Name, a.Name) {
				h.add(a.Value)
			}
		}
	}
}

// add hides a value that is more than an expression over other values, and not
// empty.
func (h *Hidden) add(t template.Tree) {
	if t == nil {
		return
	}
	start, end := t.Span()
	f := h.u.File(start)
	if f == nil {
		return
	}
	texts := literalTexts(f, f.NodeAt(int(start)-f.Base))
	switch t.Kind() {
	case template.String:
		if len(texts) == 0 {
			return
		}
	case template.Object, template.Array:
		if t.Len() == 0 {
			return
		}
	}
	h.spans = append(h.spans, value.Span{Start: int32(start), End: int32(end)})
	for _, text := range texts {
		h.text(text)
	}
}

// minHidden is how long a text must be to be hidden wherever it occurs:
// shorter ones, and plain words, are hidden only where they are written.
const minHidden = 6

func (h *Hidden) text(s string) {
	if len(s) >= minHidden && kindsOfBytes(s) >= 2 && !slices.Contains(h.texts, s) {
		h.texts = append(h.texts, s)
	}
}

// credential hides a credential, and what is between its slashes: where one
// stands in an id, messages tell single segments.
func (h *Hidden) credential(s string) {
	h.text(s)
	for part := range strings.SplitSeq(s, "/") {
		h.text(part)
	}
}

// literalTexts returns the texts in a value: strings, and those within
// expressions that are no mere names.
func literalTexts(f *template.File, n source.Node) []string {
	switch n.Kind() {
	case source.String:
		t := &template.JSON{F: f, N: n}
		if parsed, err := t.Expression(); err == nil && parsed != nil {
			return literalsIn(parsed, nil)
		}
		return []string{n.Text()}
	}
	var out []string
	for _, v := range n.Members() {
		out = append(out, literalTexts(f, v)...)
	}
	for v := range n.Elements() {
		out = append(out, literalTexts(f, v)...)
	}
	return out
}

// literalsIn adds the texts of an expression that are no mere names, as those
// of an object's members are.
func literalsIn(n *expr.Node, to []string) []string {
	if n.Kind == expr.String {
		return append(to, n.Text)
	}
	if n.Kind == expr.Call && takesNames(value.Fold(n.Text)) {
		return to
	}
	object := n.Kind == expr.Object || n.Kind == expr.Call && value.FoldEqual(n.Text, "createObject")
	for i, a := range n.Args {
		if !(n.Kind == expr.Index && i == 1 || object && i%2 == 0) {
			to = literalsIn(a, to)
		}
	}
	return to
}

func takesNames(call string) bool {
	switch call {
	case "parameters", "variables", "reference", "lambdavariables", "copyindex":
		return true
	}
	return strings.HasPrefix(call, "list") || strings.HasSuffix(call, "resourceid")
}

// Scrub returns a text with what is hidden left out of it.
func (h *Hidden) Scrub(s string) string {
	const instead = "‹secret›"
	for _, text := range h.texts {
		s = strings.ReplaceAll(s, text, instead)
	}
	s = h.scrubCut(s, instead)
	found := SecretsIn(s)
	sort.Slice(found, func(i, j int) bool { return found[i].Start > found[j].Start })
	end := len(s)
	for _, x := range found { // from the last one
		if x.End <= end {
			s = s[:x.Start] + instead + s[x.End:]
			end = x.Start
		}
	}
	return s
}

// scrubCut leaves out the beginnings of hidden texts that were cut short.
func (h *Hidden) scrubCut(s, instead string) string {
	for at := 0; ; {
		i := strings.Index(s[at:], "…")
		if i < 0 {
			return s
		}
		before, after := s[:at+i], s[at+i:]
		for _, text := range h.texts {
			if n := overlapOf(before, text); n >= minHidden {
				before = before[:len(before)-n] + instead
			}
		}
		s, at = before+after, len(before)+len("…")
	}
}

// overlapOf is how much of the beginning of a text the other one ends with.
func overlapOf(s, text string) int {
	for n := min(len(s), len(text)-1); n > 0; n-- {
		if strings.HasSuffix(s, text[:n]) {
			return n
		}
	}
	return 0
}

// aroundLine is how much of the text beside a place is searched, so that
// of a credential that is cut no part is shown.
const aroundLine = 512

// Blank returns the text of a file from start to end, each byte of what is
// hidden a star.
func (h *Hidden) Blank(f *template.File, start, end int) string {
	b := []byte(f.Text[start:end])
	star := func(from, to int) {
		for i := max(from, start); i < min(to, end); i++ {
			b[i-start] = '*'
		}
	}
	for _, s := range h.spans {
		star(int(s.Start)-f.Base, int(s.End)-f.Base)
	}
	from := max(start-aroundLine, 0)
	around := f.Text[from:min(end+aroundLine, len(f.Text))]
	for _, s := range SecretsIn(around) {
		star(from+s.Start, from+s.End)
	}
	for _, text := range h.texts {
		for at := 0; ; {
			i := strings.Index(around[at:], text)
			if i < 0 {
				break
			}
			at += i + len(text)
			star(from+at-len(text), from+at)
		}
	}
	return string(b)
}
