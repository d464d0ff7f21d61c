package expr_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/expr"
)

// BenchmarkParse parses expressions that get longer, and deeper, into the same arena.
func BenchmarkParse(b *testing.B) {
	for _, n := range []int{1, 8, 64, 200} {
		long := "[concat(" + strings.TrimSuffix(strings.Repeat("parameters('name'), 'a-', ", n), ", ") + ")]"
		deep := "[" + strings.Repeat("toLower(concat('a', ", n) + "parameters('name')" + strings.Repeat("))", n) + "]"
		for i, text := range []string{long, deep} {
			b.Run(fmt.Sprintf("%s/%d", []string{"long", "deep"}[i], n), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					var a expr.Arena
					if _, err := expr.Parse(text, &a); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
