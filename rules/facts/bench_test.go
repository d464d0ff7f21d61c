package facts_test

import (
	"fmt"
	"testing"

	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/internal/sample"
	"github.com/rolecall/rolecall/rules/facts"
)

// BenchmarkAccess derives who holds what, and what the resources run with.
// The template is evaluated anew each time, since that is not done before it is
// asked for; it counts too.
func BenchmarkAccess(b *testing.B) {
	for _, n := range []int{10, 100, 800} {
		b.Run(fmt.Sprintf("resources=%d", n), func(b *testing.B) {
			set := sample.Shape{Resources: n, Copies: 2}.JSON()
			b.SetBytes(int64(set.Bytes()))
			b.ReportAllocs()
			for b.Loop() {
				a := facts.NewAccess(ruletest.Load(b, set.Files, set.Root))
				if len(a.Holders()) == 0 || len(a.Attachments()) == 0 {
					b.Fatal("nothing is granted, or attached")
				}
			}
		})
	}
}
