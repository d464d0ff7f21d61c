package main

import (
	"encoding/json"
	"regexp"
	"sort"
	"strings"

	"github.com/rolecall/rolecall/parser/expr"
)

// normalTemplate leaves of a template what decides what is deployed, in a form
// in which harmless differences are gone: see the cases.
func normalTemplate(v any) any {
	t, ok := v.(map[string]any)
	if !ok {
		return v
	}
	n := normalizer{loaded: map[string]string{}}
	vars, _ := t["variables"].(map[string]any)
	for k, v := range vars {
		if strings.HasPrefix(k, "$fxv#") {
			b, _ := json.Marshal(n.value(v))
			n.loaded[k] = string(b)
			delete(vars, k)
		}
	}
	out := map[string]any{"languageVersion": t["languageVersion"]}
	out["parameters"] = n.only(t["parameters"], "defaultValue")
	out["variables"] = n.value(orEmpty(t["variables"]))
	out["functions"] = n.functions(t["functions"])
	out["resources"] = n.resources(t["resources"])
	out["outputs"] = n.only(t["outputs"], "value", "copy", "condition")
	return out
}

func orEmpty(v any) any {
	if v == nil {
		return map[string]any{}
	}
	return v
}

type normalizer struct{ loaded map[string]string }

// only keeps some members of each member of v.
func (n *normalizer) only(v any, names ...string) any {
	out := map[string]any{}
	m, _ := v.(map[string]any)
	for k, v := range m {
		one := map[string]any{}
		o, _ := v.(map[string]any)
		for _, name := range names {
			if x, ok := o[name]; ok {
				one[name] = n.value(x)
			}
		}
		out[k] = one
	}
	return out
}

func (n *normalizer) functions(v any) any {
	out := map[string]any{}
	list, _ := v.([]any)
	for _, ns := range list {
		o, _ := ns.(map[string]any)
		members, _ := o["members"].(map[string]any)
		for k, f := range members {
			f, _ := f.(map[string]any)
			res, _ := f["output"].(map[string]any)
			space, _ := o["namespace"].(string)
			out[numbered.ReplaceAllString(space, "_N")+"."+k] = n.value(res["value"])
		}
	}
	return out
}

func (n *normalizer) resources(v any) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, r := range v {
			out[i] = n.resource(r)
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, r := range v {
			out[k] = n.resource(r)
		}
		return out
	}
	return v
}

func (n *normalizer) resource(v any) any {
	r, ok := v.(map[string]any)
	if !ok {
		return v
	}
	kind, _ := r["type"].(string)
	deployment := strings.EqualFold(kind, "Microsoft.Resources/deployments")
	out := map[string]any{}
	for k, v := range r {
		switch {
		case k == "metadata":
		case k == "type":
			out[k] = strings.ToLower(kind)
		case k == "apiVersion" && deployment:
			out[k] = "any"
		case k == "dependsOn":
			out[k] = n.set(v)
		case k == "properties" && deployment:
			out[k] = n.deployment(v)
		default:
			out[k] = n.value(v)
		}
	}
	return out
}

func (n *normalizer) deployment(v any) any {
	p, ok := v.(map[string]any)
	if !ok {
		return n.value(v)
	}
	inner, has := p["template"]
	out := map[string]any{}
	for k, v := range p {
		if k != "template" {
			out[k] = n.value(v)
		}
	}
	if has {
		out["template"] = normalTemplate(inner)
	}
	return out
}

// set is dependsOn: without order, case and repetition.
func (n *normalizer) set(v any) any {
	list, ok := v.([]any)
	if !ok {
		return n.value(v)
	}
	seen := map[string]bool{}
	out := []any{}
	for _, x := range list {
		s, _ := n.value(x).(string)
		if s = strings.ToLower(s); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].(string) < out[j].(string) })
	return out
}

func (n *normalizer) value(v any) any {
	switch v := v.(type) {
	case string:
		return n.str(v)
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = n.value(x)
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			if l, ok := x.([]any); ok && k == "copy" {
				x = byName(l)
			}
			out[n.str(numbered.ReplaceAllString(k, "_N."))] = n.value(x)
		}
		return out
	}
	return v
}

// byName sorts loops.
func byName(l []any) []any {
	out := append([]any{}, l...)
	name := func(i int) string {
		o, _ := out[i].(map[string]any)
		s, _ := o["name"].(string)
		return s
	}
	sort.SliceStable(out, func(i, j int) bool { return name(i) < name(j) })
	return out
}

var numbered = regexp.MustCompile(`_\d+\.`)

func (n *normalizer) str(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if expr.FormOf(s) != expr.Expression {
		return s
	}
	node, err := expr.Parse(s, new(expr.Arena))
	if err != nil {
		return s
	}
	expr.Walk(node, func(e *expr.Node) bool {
		n.node(e)
		return true
	})
	return "[" + numbered.ReplaceAllString(expr.Print(node), "_N.") + "]"
}

var identifier = regexp.MustCompile(`^[A-Za-z_]\w*$`)

// node brings one node into its normal form.
func (n *normalizer) node(e *expr.Node) {
	switch {
	case e.Kind == expr.Index && e.Args[1].Kind == expr.String && identifier.MatchString(e.Args[1].Text):
		e.Kind, e.Text, e.Args = expr.Property, e.Args[1].Text, e.Args[:1]
	case e.Kind == expr.String:
		e.Text = strings.ReplaceAll(e.Text, "\r\n", "\n")
	case e.Kind != expr.Call:
	case e.Text == "variables" && len(e.Args) == 1 && n.loaded[e.Args[0].Text] != "":
		e.Args[0].Text = n.loaded[e.Args[0].Text]
	case strings.HasSuffix(strings.ToLower(e.Text), "resourceid"):
		for _, a := range e.Args {
			if a.Kind == expr.String && strings.Contains(a.Text, "/") {
				a.Text = strings.ToLower(a.Text)
			}
		}
	case e.Text == "listOutputsWithSecureValues" && len(e.Args) == 2:
		e.Args[1].Text = "any"
	case e.Text == "reference" && len(e.Args) >= 2 && strings.Contains(strings.ToLower(expr.Print(e.Args[0])), "microsoft.resources/deployments'"):
		e.Args[1].Text = "any"
	}
}
