package azure_test

import (
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

// Look-ups run for every resource and every grant, so they must cost next to nothing.
func BenchmarkLookup(b *testing.B) {
	owner, _ := azure.RoleByID(ownerID)
	vm, _ := azure.RoleByName("Virtual Machine Contributor")
	for _, bench := range []struct {
		name string
		run  func() bool
	}{
		{"RoleByID", func() bool { _, ok := azure.RoleByID(ownerID); return ok }},
		{"RoleByName", func() bool { _, ok := azure.RoleByName("Storage Blob Data Reader"); return ok }},
		{"NearestRole", func() bool { _, d := azure.NearestRole(ownerID); return d == 0 }},
		{"IdentitySupport", func() bool { _, ok := azure.IdentitySupport("Microsoft.Web/sites"); return ok }},
		{"ResourceType", func() bool { _, ok := azure.ResourceType("Microsoft.Web/sites"); return ok }},
		{"HostOf", func() bool { _, ok := azure.HostOf("Microsoft.Web/sites"); return ok }},
		{"HasPropertiesIdentity", func() bool { return !azure.HasPropertiesIdentity("Microsoft.Web/sites") }},
		{"Match", func() bool { return azure.Match("Microsoft.Storage/*/read", "Microsoft.Storage/a/b/c/read") }},
		{"ClassifyOwner", func() bool { u, _ := azure.Classify(owner.Blocks); return u != 0 }},
		{"ClassifyMany", func() bool { u, _ := azure.Classify(vm.Blocks); return u != 0 }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !bench.run() {
					b.Fatal("not found")
				}
			}
		})
	}
}
