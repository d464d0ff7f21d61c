package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// GP010 reports workloads that administer databases of Azure Data Explorer,
// and access for other tenants.
var GP010 = add("GP010", func(p *Pass) {
	for g := range p.Access.GrantsOn(facts.Kusto) {
		p.kustoAdmin(g)
		p.foreignTenant(g.Resource, g.Entry.Get("tenantId"), "properties", "tenantId")
	}
	for r := range p.deployed {
		if r.Is("Microsoft.Kusto/clusters") {
			p.trustedTenants(r)
		}
	}
})

func (p *Pass) kustoAdmin(g *facts.Grant) {
	kind, _ := g.Entry.Get("principalType").Str()
	if !value.FoldEqual(kind, "App") {
		return
	}
	isAdmin := func(v value.Value) bool {
		s, ok := v.Str()
		return ok && (value.FoldEqual(s, "AllDatabasesAdmin") || value.FoldEqual(s, "Admin"))
	}
	for _, alt := range firing(g.Rights, isAdmin) {
		role, _ := alt.Value.Str()
		p.report("administrator", Finding{
			At: p.memberPlace(g.Resource, alt.Value, "role"), Resource: g.Resource, When: alt.When, Path: "properties.role",
			Message: fmt.Sprintf("an application gets the role '%s', which may change tables, policies and who has access; for writing data 'Ingestor' is enough, for reading 'Viewer'", role),
			Related: because(g.Resource, "the role", "properties", "role"),
		})
	}
}

// foreignTenant reports a tenant that is known to be another than the one that
// is deployed to.
func (p *Pass) foreignTenant(r *eval.Resource, tenant value.Value, path ...string) {
	id, known := tenant.Str()
	own := p.Unit.Deployment.Tenant
	if !known || !facts.IsGUID(id) || own == "" || value.FoldEqual(id, own) {
		return
	}
	p.report("foreign tenant", Finding{
		At: p.memberPlace(r, tenant, path[len(path)-1]), Resource: r, Path: "properties.tenantId",
		Message: fmt.Sprintf("the principal is of the tenant '%s', which is not the one that is deployed to", id),
	})
}

func (p *Pass) trustedTenants(r *eval.Resource) {
	found, _ := places(r.Body(), "properties.trustedExternalTenants[].value")
	for _, at := range found {
		if s, ok := at.Value.Str(); !ok || s != "*" || at.Offered {
			continue
		}
		p.report("foreign tenant", Finding{
			At: spot(r, "properties", "trustedExternalTenants"), Resource: r, When: at.When, Path: "properties.trustedExternalTenants",
			Message: fmt.Sprintf("the cluster '%s' trusts principals of every tenant", called(r)),
		})
	}
}
