package rules_test

import (
	"testing"

	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/internal/sample"
	"github.com/rolecall/rolecall/rules"
)

// BenchmarkRule runs each rule alone, and all, over one template whose values are known
// already: what is measured is the rules, and the facts that each derives for itself.
func BenchmarkRule(b *testing.B) {
	set := sample.Shape{Resources: 200, Copies: 3, Uses: 20}.JSON()
	u := ruletest.Load(b, set.Files, set.Root)
	all := rules.All()
	ruletest.Run(b, u, all)
	bench := func(name string, some []*rules.Rule) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ruletest.Run(b, u, some)
			}
		})
	}
	for i, r := range all {
		bench(r.Name, all[i:i+1])
	}
	bench("all", all)
}
