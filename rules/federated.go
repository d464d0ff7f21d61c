package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

const federatedCredentials = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials"

// isFederated tells whether a resource is a federated credential of a
// user-assigned identity or, out of the Microsoft Graph extension, of an
// application.
func isFederated(r *eval.Resource) bool {
	name, _, _ := strings.Cut(r.Type, "@")
	return r.Is(federatedCredentials) || value.FoldEqual(name, "Microsoft.Graph/applications/federatedIdentityCredentials")
}

// federated yields the federated credentials that are or may be deployed and
// whose properties are known to be an object, skeletons left out.
func (p *Pass) federated(yield func(*eval.Resource, *value.ObjectValue) bool) {
	for r := range p.deployed {
		if !isFederated(r) {
			continue
		}
		o := r.Get("properties").Object()
		if o == nil || isSkeleton(o.Get("subject")) || isSkeleton(o.Get("issuer")) {
			continue
		}
		if !yield(r, o) {
			return
		}
	}
}

func isSkeleton(v value.Value) bool {
	s, ok := v.Str()
	return ok && isPlaceholder(s)
}

// federatedTexts returns the texts at a path of the credential that the template itself
// chooses. The empty default of a parameter is for somebody to fill in.
func federatedTexts(r *eval.Resource, path string) []place {
	var out []place
	found, _ := places(r.Body(), path)
	for _, p := range found {
		if _, feasible := p.When.And(r.When); !feasible || p.Offered || !p.Value.IsStringLike() || isDefaultEmpty(p.Value) {
			continue
		}
		out = append(out, p)
	}
	return out
}

func isDefaultEmpty(v value.Value) bool {
	s, ok := v.Str()
	return ok && s == "" && v.Flags&value.Default != 0
}

// issuerKind is who issues the tokens that a credential takes.
type issuerKind uint8

const (
	otherIssuer issuerKind = iota
	gitHub
	gitLab
	terraformCloud
	kubernetes
)

var issuerNames = [...]string{"", "GitHub", "GitLab", "HCP Terraform", "Kubernetes"}

// issuerHosts are issuers by their host, and the name that their tokens have
// for them.
var issuerHosts = []struct {
	host string
	kind issuerKind
}{
	{"token.actions.githubusercontent.com", gitHub},
	{"gitlab.com", gitLab},
	{"app.terraform.io", terraformCloud},
	{"app.eu.terraform.io", terraformCloud},
}

// aksIssuer is how the issuers of Azure Kubernetes Service go on behind the
// region.
const aksIssuer = ".oic.prod-aks.azure.com/"

// issuerOf tells who an issuer is, and its host if that is all there is to it.
func issuerOf(v value.Value) (kind issuerKind, host string) {
	if ref, path := eval.ReferenceOf(v); ref != nil && len(path) > 0 && value.FoldEqual(path[len(path)-1], "issuerURL") {
		return kubernetes, ""
	}
	s := value.Fold(strings.TrimSpace(literals(v)))
	if strings.Contains(s, aksIssuer) {
		return kubernetes, ""
	}
	_, rest, found := strings.Cut(s, "://")
	if !found {
		rest = s
	}
	for _, i := range issuerHosts {
		if after, ok := strings.CutPrefix(rest, i.host); ok && (after == "" || after[0] == '/') {
			if after == "" || after == "/" {
				host = i.host
			}
			return i.kind, host
		}
	}
	return otherIssuer, ""
}

// issuersOf are the issuers that a credential may have, under the condition
// for its subject.
func issuersOf(r *eval.Resource, when value.Condition) issuerKind {
	kind, first := otherIssuer, true
	found, _ := places(r.Body(), "properties.issuer")
	for _, p := range found {
		if _, feasible := p.When.And(when); !feasible {
			continue
		}
		k, _ := issuerOf(p.Value)
		if !first && k != kind {
			return otherIssuer
		}
		kind, first = k, false
	}
	return kind
}
