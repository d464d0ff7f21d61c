package lock_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/internal/compare"
	"github.com/rolecall/rolecall/internal/golden"
	"github.com/rolecall/rolecall/internal/lock"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/report/access"
)

// sample is access with everything that a lock file tells.
func sample() *access.Access {
	const group = "/subscriptions/‹subscription().subscriptionId›/resourceGroups/rg-app"
	id := access.Principal{
		Kind: access.UserAssigned, Name: "id-app", ID: group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-app", Known: true,
		Key: "k", Hosts: []access.Host{{Type: "Microsoft.Web/sites", Name: "app", ID: group + "/providers/Microsoft.Web/sites/app", Maybe: "parameters('web')"}},
	}
	reader := access.Role{Name: "Reader", ID: "acdd72a7-3385-48ef-bd42-f606fba81ae7", Known: true, Power: access.PowerNone, Permissions: []access.Permissions{{Actions: []string{"*/read"}}}}
	custom := access.Role{
		Name: "Deployer", ID: group + "/providers/Microsoft.Authorization/roleDefinitions/x", Custom: true, Known: true, Power: access.PowerBroad,
		Permissions: []access.Permissions{{Actions: []string{"*"}, NotActions: []string{"Microsoft.Authorization/*/write", "Microsoft.Authorization/*/delete", "Microsoft.Network/virtualNetworks/*"}, Condition: "a"}},
	}
	scope := access.Scope{Level: "resource group", Name: "rg-app", ID: group}
	someone := access.Principal{Kind: access.Group, Name: "11111111-2222-4333-8444-555555555555", ID: "11111111-2222-4333-8444-555555555555", Known: true}
	a := &access.Access{
		Version: "1.2.3", TablesDate: "2026-01-31", Complete: true,
		Grants: []access.Grant{
			{Plane: access.AzureRole, Principal: id, Role: reader, Scope: scope, Root: "infra/main.json"},
			{Plane: access.AzureRole, Principal: id, Role: reader, Scope: scope, Root: "infra/other.json"},
			{Plane: access.AzureRole, Principal: id, Role: custom, Scope: scope, Root: "infra/main.json", Condition: "@Resource[a] StringEquals 'b'", Maybe: "parameters('x')", Sets: []string{"infra/main.parameters.json"}},
			{Plane: "Key Vault access policy", Principal: someone, Role: access.Role{Name: "secrets: get", Known: true, Power: access.PowerReadData},
				Scope: access.Scope{Level: "resource", Type: "Microsoft.KeyVault/vaults", Name: "kv", ID: group + "/providers/Microsoft.KeyVault/vaults/kv"}, Root: "infra/main.json", Note: "no effect: the vault goes by Azure roles"},
			{Plane: access.AzureRole, Principal: access.Principal{Kind: access.OtherPrincipal, Name: "‹parameters('p')›", ID: "‹parameters('p')›"},
				Role: access.Role{Name: "‹parameters('r')›"}, Scope: access.Scope{ID: "‹parameters('s')›", Name: "‹parameters('s')›"}, Root: "infra/main.json"},
		},
		Identities: []access.Identity{{Principal: id, Declared: true}, {Principal: access.Principal{Kind: access.SystemAssigned, Name: "vm"}}},
	}
	for i := range a.Grants {
		a.Grants[i].At = report.Place{File: "infra/main.json", Start: 100 * (i + 1)}
	}
	u := report.Undecided{Kind: report.KindGrant, State: report.StateNotUnderstood, Reason: "a \"quoted\", reason: \\", Resource: report.Resource{Type: "Microsoft.Authorization/roleAssignments", Symbol: "ra"}}
	a.Coverage.Undecided = []report.Undecided{u, u, {Kind: report.KindIdentity, State: report.StateRuntime}}
	a.Coverage.Grants = report.Tally{Total: 7, Decided: 4, Parameter: 1, NotUnderstood: 2}
	return a
}

func TestGolden(t *testing.T) {
	golden.Check(t, "testdata/sample.lock.json", string(lock.Write(sample())))
}

// TestRoundTrip holds that a lock is clean against what it was written of, and
// written again is the same file.
func TestRoundTrip(t *testing.T) {
	a := sample()
	text := lock.Write(a)
	b, err := lock.Read("rolecall.lock.json", text)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []*access.Diff{compare.Access(a, b), compare.Access(b, a)} {
		if len(d.Changes) > 0 || d.Same != 5 {
			t.Errorf("changes %+v, %d the same", d.Changes, d.Same)
		}
	}
	if diff := cmp.Diff(a.Coverage.Grants, b.Coverage.Grants); diff != "" {
		t.Error(diff)
	}
	if again := lock.Write(b); !bytes.Equal(again, text) {
		t.Error(cmp.Diff(string(text), string(again)))
	}
	if g := b.Grants[0]; g.At.From.Line != 4 || g.At.From.Rune != 5 || g.At.File != "rolecall.lock.json" {
		t.Errorf("the first grant stands at %+v", g.At)
	}
}

// TestStable holds that places and versions are not in the file, and that the
// order of what is found does not matter.
func TestStable(t *testing.T) {
	a, b := sample(), sample()
	b.Version, b.TablesDate = "9.9.9", "2030-01-01"
	for i := range b.Grants {
		b.Grants[i].At.File, b.Grants[i].At.Start, b.Grants[i].Count = "moved.json", 5, 7
		b.Grants[i].Principal.Key, b.Grants[i].Chain = "other", []string{"module"}
	}
	b.Grants[0], b.Grants[3] = b.Grants[3], b.Grants[0]
	b.Coverage.Undecided[0], b.Coverage.Undecided[2] = b.Coverage.Undecided[2], b.Coverage.Undecided[0]
	if diff := cmp.Diff(string(lock.Write(a)), string(lock.Write(b))); diff != "" {
		t.Error(diff)
	}
}

func TestErrors(t *testing.T) {
	const principal, role, scope = `"principal": {"kind": "user", "name": "n"}`, `"role": {"name": "r", "power": "broad"}`, `"scope": {}`
	grant := func(members ...string) string {
		return "{\"version\": 1, \"grants\": [\n{" + strings.Join(members, ",\n") + "}]}"
	}
	for _, c := range []struct{ text, want string }{
		{``, `f:1:1: this is no JSON: unexpected end of JSON input; write the file anew with 'rolecall lock'`},
		{"{\n  \"version\": 1,\n<<<<<<< main\n}", `f:3:1: this is no JSON: invalid character '<' looking for beginning of object key string; write the file anew with 'rolecall lock'`},
		{"{\n\"\xff\": 1}", `f:2:2: this is no UTF-8; write the file anew with 'rolecall lock'`},
		{`[]`, `f:1:1: an object is expected here`},
		{`{}`, `f:1:1: the member "version" is missing`},
		{`{"version": 1}`, `f:1:1: the member "grants" is missing`},
		{`{"version": 2, "more": 1}`, `f:1:13: the file is of version 2, this rolecall reads version 1; use a newer one`},
		{`{"version": "1", "grants": []}`, `f:1:13: a count is expected here`},
		{`{"version": 0, "grants": []}`, `f:1:13: the version must be 1`},
		{`{"version": 1, "grants": [], "grants": []}`, `f:1:30: the member "grants" stands here twice`},
		{`{"version": 1, "grants": {}}`, `f:1:26: a list is expected here`},
		{`{"version": 1, "grants": [3]}`, `f:1:27: an object is expected here`},
		{grant(principal, role, scope), `f:2:1: the member "templates" is missing`},
		{grant(principal, role, scope, `"templates": []`), `f:5:14: a grant is made by one template at least`},
		{grant(principal, role, scope, `"templates": ["a", 1]`), `f:5:20: a text is expected here`},
		{grant(principal, role, scope, `"templates": ["ü"], "deployedif": ""`), `f:5:21: there is no member "deployedif"; it may be of a later version of rolecall`},
		{grant(principal, `"role": {"name": "r", "power": "huge"}`, scope, `"templates": ["a"]`), `f:3:32: there is no power "huge"`},
		{grant(`"principal": {"kind": "user", "name": "n", "known": 0}`, role, scope, `"templates": ["a"]`), `f:2:54: true or false is expected here`},
		{`{"version": 1, "grants": [], "undecided": [{"type": "t", "state": "limit", "count": 0}]}`, `f:1:85: a count of 1 and more is expected here, and no more than 65536 in all`},
		{`{"version": 1, "grants": [], "coverage": {"total": -1, "decided": 0}}`, `f:1:52: a count is expected here`},
	} {
		_, err := lock.Read("f", []byte(c.text))
		var located *lock.Error
		if err == nil || err.Error() != c.want || !errors.As(err, &located) {
			t.Errorf("%s\n\tgot  %v\n\twant %s", c.text, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(lock.Write(sample()))
	f.Add([]byte(`{"version": 1, "grants": [{"principal": {"kind": "a", "name": "b"}, "role": {"name": "r", "power": "broad"}, "scope": {}, "templates": ["t"]}]}`))
	f.Add([]byte(`{"version": 1, "grants": [], "undecided": [{"type": "t", "state": "limit", "count": 2}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := lock.Read("f", data)
		if err != nil {
			var located *lock.Error
			if !errors.As(err, &located) || located.Line < 1 || located.Column < 1 {
				t.Errorf("%v has no place", err)
			}
			return
		}
		text := lock.Write(a)
		b, err := lock.Read("f", text)
		if err != nil {
			t.Fatalf("cannot read what was written: %v\n%s", err, text)
		}
		if d := compare.Access(a, b); len(d.Changes) > 0 {
			t.Errorf("changes %+v in\n%s", d.Changes, text)
		}
		if again := lock.Write(b); !bytes.Equal(again, text) {
			t.Error(cmp.Diff(string(text), string(again)))
		}
	})
}
