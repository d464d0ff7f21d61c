package rules

import (
	"fmt"
	"slices"
	"strings"
)

// In this file a text has a zero byte for each hole: what is not known of it.
const unknownPart = "\x00"

// subjectProblem says why no token of the issuer has the subject, "" if
// nothing is known to be wrong. Each issuer has a form of its own:
//
//   - GitHub: https://docs.github.com/actions/reference/security/oidc
//   - GitLab: https://docs.gitlab.com/ci/secrets/id_token_authentication/
//   - HCP Terraform: https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/azure-configuration
//   - Kubernetes: https://learn.microsoft.com/azure/aks/workload-identity-overview
func subjectProblem(kind issuerKind, s string) string {
	if s != strings.TrimSpace(s) {
		return "a blank stands before or behind it"
	}
	if kind == otherIssuer && strings.HasPrefix(s, serviceAccount) {
		kind = kubernetes
	}
	if kind != kubernetes && kind != otherIssuer && strings.HasPrefix(s, serviceAccount) {
		return "it is a service account of Kubernetes"
	}
	switch kind {
	case gitHub:
		return gitHubProblem(s)
	case gitLab:
		return gitLabProblem(s)
	case terraformCloud:
		return terraformProblem(s)
	case kubernetes:
		return kubernetesProblem(s)
	}
	return ""
}

// gitHubProblem judges repo:owner/name:context. What a customised template
// puts together is not judged.
func gitHubProblem(s string) string {
	rest, ok := strings.CutPrefix(s, "repo:")
	if !ok {
		first, context, _ := strings.Cut(s, ":")
		switch {
		case strings.EqualFold(first, "repo"):
			return "'repo' is written in lower case"
		case strings.Count(first, "/") == 1 && !strings.Contains(first, unknownPart) && gitHubContext(context):
			return "it does not begin with 'repo:'"
		}
		return ""
	}
	if strings.HasPrefix(rest, "https:") || strings.HasPrefix(rest, "http:") || strings.HasPrefix(rest, "github.com/") {
		return "the repository is written 'owner/name', without an address"
	}
	repository, context, more := strings.Cut(rest, ":")
	owner, name, slash := strings.Cut(repository, "/")
	if !strings.Contains(repository, unknownPart) && (!slash || owner == "" || name == "" || strings.Contains(name, "/")) {
		return "the repository is written 'owner/name'"
	}
	if !more {
		return ""
	}
	return contextProblem(context)
}

func gitHubContext(s string) bool {
	return s == "pull_request" || strings.HasPrefix(s, "ref:") || strings.HasPrefix(s, "environment:")
}

// contextProblem judges what stands behind the repository.
func contextProblem(s string) string {
	key, rest, more := strings.Cut(s, ":")
	switch key {
	case "pull-request", "pull_requests", "pull-requests", "pullrequest":
		return "pull requests are written 'pull_request'"
	case "env":
		return "an environment is written 'environment:name'"
	case "branch", "tag":
		return "a branch is written 'ref:refs/heads/name', a tag 'ref:refs/tags/name'"
	case "environment":
		if more && rest == "" {
			return "the name of the environment is empty"
		}
	case "ref":
		return refProblem(rest)
	}
	if strings.HasPrefix(key, "refs/") {
		return "'ref:' is missing before '" + strings.ReplaceAll(key, unknownPart, "…") + "'"
	}
	return ""
}

// refProblem judges the name of a git ref.
func refProblem(s string) string {
	parts := strings.SplitN(s, "/", 3)
	switch {
	case strings.HasPrefix(s, unknownPart):
		return ""
	case parts[0] != "refs" && !strings.Contains(parts[0], unknownPart):
		return "a ref is written in full, such as 'refs/heads/main'"
	case len(parts) > 1 && !strings.Contains(parts[1], unknownPart) && !slices.Contains([]string{"heads", "tags", "pull"}, parts[1]):
		return "a branch is written 'refs/heads/name', a tag 'refs/tags/name'"
	case len(parts) == 3 && parts[2] == "":
		return "the name behind '" + s + "' is empty"
	}
	return ""
}

// gitLabProblem judges project_path:group/project:ref_type:type:ref:name.
func gitLabProblem(s string) string {
	rest, ok := strings.CutPrefix(s, "project_path:")
	if !ok {
		if strings.HasPrefix(s, "repo:") {
			return "it is a subject of GitHub"
		}
		return ""
	}
	project, rest, _ := strings.Cut(rest, ":")
	if !strings.Contains(project, unknownPart) && !strings.Contains(project, "/") {
		return "the project is written 'group/project'"
	}
	if kind, ok := strings.CutPrefix(rest, "ref_type:"); ok {
		kind, rest, _ = strings.Cut(kind, ":")
		if !strings.Contains(kind, unknownPart) && kind != "branch" && kind != "tag" {
			return "'ref_type' is 'branch' or 'tag'"
		}
		if strings.HasPrefix(rest, "ref:refs/") {
			return "GitLab writes the bare name of a branch or tag behind 'ref:'"
		}
	}
	return ""
}

// terraformProblem judges
// organization:name:project:name:workspace:name:run_phase:plan, and leaves
// that of a stack alone.
func terraformProblem(s string) string {
	if i := strings.LastIndex(s, ":run_phase:"); i >= 0 {
		phase := s[i+len(":run_phase:"):]
		if !strings.Contains(phase, unknownPart) && phase != "plan" && phase != "apply" {
			return "'run_phase' is 'plan' or 'apply'"
		}
	}
	parts := strings.Split(s, ":")
	if strings.Contains(s, unknownPart) || strings.Contains(s, ":stack:") {
		return ""
	}
	for i, key := range []string{"organization", "project", "workspace", "run_phase"} {
		if 2*i+1 >= len(parts) || parts[2*i] != key || parts[2*i+1] == "" {
			return fmt.Sprintf("'%s:…' is missing: it is written 'organization:…:project:…:workspace:…:run_phase:…'", key)
		}
	}
	return ""
}

const serviceAccount = "system:serviceaccount:"

// kubernetesProblem judges system:serviceaccount:namespace:name.
func kubernetesProblem(s string) string {
	rest, ok := strings.CutPrefix(s, serviceAccount)
	if !ok {
		literal, _, open := strings.Cut(s, unknownPart)
		if open && strings.HasPrefix(serviceAccount, literal) {
			return ""
		}
		return "it is written 'system:serviceaccount:namespace:name'"
	}
	parts := strings.Split(rest, ":")
	if len(parts) > 2 || len(parts) < 2 && !strings.Contains(rest, unknownPart) {
		return "it is written 'system:serviceaccount:namespace:name'"
	}
	for _, part := range parts {
		if part == "" || !isDNSName(part) {
			return "names in Kubernetes have lower-case letters, digits, '-' and '.' only"
		}
	}
	return ""
}

func isDNSName(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-."+unknownPart) == ""
}
