package azure_test

import (
	"slices"
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

func TestPolicyByID(t *testing.T) {
	p, ok := azure.PolicyByID("005380E0-1F5B-467A-8AE8-8519938627F9")
	if !ok || p.Effect != "deployifnotexists" || p.EffectParameter != "effect" || !p.Acts || p.Initiative || !slices.Equal(p.Roles, []string{"92aaf0da-9dab-42b6-94a3-d43ce8d16293"}) {
		t.Errorf("got %+v, %v", p, ok)
	}
	p, ok = azure.PolicyByID("03055927-78bd-4236-86c0-f36125a10dc9")
	if !ok || !p.Initiative || !p.Acts || len(p.Roles) != 1 {
		t.Errorf("got %+v, %v", p, ok)
	}
	if _, ok := azure.PolicyByID("00000000-0000-0000-0000-000000000000"); ok {
		t.Error("a policy that does not exist is found")
	}
}
