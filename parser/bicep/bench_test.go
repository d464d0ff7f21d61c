package bicep_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/sample"
	"github.com/rolecall/rolecall/parser/bicep"
)

// BenchmarkLower reads Bicep source and makes the template of it.
func BenchmarkLower(b *testing.B) {
	for _, axis := range sample.Axes() {
		if !strings.HasPrefix(axis.Name, "Bicep") {
			continue
		}
		for _, n := range axis.Steps {
			b.Run(fmt.Sprintf("%s/%d", axis.Name, n), func(b *testing.B) {
				set := axis.Make(n)
				b.SetBytes(int64(set.Bytes()))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := bicep.NewProgram(&folder{files: set.Files}).Template(set.Root); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
