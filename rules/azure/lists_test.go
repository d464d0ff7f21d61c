package azure

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/golden"
)

// TestLists shows what is said of each entry of the lists that are written by
// hand: a change in them is news.
func TestLists(t *testing.T) {
	var b strings.Builder
	for _, k := range keyless {
		below, _ := KeylessRole(strings.ToUpper(k.Type) + "/x")
		fmt.Fprintf(&b, "keyless %+v\n", below)
	}
	for _, s := range Services() {
		fmt.Fprintf(&b, "service %+v\n", s)
	}
	for _, p := range graphPermissions {
		byID, _ := DangerousGraphPermission(p.ID)
		byName, _ := DangerousGraphPermission(p.Name)
		in, _ := DangerousGraphPermissionIn("x['" + p.Name + "']")
		fmt.Fprintf(&b, "graph %+v\n", byID)
		if byID != p || byName != p || in != p {
			t.Errorf("%+v is found as %+v, %+v and %+v", p, byID, byName, in)
		}
	}
	fmt.Fprintf(&b, "graph is %s\n", MicrosoftGraphAppID)
	for _, list := range [][]string{escalateOperations, policyOperations, identityOperations, credentialOperations, codeOperations} {
		for _, op := range list {
			fmt.Fprintln(&b, "operation", op, classOf(Permissions{Actions: []string{op}}))
		}
	}
	for _, op := range codeDataOperations {
		fmt.Fprintln(&b, "operation on data", op, classOf(Permissions{DataActions: []string{op}}))
	}
	for _, verb := range credentialVerbs {
		fmt.Fprintln(&b, "verb", verb, classOf(Permissions{Actions: []string{"A.B/c/" + verb + "/action"}}), ListYieldsCredential("", verb))
	}
	for _, verb := range readLike {
		fmt.Fprintln(&b, "verb on data", verb, classOf(Permissions{DataActions: []string{"A.B/c/" + verb + "Some/action"}}))
	}
	for _, f := range slices.Concat(credentialLists, harmlessLists) {
		fmt.Fprintln(&b, "function", f, ListYieldsCredential("", f))
	}
	for _, m := range harmlessMembers {
		fmt.Fprintln(&b, "member", m, HoldsCredential(strings.ToUpper(m)))
	}
	golden.Check(t, "testdata/lists.txt", b.String())
}

// classOf are the classes of a block, and the operation that tells of the first.
func classOf(p Permissions) string {
	blocks := []Permissions{p}
	class, _ := Classify(blocks)
	return fmt.Sprintf("[%s by %s]", class, Grants(blocks, class))
}

// TestSideOperations: what roles have by the way says nothing of their target.
func TestSideOperations(t *testing.T) {
	const site = "Microsoft.Web/sites/read"
	for _, c := range []struct{ operation, want string }{
		{"Microsoft.Authorization/*/read", "Microsoft.Web/sites"},
		{"Microsoft.Insights/alertRules/*", "Microsoft.Web/sites"},
		{"microsoft.resources/deployments/*", "Microsoft.Web/sites"},
		{"Microsoft.Support/*", "Microsoft.Web/sites"},
		{"Microsoft.ResourceHealth/availabilityStatuses/read", "Microsoft.Web/sites"},
		{"Microsoft.KeyVault/checkNameAvailability/read", "Microsoft.Web/sites"},
		{"Microsoft.KeyVault/locations/operationResults/read", "Microsoft.Web/sites"},
		{"Microsoft.KeyVault/operations/read", "Microsoft.Web/sites"},
		{"Microsoft.KeyVault/deletedVaults/read", "Microsoft.Web/sites"},
		{"Microsoft.KeyVault/register/action", "Microsoft.Web/sites"},
		{"Microsoft.KeyVault/unregister/action", "Microsoft.Web/sites"},
		{"Microsoft.KeyVault/skus/read", "Microsoft.Web/sites"},
		{"Microsoft.KeyVault/resourceTypes/read", "Microsoft.Web/sites"},
		{"microsoft.web/SITES/write", "microsoft.web/SITES"},
		{"Microsoft.Web/serverfarms/read", ""},
		{"Microsoft.Web/*", ""},
		{"Microsoft.Web/*/read", ""},
		{"Microsoft.*/sites/read", ""},
		{"Microsoft.Web/si*/read", ""},
		{"Microsoft.Web/sites", ""},
		{"*/read", ""},
		{"*", ""},
		{"Microsoft.ServiceBus/*/read", ""},
	} {
		if got, ok := TargetType([]Permissions{{Actions: []string{site}, DataActions: []string{c.operation}}}); got != c.want || ok != (got != "") {
			t.Errorf("%s: got %q, %v, want %q", c.operation, got, ok, c.want)
		}
	}
	for operation, want := range map[string]string{
		"Microsoft.ServiceBus/*/send/action":        "Microsoft.ServiceBus/namespaces",
		"microsoft.eventhub/*":                      "Microsoft.EventHub/namespaces",
		"Microsoft.Relay/*/wcfRelays/read":          "Microsoft.Relay/namespaces",
		"Microsoft.CognitiveServices/*/read":        "Microsoft.CognitiveServices/accounts",
		"Microsoft.KeyVault/*/read":                 "",
		"Microsoft.CognitiveServices/accounts/read": "Microsoft.CognitiveServices/accounts",
	} {
		if got, _ := TargetType([]Permissions{{DataActions: []string{operation}}}); got != want {
			t.Errorf("%s: got %q, want %q", operation, got, want)
		}
	}
}

// TestOpenPatterns: which operations a pattern with a wildcard stands for.
func TestOpenPatterns(t *testing.T) {
	block := func(actions, not, data, notData string) Permissions {
		return Permissions{Actions: splitList(actions, " "), NotActions: splitList(not, " "), DataActions: splitList(data, " "), NotDataActions: splitList(notData, " ")}
	}
	for _, c := range []struct {
		p    Permissions
		want string
	}{
		{block("", "", "A.B/c/*/read", ""), "data-read by A.B/c/*/read"},
		{block("", "", "A.B/c/read", "*/read"), "none by "},
		{block("", "", "A.B/c/*/read", "*/read"), "none by "},
		{block("", "", "A.B/*", "*/write"), "data-read, data-write by A.B/*"},
		{block("", "", "A.B/*", "*/read"), "data-write by A.B/*"},
		{block("", "", "A.B/*", "*/read */write */delete"), "none by "},
		{block("", "", "A.B/c*", ""), "data-read, data-write by A.B/c*"},
		{block("", "", "*", ""), "code-exec, data-read, data-write by Microsoft.Compute/virtualMachines/loginAsAdmin/action"},
		{block("", "", "A.B/c/send/action", "*/action"), "none by "},
		{block("", "", "A.B/c/write", ""), "data-write by A.B/c/write"},
		{block("", "", "A.B/c/*/action", ""), "data-read, data-write by A.B/c/*/action"},
		{block("A.B/*/listKeys/action", "", "", ""), "credential by A.B/*/listKeys/action"},
		{block("A.B/c/listKeys/action", "A.B/*/action", "", ""), "none by "},
		{block("A.B/c/listKeys/action", "A.B/d/action", "", ""), "credential by A.B/c/listKeys/action"},
		{block("Microsoft.Search/searchServices/*", "", "", ""), "credential by Microsoft.Search/searchServices/listAdminKeys/action"},
		{block("Microsoft.Search/searchServices/*/read", "", "", ""), "none by "},
		{block("Microsoft.Search/searchServices/*", "*/action", "", ""), "none by "},
		{block("Microsoft.Search/*n", "", "", ""), "credential by Microsoft.Search/searchServices/listAdminKeys/action"},
		{block("*/write", "Microsoft.*/write", "", ""), "broad by */write"},
		{block("A.B/*/write", "", "", ""), "none by "},
	} {
		if got := classOf(c.p); got != "["+c.want+"]" {
			t.Errorf("%+v: got %s, want %s", c.p, got, c.want)
		}
	}
}
