package eval_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/sample"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
)

// BenchmarkDeploy reads and evaluates templates, once as far as they are asked
// for and once with all of their values.
func BenchmarkDeploy(b *testing.B) {
	for _, s := range []struct {
		name  string
		shape sample.Shape
	}{
		{"resources=10", sample.Shape{Resources: 10}},
		{"resources=100", sample.Shape{Resources: 100}},
		{"resources=800", sample.Shape{Resources: 800}},
		{"copies=100", sample.Shape{Resources: 5, Copies: 100}},
		{"copies=800", sample.Shape{Resources: 5, Copies: 800}},
		{"nesting=1", sample.Shape{Resources: 20, Depth: 1}},
		{"nesting=7", sample.Shape{Resources: 20, Depth: 7}},
		{"uses=10", sample.Shape{Uses: 10}},
		{"uses=100", sample.Shape{Uses: 100}},
		{"uses=500", sample.Shape{Uses: 500}},
		{"terms=100", sample.Shape{Resources: 20, Terms: 100}},
		{"terms=800", sample.Shape{Resources: 20, Terms: 800}},
	} {
		for _, all := range []bool{false, true} {
			b.Run(fmt.Sprintf("%s/forced=%t", s.name, all), func(b *testing.B) { benchmark(b, s.shape, all) })
		}
	}
}

func benchmark(b *testing.B, shape sample.Shape, all bool) {
	raw := []byte(shape.JSON().Files["main.json"])
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		dep, err := eval.Deploy(template.NewFile(source.Parse("main.json", raw)).Tree(), template.DeploymentTemplate, eval.Config{})
		if err != nil || len(dep.Resources) != shape.Deployed() {
			b.Fatal(len(dep.Resources), err)
		}
		if all {
			for _, r := range dep.Resources {
				force(r)
			}
		}
	}
}

// BenchmarkAsk evaluates single expressions, parsing included.
func BenchmarkAsk(b *testing.B) {
	doc := tree(b, open)
	for _, expression := range []string{
		"concat('a', 'b', 'c')", "format('/subscriptions/{0}/x/{1}', parameters('s'), 'y')", "map(range(0, 100), lambda('i', add(lambdaVariables('i'), 1)))",
		"if(equals(parameters('size'), 'small'), createObject('a', 1), createObject('a', 2)).a", "uniqueString(resourceGroup().id)",
	} {
		text := []byte(quoted(expression))
		b.Run(expression[:strings.IndexByte(expression, '(')], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				eval.Ask(eval.Query{Expression: template.NewFile(source.Parse("", text)).Tree(), Template: doc}, eval.Config{})
			}
		})
	}
}
