package eval_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/rolecall/rolecall/internal/expanded"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// laughs are n variables each of which joins the one before it ten times.
func laughs(n int, join string) string {
	var b strings.Builder
	b.WriteString(`{"variables": {"v0": "ha", "a0": ["ha"], "o0": {"k": "ha"}`)
	for i := 1; i <= n; i++ {
		for _, v := range []string{"v", "a", "o"} {
			calls := strings.TrimSuffix(strings.Repeat(fmt.Sprintf("variables('%s%d'), ", v, i-1), 10), ", ")
			if v == "o" {
				var pairs []string
				for k := range 10 {
					pairs = append(pairs, fmt.Sprintf("'k%d', variables('o%d')", k, i-1))
				}
				fmt.Fprintf(&b, `, "o%d": "[createObject(%s)]"`, i, strings.Join(pairs, ", "))
				continue
			}
			fmt.Fprintf(&b, `, "%s%d": "[%s(%s)]"`, v, i, join, calls)
		}
	}
	return b.String() + "}}"
}

// TestBudgets checks that what is too large is a symbol with the reason
// limit, and costs little. The test would not end otherwise.
func TestBudgets(t *testing.T) {
	deep := func(n int, open, inner, close string) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(close, n)
	}
	chain := func(n int) string {
		var b strings.Builder
		b.WriteString(`{"variables": {"v0": "end"`)
		for i := 1; i <= n; i++ {
			fmt.Fprintf(&b, `, "v%d": "[variables('v%d')]"`, i, i-1)
		}
		return b.String() + "}}"
	}
	functions := `{"functions": [{"namespace": "f", "members": {
		"a": {"parameters": [{"name": "x"}], "output": {"value": "[concat(f.b(parameters('x')), f.b(parameters('x')))]"}},
		"b": {"parameters": [{"name": "x"}], "output": {"value": "[concat(f.a(parameters('x')), f.a(parameters('x')))]"}},
		"o": {"parameters": [], "output": {"value": {"again": "[f.o()]"}}}
	}}]}`
	lambda := func(n int) string {
		return strings.Repeat("map(range(0, 1000), lambda('x', ", n) + "1" + strings.Repeat("))", n)
	}
	for _, c := range []struct{ name, expression, doc, want string }{
		{"text", "length(variables('v9'))", laughs(9, "concat"), "unknown limit"},
		{"format", "format('{0}{0}{0}{0}{0}', variables('v6'))", laughs(6, "concat"), "unknown limit: a text of more than 4 MB$"},
		{"array", "length(variables('a9'))", laughs(9, "concat"), "unknown limit"},
		{"nested arrays as text", "length(string(variables('a9')))", laughs(9, "createArray"), "unknown limit: length(a text of more than 4 MB)$"},
		{"nested objects as text", "length(string(variables('o9')))", laughs(9, "concat"), "unknown limit: length(a text of more than 4 MB)$"},
		{"nested arrays compared", "equals(variables('a9'), createArray(variables('a8')))", laughs(9, "createArray"), "false"},
		{"flatten", "length(flatten(flatten(flatten(flatten(flatten(flatten(flatten(variables('a9')))))))))", laughs(9, "createArray"), "unknown limit: length(flatten(flatten(flatten(flatten(an array of too many elements)))))$"},
		{"union", "length(union(variables('a9'), createArray(1)))", laughs(9, "createArray"), "unknown|2|11"},
		{"chain of variables", "variables('v1000')", chain(1000), `"end"`},
		{"long chain of variables", "variables('v10000')", chain(10000), "unknown limit: values nest too deeply$"},
		{"user functions", "f.a('x')", functions, "unknown limit"},
		{"user functions in objects", "f.o()", functions, "unknown limit: user functions call each other too deeply$"},
		{"loops in loops", lambda(3), "{}", "unknown limit"},
		{"range", "range(0, 10000)[9999]", "{}", "9999"},
		{"pad", "padLeft('x', 2000000000)", "{}", "unknown"},
		{"calls", deep(400, "concat(", "'x'", ")"), "{}", `"x"`},
		{"too many calls", deep(100000, "concat(", "'x'", ")"), "{}", "error the expression nests"},
		{"too many indexes", deep(100000, "a[", "0", "]"), "{}", "error"},
		{"too many accesses", "resourceGroup()" + strings.Repeat(".a", 100000), "{}", "error"},
		{"wide", "length(createArray(" + strings.TrimSuffix(strings.Repeat("1,", 100000), ",") + "))", "{}", "100000"},
		{"replace", "length(replace(variables('v5'), 'h', variables('v5')))", laughs(5, "concat"), "unknown"},
		{"join", "length(join(map(range(0, 10000), lambda('x', variables('v4'))), ','))", laughs(4, "concat"), "unknown limit: length(a text of more than 4 MB)$"},
		{"json", "json('" + strings.Repeat("[", 5000) + "')", "{}", "error|unknown limit"},
		{"reduce", "length(reduce(range(0, 10000), createArray(1), lambda('a', 'x', concat(lambdaVariables('a'), lambdaVariables('a')))))", "{}", "unknown limit"},
		{"split", "length(split(variables('v6'), 'h'))", laughs(6, "concat"), "1000001|unknown limit"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && strings.HasPrefix(c.want, "unknown limit") {
				t.Skip("slow under the race detector")
			}
			v := ask(t, c.expression, c.doc)
			got := outcome(v)
			for want := range strings.SplitSeq(c.want, "|") {
				if strings.HasPrefix(got+"$", want) {
					return
				}
			}
			t.Errorf("got %.200s, want %s", got, c.want)
		})
	}
}

// TestLargeOutput checks that a small template cannot make a huge answer.
func TestLargeOutput(t *testing.T) {
	if testing.Short() {
		t.Skip("slow under the race detector")
	}
	doc := strings.TrimSuffix(laughs(12, "createArray"), "}") + `, "resources": [
		{"type": "A.B/c", "apiVersion": "1", "name": "n", "properties": {"a": "[variables('a12')]", "o": "[variables('o12')]"}},
		{"type": "A.B/c", "apiVersion": "1", "name": "m", "properties": {"a": "[equals(variables('a12'), variables('a11'))]", "s": "[string(variables('o12'))]", "u": "[union(variables('o12'), variables('o11'))]"}}
	]}`
	dep := deploy(t, doc, eval.Config{})
	out := expanded.JSON(dep, true, nil)
	if !json.Valid(out) {
		t.Error("the answer is no JSON")
	}
	if !strings.Contains(string(out), `"$unknown": "limit"`) {
		t.Error("the answer does not say that a limit was reached")
	}
	for _, r := range dep.Resources {
		value.Key(r.Body())
		value.Show(r.Body())
		r.Trace("properties", "a")
	}
}

// TestUnitBudgets checks what a whole template may cost.
func TestUnitBudgets(t *testing.T) {
	nested := `{"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "n"}]}`
	for range 70 {
		nested = `{"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "m", "properties": {"expressionEvaluationOptions": {"scope": "inner"}, "template": ` + nested + `}}]}`
	}
	dep := deploy(t, nested, eval.Config{})
	if len(dep.Unsupported) != 1 || !strings.Contains(dep.Unsupported[0].Name, "64 levels") {
		t.Errorf("deployments in deployments: %v", dep.Unsupported)
	}
	module := `{"type": "A.B/c", "apiVersion": "1", "name": "n", "copy": {"name": "c", "count": 1000}}`
	for range 3 {
		module = `{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "m", "copy": {"name": "l", "count": 1000}, "properties": {"expressionEvaluationOptions": {"scope": "inner"}, "template": {"resources": [` + module + `]}}}`
	}
	f := source.Parse("main.json", []byte(`{"resources": [`+module+`]}`))
	_, err := eval.Deploy(template.NewFile(f).Tree(), template.DeploymentTemplate, eval.Config{})
	var limit *eval.LimitError
	if !errors.As(err, &limit) {
		t.Errorf("a billion resources: %v", err)
	}
}

// TestUnitTotals checks what all values of a template may cost together, each of
// which is within its own budget.
func TestUnitTotals(t *testing.T) {
	if testing.Short() {
		t.Skip("slow under the race detector")
	}
	const texts = `{"variables": {"v": "[padLeft('', 1000000, 'x')]"}, "resources": [{"type": "A.B/c", "apiVersion": "1",
		"name": "[concat(variables('v'), copyIndex())]", "copy": {"name": "c", "count": 1000}}]}`
	const steps = `{"resources": [{"type": "A.B/c", "apiVersion": "1", "copy": {"name": "c", "count": 1000},
		"name": "[length(map(range(0, 9000), lambda('x', add(lambdaVariables('x'), copyIndex()))))]"}]}`
	for doc, want := range map[string]string{texts: "256 MB of text", steps: "too many steps"} {
		dep := deploy(t, doc, eval.Config{})
		err := eval.Within(func() {
			for _, r := range dep.Resources {
				r.Name()
			}
		})
		var limit *eval.LimitError
		if !errors.As(err, &limit) || !strings.Contains(limit.Message, want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// TestStop checks that an evaluation ends once it is told to.
func TestStop(t *testing.T) {
	var stop atomic.Bool
	dep := deploy(t, `{"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "[concat('a', 'b')]"}]}`, eval.Config{Stop: &stop})
	stop.Store(true)
	if err := eval.Within(func() { dep.Resources[0].Name() }); err == nil {
		t.Error("it goes on")
	}
}

// TestDeepDocuments evaluates documents that nest more than anyone writes.
func TestDeepDocuments(t *testing.T) {
	for _, n := range []int{900, 100000} {
		for _, part := range []string{`[%s"[parameters('p')]"%s]`, `%s{"a": "[fail('x')]"}%s`} {
			doc := `{"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "n", "properties": ` + fmt.Sprintf(part, strings.Repeat("[", n), strings.Repeat("]", n)) + `}]}`
			f := source.Parse("main.json", []byte(doc))
			root := template.NewFile(f).Tree()
			if root == nil {
				continue
			}
			dep, err := eval.Deploy(root, template.DeploymentTemplate, eval.Config{Arguments: template.NewParameterFile(root).Arguments})
			if err != nil {
				t.Fatal(err)
			}
			if out := expanded.JSON(dep, true, nil); !json.Valid(out) {
				t.Errorf("%d levels: the answer is no JSON", n)
			}
		}
	}
	elements := strings.TrimSuffix(strings.Repeat(`"[copyIndex()]",`, 100000), ",")
	dep := deploy(t, `{"variables": {"v": [`+elements+`]}, "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "n", "copy": {"name": "l", "count": 2}, "properties": {"a": [`+elements+`], "n": "[length(variables('v'))]"}}]}`, eval.Config{})
	if n, _ := dep.Resources[1].Get("properties", "n").Int(); n != 100000 {
		t.Errorf("the array has %d elements", n)
	}
	if v := dep.Resources[1].Get("properties", "a").Array().At(99999); value.Show(v) != "1" {
		t.Errorf("its last element is %s", value.Show(v))
	}
}

// TestSpoiltBudget: variables that double each other, and all lead back to what
// a lookup is for, are not computed over and over.
func TestSpoiltBudget(t *testing.T) {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, `"v%d": "[concat(variables('v%d'), variables('v%d'))]", `, i, i+1, i+1)
	}
	dep := deploy(t, `{"resources": [
		{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "naming", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "template": {"resources": [],
			"outputs": {"name": {"type": "string", "value": "n"}}}}},
		{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "spoke", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
			"parameters": {"name": {"value": "[reference(resourceId('Microsoft.Resources/deployments', 'naming'), '2022-09-01').outputs.name.value]"}},
			"template": {"parameters": {"name": {"type": "string"}}, "variables": {`+b.String()+`"v40": "[parameters('name')]"}, "resources": [
				{"type": "A.B/c", "apiVersion": "1", "name": "[parameters('name')]"},
				{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "[variables('v0')]", "properties": {"mode": "Incremental", "template": {"resources": []}}}]}}}]}`, eval.Config{})
	err := eval.Within(func() {
		if name := value.Show(dep.Resources[2].Name()); name != "n" {
			t.Errorf("the resource is called %s", name)
		}
	})
	if err != nil {
		t.Error(err)
	}
}
