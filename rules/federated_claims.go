package rules

import "strings"

// claimTest is one comparison of a claimsMatchingExpression.
type claimTest struct {
	name, operator, value string
}

// readClaims reads claims['name'] operator 'value', joined by and; false if
// the text is anything else, or quotes within quotes.
//
// https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
func readClaims(s string) ([]claimTest, bool) {
	var out []claimTest
	for {
		var c claimTest
		var ok bool
		if s, ok = strings.CutPrefix(strings.TrimLeft(s, " "), "claims['"); !ok {
			return nil, false
		}
		if c.name, s, ok = strings.Cut(s, "'] "); !ok {
			return nil, false
		}
		if c.operator, s, ok = strings.Cut(strings.TrimLeft(s, " "), " '"); !ok {
			return nil, false
		}
		c.operator = strings.TrimSpace(c.operator)
		if c.value, s, ok = strings.Cut(s, "'"); !ok || strings.HasPrefix(s, "'") {
			return nil, false
		}
		out = append(out, c)
		rest := strings.TrimSpace(s)
		if rest == "" {
			return out, true
		}
		if s, ok = strings.CutPrefix(rest, "and "); !ok {
			return nil, false
		}
	}
}

// claimsReach says how much a claimsMatchingExpression lets in.
type claimsReach struct {
	grade string // "broad", "wide" or ""
	what  string // "any repository of 'contoso'"
}

// judgeClaims judges the claims of a credential for an issuer. What a second
// claim pins down counts: the id of a repository or of its owner, or the
// workflow that runs.
func judgeClaims(kind issuerKind, claims []claimTest) claimsReach {
	pattern, pinned := "", map[string]bool{}
	for _, c := range claims {
		switch {
		case c.name == "sub" && c.operator == "matches" && pattern == "":
			pattern = c.value
		case c.name == "sub", c.name == "job_workflow_ref":
			return claimsReach{} // an exact subject, or a workflow that is named
		case c.operator == "eq":
			pinned[c.name] = true
		default:
			return claimsReach{}
		}
	}
	if !strings.Contains(pattern, "*") {
		return claimsReach{}
	}
	switch kind {
	case gitHub:
		return gitHubReach(pattern, pinned)
	case gitLab:
		return gitLabReach(pattern)
	case terraformCloud:
		return terraformReach(pattern)
	}
	return claimsReach{}
}

// gitHubReach judges a pattern for repo:owner/name:context. A wildcard may
// stand for colons too.
func gitHubReach(pattern string, pinned map[string]bool) claimsReach {
	rest, ok := strings.CutPrefix(pattern, "repo:")
	if !ok {
		if strings.HasPrefix(pattern, "*") && len(pinned) == 0 && strings.Trim(pattern, "*") == "" {
			return claimsReach{"broad", "any repository on GitHub"}
		}
		return claimsReach{}
	}
	repository, context, more := strings.Cut(rest, ":")
	owner, name, _ := strings.Cut(repository, "/")
	name, _, _ = strings.Cut(name, "@") // the id of an immutable subject
	owned, single := pinned["repository_owner_id"], pinned["repository_id"]
	switch {
	case single:
	case strings.Trim(owner, "*") == "" && !owned:
		return claimsReach{"broad", "any repository on GitHub"}
	case strings.Trim(owner, "*") == "":
		return claimsReach{"broad", "any repository of the owner"}
	case strings.Trim(name, "*") == "":
		return claimsReach{"broad", "any repository of '" + owner + "'"}
	}
	if !more && strings.HasSuffix(repository, "*") {
		context = "*"
	}
	switch context {
	case "*", "ref:*", "ref:refs/*":
		return claimsReach{"wide", "any branch, tag or pull request of '" + repository + "'"}
	case "ref:refs/heads/*":
		return claimsReach{"wide", "any branch of '" + repository + "'"}
	case "ref:refs/tags/*":
		return claimsReach{"wide", "any tag of '" + repository + "'"}
	case "environment:*":
		return claimsReach{"wide", "any environment of '" + repository + "'"}
	}
	return claimsReach{}
}

// gitLabReach judges a pattern for project_path:group/project:ref_type:type:ref:name.
func gitLabReach(pattern string) claimsReach {
	rest, ok := strings.CutPrefix(pattern, "project_path:")
	if !ok {
		if strings.Trim(pattern, "*") == "" {
			return claimsReach{"broad", "any project on GitLab"}
		}
		return claimsReach{}
	}
	project, context, _ := strings.Cut(rest, ":")
	group, name, slash := cutLast(project, "/")
	switch {
	case strings.Trim(project, "*") == "":
		return claimsReach{"broad", "any project on GitLab"}
	case slash && strings.Trim(name, "*") == "":
		return claimsReach{"broad", "any project of '" + group + "'"}
	}
	switch context {
	case "*", "ref_type:*", "ref_type:*:ref:*":
		return claimsReach{"wide", "any branch or tag of '" + project + "'"}
	case "ref_type:branch:ref:*":
		return claimsReach{"wide", "any branch of '" + project + "'"}
	case "ref_type:tag:ref:*":
		return claimsReach{"wide", "any tag of '" + project + "'"}
	}
	return claimsReach{}
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// terraformReach judges a pattern for
// organization:name:project:name:workspace:name:run_phase:phase.
func terraformReach(pattern string) claimsReach {
	rest, ok := strings.CutPrefix(pattern, "organization:")
	if !ok {
		if strings.Trim(pattern, "*") == "" {
			return claimsReach{"broad", "any organization on HCP Terraform"}
		}
		return claimsReach{}
	}
	organization, rest, _ := strings.Cut(rest, ":")
	switch {
	case strings.Trim(organization, "*") == "":
		return claimsReach{"broad", "any organization on HCP Terraform"}
	case rest == "*", strings.HasPrefix(rest, "project:*:workspace:*"), rest == "project:*":
		return claimsReach{"broad", "any workspace of '" + organization + "'"}
	}
	return claimsReach{}
}
