package facts

import (
	"iter"

	"github.com/rolecall/rolecall/parser/eval"
)

// Plane says which of Azure's systems of access a grant belongs to.
type Plane uint8

// The planes. All but the first are read when a rule first asks for one.
const (
	RBAC                Plane = iota // role assignments
	PIMActive                        // requests for active role assignments
	PIMEligible                      // requests for eligible role assignments
	Lighthouse                       // standing authorizations of another tenant
	LighthouseEligible               // authorizations that are activated when needed
	ManagedApplication               // what the publisher of a managed application may do
	PolicyRemediation                // the roles that a policy definition asks for
	KeyVaultPolicy                   // access policies of vaults
	Cosmos                           // data-plane roles of Cosmos DB
	Kusto                            // principal assignments of Kusto and Synapse pools
	Redis                            // access policies of caches
	DatabaseAdmin                    // Microsoft Entra administrators of database servers
	GraphAppRole                     // application and delegated permissions of Microsoft Graph
	FederatedCredential              // foreign tokens that stand for an identity
	OtherPlane                       // administrators and permissions of single services
)

var planeNames = [...]string{
	"Azure role", "active PIM request", "eligible PIM request", "Lighthouse authorization", "eligible Lighthouse authorization",
	"managed application", "policy remediation", "Key Vault access policy", "Cosmos DB role", "Kusto role", "Redis access policy",
	"database administrator", "Microsoft Graph permission", "federated credential", "other",
}

func (p Plane) String() string { return planeNames[p] }

// GrantsOn yields the grants on the planes that are or may be deployed.
func (a *Access) GrantsOn(planes ...Plane) iter.Seq[*Grant] {
	return func(yield func(*Grant) bool) {
		for _, p := range planes {
			for _, g := range a.onPlane(p) {
				if g.Resource.State != eval.NotDeployed && !yield(g) {
					return
				}
			}
		}
	}
}

// onPlane reads the grants of a plane once.
func (a *Access) onPlane(p Plane) []*Grant {
	if p == RBAC {
		return a.Grants
	}
	if a.planes == nil {
		a.planes = a.otherPlanes()
	}
	return a.planes[p]
}

// planeReaders read the grants of a resource on planes other than role
// assignments. Each stands in a file of its own.
var planeReaders = []func(*Access, *eval.Resource) []*Grant{
	pimGrants,
	lighthouseGrants,
	publisherGrants,
	keyVaultGrants,
	redisGrants,
	cosmosGrants,
	kustoGrants,
	databaseGrants,
	graphGrants,
	environmentGrants,
}

func (a *Access) otherPlanes() map[Plane][]*Grant {
	out := map[Plane][]*Grant{}
	for _, r := range a.Unit.Deployment.Resources {
		if r.Existing || r.State == eval.NotDeployed {
			continue
		}
		for _, read := range planeReaders {
			for _, g := range read(a, r) {
				out[g.Plane] = append(out[g.Plane], g)
			}
		}
	}
	return out
}
