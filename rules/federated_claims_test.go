package rules

import "testing"

// TestClaims judges what expressions over claims let in.
func TestClaims(t *testing.T) {
	sub := func(pattern string) string { return "claims['sub'] matches '" + pattern + "'" }
	for _, c := range []struct {
		kind       issuerKind
		text, want string
	}{
		{gitHub, sub("*"), "broad: any repository on GitHub"},
		{gitHub, sub("**"), "broad: any repository on GitHub"},
		{gitHub, sub("*x"), ""},
		{gitHub, sub("*") + " and claims['repository_owner_id'] eq '1'", ""},
		{gitHub, sub("repo:*"), "broad: any repository on GitHub"},
		{gitHub, sub("repo:*/*:*"), "broad: any repository on GitHub"},
		{gitHub, sub("repo:*/*:*") + " and claims['repository_owner_id'] eq '1'", "broad: any repository of the owner"},
		{gitHub, sub("repo:*/*:*") + " and claims['repository_id'] eq '1'", "wide: any branch, tag or pull request of '*/*'"},
		{gitHub, sub("repo:contoso/*"), "broad: any repository of 'contoso'"},
		{gitHub, sub("repo:contoso/*:ref:refs/heads/main"), "broad: any repository of 'contoso'"},
		{gitHub, sub("repo:contoso/*@*:x"), "broad: any repository of 'contoso'"},
		{gitHub, sub("repo:contoso/app*"), "wide: any branch, tag or pull request of 'contoso/app*'"},
		{gitHub, sub("repo:contoso/app:*"), "wide: any branch, tag or pull request of 'contoso/app'"},
		{gitHub, sub("repo:contoso/app:ref:*"), "wide: any branch, tag or pull request of 'contoso/app'"},
		{gitHub, sub("repo:contoso/app:ref:refs/*"), "wide: any branch, tag or pull request of 'contoso/app'"},
		{gitHub, sub("repo:contoso/app:ref:refs/heads/*"), "wide: any branch of 'contoso/app'"},
		{gitHub, sub("repo:contoso/app:ref:refs/tags/*"), "wide: any tag of 'contoso/app'"},
		{gitHub, sub("repo:contoso/app:environment:*"), "wide: any environment of 'contoso/app'"},
		{gitHub, sub("repo:contoso/app:environment:prod*"), ""},
		{gitHub, sub("repo:contoso/app:ref:refs/heads/main"), ""},
		{gitHub, "claims['sub'] eq 'repo:contoso/*'", ""},
		{gitHub, sub("repo:contoso/*") + " and " + sub("repo:contoso/app:*"), ""},
		{gitHub, sub("repo:contoso/*") + " and claims['job_workflow_ref'] matches 'x'", ""},
		{gitHub, sub("repo:contoso/*") + " and claims['actor'] matches 'x*'", ""},
		{gitHub, sub("repo:contoso/*") + " and claims['actor'] eq 'x'", "broad: any repository of 'contoso'"},
		{gitLab, sub("*"), "broad: any project on GitLab"},
		{gitLab, sub("group*"), ""},
		{gitLab, sub("project_path:*"), "broad: any project on GitLab"},
		{gitLab, sub("project_path:*:ref_type:branch:ref:main"), "broad: any project on GitLab"},
		{gitLab, sub("project_path:group/*"), "broad: any project of 'group'"},
		{gitLab, sub("project_path:group/sub/*:x"), "broad: any project of 'group/sub'"},
		{gitLab, sub("project_path:group/app:*"), "wide: any branch or tag of 'group/app'"},
		{gitLab, sub("project_path:group/app:ref_type:*"), "wide: any branch or tag of 'group/app'"},
		{gitLab, sub("project_path:group/app:ref_type:*:ref:*"), "wide: any branch or tag of 'group/app'"},
		{gitLab, sub("project_path:group/app:ref_type:branch:ref:*"), "wide: any branch of 'group/app'"},
		{gitLab, sub("project_path:group/app:ref_type:tag:ref:*"), "wide: any tag of 'group/app'"},
		{gitLab, sub("project_path:group/app:ref_type:tag:ref:v*"), ""},
		{terraformCloud, sub("*"), "broad: any organization on HCP Terraform"},
		{terraformCloud, sub("x*"), ""},
		{terraformCloud, sub("organization:*"), "broad: any organization on HCP Terraform"},
		{terraformCloud, sub("organization:*:project:x"), "broad: any organization on HCP Terraform"},
		{terraformCloud, sub("organization:contoso:*"), "broad: any workspace of 'contoso'"},
		{terraformCloud, sub("organization:contoso:project:*"), "broad: any workspace of 'contoso'"},
		{terraformCloud, sub("organization:contoso:project:*:workspace:*:run_phase:apply"), "broad: any workspace of 'contoso'"},
		{terraformCloud, sub("organization:contoso:project:p:workspace:*"), ""},
	} {
		claims, ok := readClaims(c.text)
		if !ok {
			t.Errorf("%s cannot be read", c.text)
		}
		got := ""
		if reach := judgeClaims(c.kind, claims); reach != (claimsReach{}) {
			got = reach.grade + ": " + reach.what
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
	for _, bad := range []string{
		"", "claims", "claim['sub'] eq 'x'", "claims['sub']eq 'x'", "claims['sub'] eq", "claims['sub'] eq x", "claims['sub'] eq 'x", "claims['sub'] eq 'x''y'",
		"claims['sub'] eq 'x' or claims['a'] eq 'b'", "claims['sub'] eq 'x' and", "claims['sub", "claims['sub'] eq 'x' and x",
	} {
		if claims, ok := readClaims(bad); ok {
			t.Errorf("%q is read as %v", bad, claims)
		}
	}
	if claims, ok := readClaims("  claims['a']  eq  'x'  and  claims['b'] matches 'y' "); !ok || len(claims) != 2 || claims[0] != (claimTest{"a", "eq", "x"}) || claims[1] != (claimTest{"b", "matches", "y"}) {
		t.Errorf("got %v, %v", claims, ok)
	}
}
