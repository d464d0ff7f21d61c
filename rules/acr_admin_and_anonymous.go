package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// CR003 reports container registries with the admin user or anonymous pull,
// and tokens for all that is in a registry.
var CR003 = add("CR003", func(p *Pass) {
	for r := range p.deployed {
		switch {
		case r.Is("Microsoft.ContainerRegistry/registries"):
			p.judgeRegistry(r)
		case r.Is("Microsoft.ContainerRegistry/registries/tokens"):
			p.judgeRegistryToken(r)
		}
	}
})

// https://learn.microsoft.com/azure/container-registry/container-registry-authentication#admin-account
var registryAdmin = authSwitch{path: "properties.adminUserEnabled", bad: "true", good: "false"}

// https://learn.microsoft.com/azure/container-registry/anonymous-pull-access
var registryAnonymous = authSwitch{
	path: "properties.anonymousPullEnabled", bad: "true", good: "false",
	since: "2020-11-01-preview", lacks: []string{"2021-09-01", "2022-12-01", "2023-07-01"},
}

func (p *Pass) judgeRegistry(r *eval.Resource) {
	registryAdmin.report(p, r, "admin",
		fmt.Sprintf("'adminUserEnabled' is true: whoever has the password of '%s' may pull, push and delete its images", called(r)))
	registryAnonymous.report(p, r, "anonymous",
		fmt.Sprintf("'anonymousPullEnabled' is true: anyone may pull the images of '%s' without a sign-in", called(r)))
}

// judgeRegistryToken reports tokens of the built-in scope map for everything.
// https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions
func (p *Pass) judgeRegistryToken(r *eval.Resource) {
	if mayHave(r, "properties.status", "disabled") {
		return
	}
	found, _ := places(r.Body(), "properties.scopeMapId")
	for _, at := range found {
		segments, _ := at.Value.Segments()
		if s, _ := segments[len(segments)-1].Str(); at.Offered || !value.FoldEqual(s, "_repositories_admin") {
			continue
		}
		p.report("token", Finding{
			At: spot(r, "properties", "scopeMapId"), Resource: r, Path: "properties.scopeMapId", When: at.When,
			Message: fmt.Sprintf("the token '%s' may pull, push and delete all images of its registry, by a password", called(r)),
			Related: because(r, "the scope map", "properties", "scopeMapId"),
		})
	}
}
