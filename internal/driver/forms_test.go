package driver_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/source"
)

// form is another way to write the same template.
type form struct {
	name   string
	bicep  bool                                // of Bicep source, not of JSON
	write  func(f *source.File) (string, bool) // false: the template cannot be written so
	ignore says                                // what a finding may say differently
}

// says are parts of what is told of a finding.
type says struct {
	order   bool // what comes first of several, which a message may be about
	pairs   bool // which of two resources it is about
	letters bool // capital letters
	places  bool // where it stands, and what stands there
	modules bool // that it is within a module
}

// forms are all forms. Each keeps what a template means.
func forms() []form {
	return []form{
		{name: "with CRLF", write: crlf},
		{name: "without white space", write: func(f *source.File) (string, bool) { return written(f, layout{}) }},
		{name: "indented by a tab", write: func(f *source.File) (string, bool) { return written(f, layout{newline: "\n", indent: "\t"}) }},
		{name: "one token a line", write: func(f *source.File) (string, bool) { return written(f, layout{newline: "\r", colon: "\r"}) }},
		{name: "with members in the opposite order", write: func(f *source.File) (string, bool) { return written(f, layout{newline: "\n", backward: true}) }, ignore: says{order: true}},
		{name: "with resources in the opposite order", write: func(f *source.File) (string, bool) { return written(f, layout{newline: "\n", resources: true}) }, ignore: says{order: true, pairs: true}},
		{name: "with types in capital letters", write: capitals, ignore: says{letters: true, places: true}},
		{name: "with variables inlined", write: inlined, ignore: says{places: true}},
		{name: "within a deployment", write: wrapped, ignore: says{places: true, modules: true}},
		{name: "with CRLF", bicep: true, write: crlf},
		{name: "with empty lines and comments", bicep: true, write: loose},
	}
}

// crlf ends lines as Windows does.
func crlf(f *source.File) (string, bool) {
	plain := f.Notes&source.RawNewline == 0 && !strings.Contains(f.Text, "\r") && !strings.Contains(f.Text, "'''")
	return strings.ReplaceAll(f.Text, "\n", "\r\n"), plain
}

// loose puts a comment and an empty line behind each line of Bicep.
func loose(f *source.File) (string, bool) {
	if strings.Contains(f.Text, "'''") || strings.Contains(f.Text, "#disable") || strings.Contains(f.Text, "rolecall:") || strings.Contains(f.Text, "/*") {
		return "", false
	}
	return strings.ReplaceAll(f.Text, "\n", " // note\n\n"), true
}

// strict tells whether JSON can be written anew without losing something.
func strict(f *source.File) bool {
	for c := range f.Comments() {
		if strings.Contains(f.Text[c.Start:c.End], "rolecall:") {
			return false
		}
	}
	return len(f.Errors) == 0 && f.Notes&^source.Comments == 0 && !f.Root().IsZero()
}

// layout is how JSON is written.
type layout struct {
	newline, indent, colon string
	backward               bool // members come in the opposite order
	resources              bool // so do resources
}

// written writes JSON anew.
func written(f *source.File, l layout) (string, bool) {
	if !strict(f) {
		return "", false
	}
	var b strings.Builder
	l.value(&b, f.Root(), 0)
	return b.String(), true
}

func (l layout) value(b *strings.Builder, n source.Node, depth int) {
	switch n.Kind() {
	case source.Object:
		l.list(b, depth, "{}", func(yield func(string, source.Node) bool) {
			keys, values := members(n)
			if l.backward {
				slices.Reverse(keys)
				slices.Reverse(values)
			}
			for i, v := range values {
				if !yield(keys[i].Source()+":"+l.colon, v) {
					return
				}
			}
		})
	case source.Array:
		elements := slices.Collect(n.Elements())
		if l.resources && n.Key().Text() == "resources" {
			slices.Reverse(elements)
		}
		l.list(b, depth, "[]", func(yield func(string, source.Node) bool) {
			for _, e := range elements {
				if !yield("", e) {
					return
				}
			}
		})
	default:
		b.WriteString(n.Source())
	}
}

// list writes an object or an array.
func (l layout) list(b *strings.Builder, depth int, brackets string, each func(func(string, source.Node) bool)) {
	b.WriteByte(brackets[0])
	first := true
	for key, v := range each {
		if !first {
			b.WriteByte(',')
		}
		first = false
		b.WriteString(l.newline + strings.Repeat(l.indent, depth+1) + key)
		l.value(b, v, depth+1)
	}
	b.WriteString(l.newline + strings.Repeat(l.indent, depth) + brackets[1:])
}

func members(n source.Node) (keys, values []source.Node) {
	for k, v := range n.Members() {
		keys, values = append(keys, k), append(values, v)
	}
	return keys, values
}

// resources calls f for all resources of a template, also of nested ones.
func resources(n source.Node, f func(source.Node)) {
	each := func(list source.Node, f func(source.Node)) {
		for e := range list.Elements() {
			f(e)
		}
		for _, v := range list.Members() {
			f(v)
		}
	}
	each(n.Get("resources"), func(r source.Node) {
		f(r)
		resources(r, f)
		resources(r.Get("properties").Get("template"), f)
	})
}

// replaced is the text with others in the place of nodes.
func replaced(f *source.File, texts map[source.Node]string) (string, bool) {
	text := f.Text
	nodes := slices.SortedFunc(maps.Keys(texts), func(a, b source.Node) int { return b.Start() - a.Start() })
	for _, n := range nodes {
		text = text[:n.Start()] + texts[n] + text[n.End():]
	}
	return text, len(nodes) > 0
}

// capitals writes the types of all resources in capital letters.
func capitals(f *source.File) (string, bool) {
	texts := map[source.Node]string{}
	resources(f.Root(), func(r source.Node) {
		if t := r.Get("type"); t.Kind() == source.String && !t.HasEscapes() {
			texts[t] = strings.ToUpper(t.Source())
		}
	})
	text, changed := replaced(f, texts)
	return text, changed && strict(f)
}

// inlined puts texts of variables, if nothing is evaluated in them, in the place
// of their names.
func inlined(f *source.File) (string, bool) {
	literal := map[string]string{}
	for k, v := range f.Root().Get("variables").Members() {
		if v.Kind() == source.String && !strings.HasPrefix(v.Text(), "[") {
			literal["[variables('"+strings.ToLower(k.Text())+"')]"] = v.Source()
		}
	}
	texts := map[source.Node]string{}
	var visit func(n source.Node)
	visit = func(n source.Node) {
		if text := literal[strings.ToLower(n.Text())]; text != "" {
			texts[n] = text
		}
		for k, v := range n.Members() {
			if k.Text() != "template" { // the names mean something else there, or nothing
				visit(v)
			}
		}
		for e := range n.Elements() {
			visit(e)
		}
	}
	visit(f.Root().Get("resources"))
	text, changed := replaced(f, texts)
	return text, changed && strict(f)
}

// outer is what the names of parameters begin with that wrapped declares.
const outer = "outer_"

// wrapped puts a template into a deployment of its own, which hands over all
// parameters.
func wrapped(f *source.File) (string, bool) {
	root := f.Root()
	schema := strings.ToLower(root.Get("$schema").Text())
	if !strict(f) || !strings.Contains(schema, "/deploymenttemplate.json") || !root.Get("definitions").IsZero() || strings.Contains(f.Text, "deployment()") ||
		strings.Contains(f.Text, "_artifactsLocation") { // they mean something else there
		return "", false
	}
	var declared, given []string
	for k, v := range root.Get("parameters").Members() {
		if strings.Contains(v.Source(), `"[`) || strings.ContainsAny(k.Source(), `'\`) {
			return "", false // the default is evaluated where the parameter is declared
		}
		if list := v.Get("defaultValue"); list.Kind() == source.Array && list.Len() == 0 {
			return "", false // a loop over it is judged only where its caller is not known
		}
		name := outer + k.Text()
		declared = append(declared, fmt.Sprintf("%q: %s", name, v.Source()))
		given = append(given, fmt.Sprintf(`%s: {"value": "[parameters('%s')]"}`, k.Source(), name))
	}
	return fmt.Sprintf(`{
  "$schema": %s,
  "contentVersion": "1.0.0.0",
  "parameters": {%s},
  "resources": [
    {
      "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "wrapped",
      "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "parameters": {%s}, "template": %s}
    }
  ]
}
`, root.Get("$schema").Source(), strings.Join(declared, ",\n"), strings.Join(given, ",\n"), root.Source()), true
}
