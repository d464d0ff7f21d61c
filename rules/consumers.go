package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// creationNeed is a right that a resource needs while it is created.
type creationNeed struct {
	what     string      // what it does with the right
	identity value.Value // the id of the identity that needs it; Missing: each one that the resource has
	action   string      // the operation; "" if only the author knows which
	data     bool        // the operation is one on data
	when     value.Condition
}

// creationNeeds returns what a resource needs its user-assigned identities
// for while it is created. Only what surely happens then counts: a script
// runs, an image is pulled, a secret or key is read.
func creationNeeds(r *eval.Resource) []creationNeed {
	switch {
	case r.Is("Microsoft.Resources/deploymentScripts"):
		return []creationNeed{{what: "runs its script"}}
	case r.Is("Microsoft.App/containerApps"):
		pull := registryPulls(r, "properties.configuration.registries[]", "properties.template.containers[].image", "properties.template.initContainers[].image")
		return append(pull, appSecrets(r)...)
	case r.Is("Microsoft.ContainerInstance/containerGroups"):
		return registryPulls(r, "properties.imageRegistryCredentials[]", "properties.containers[].properties.image", "properties.initContainers[].properties.image")
	case r.Is("Microsoft.Network/applicationGateways"):
		return gatewaySecrets(r)
	case r.Is("Microsoft.Storage/storageAccounts"):
		return storageEncryption(r)
	case r.Is("Microsoft.ContainerService/managedClusters"):
		return kubeletIdentity(r)
	}
	return nil
}

// registryPulls are the registries that an image comes from and an identity signs in
// to.
func registryPulls(r *eval.Resource, registries string, images ...string) []creationNeed {
	var out []creationNeed
	found, _ := places(r.Body(), registries)
	for _, p := range found {
		server, id := p.Value.Get("server"), p.Value.Get("identity")
		for _, path := range images {
			uses, _ := places(r.Body(), path)
			for _, image := range uses {
				if when, ok := p.When.And(image.When); ok && !p.Offered && !image.Offered && isResourceID(id) && isFromRegistry(image.Value, server) {
					out = append(out, creationNeed{what: "pulls its image", identity: id, action: "Microsoft.ContainerRegistry/registries/pull/read", when: when})
				}
			}
		}
	}
	return out
}

// isFromRegistry tells whether the text of an image surely begins with the name
// of a registry.
func isFromRegistry(image, server value.Value) bool {
	p, q := image.Parts(), server.Parts()
	if len(q) == 0 || len(p) < len(q) {
		return false
	}
	for i, part := range q {
		switch {
		case part.Hole != nil:
			if p[i].Hole == nil || p[i].Hole.Key != part.Hole.Key {
				return false
			}
		case p[i].Hole != nil || !strings.HasPrefix(value.Fold(p[i].Literal), value.Fold(part.Literal)):
			return false
		case i < len(q)-1 && len(p[i].Literal) != len(part.Literal):
			return false
		}
	}
	return true
}

// isResourceID tells whether a value is an id, and no keyword such as system.
func isResourceID(v value.Value) bool {
	_, ok := resourceid.Parse(v)
	return ok
}

const getSecretAction = "Microsoft.KeyVault/vaults/secrets/getSecret/action"

// appSecrets are the secrets of a container app that it reads from a vault.
func appSecrets(r *eval.Resource) []creationNeed {
	var out []creationNeed
	found, _ := places(r.Body(), "properties.configuration.secrets[]")
	for _, p := range found {
		if id := p.Value.Get("identity"); !p.Offered && isResourceID(id) && !p.Value.Get("keyVaultUrl").IsNull() {
			out = append(out, creationNeed{what: "reads its secrets", identity: id, action: getSecretAction, data: true, when: p.When})
		}
	}
	return out
}

// gatewaySecrets are the certificates that an application gateway reads from
// a vault.
func gatewaySecrets(r *eval.Resource) []creationNeed {
	var out []creationNeed
	found, _ := places(r.Body(), "properties.sslCertificates[].properties.keyVaultSecretId")
	for _, p := range found {
		if s, known := p.Value.Str(); !p.Offered && (!known || s != "") && p.Value.IsStringLike() {
			out = append(out, creationNeed{what: "reads its certificates", action: getSecretAction, data: true, when: p.When})
		}
	}
	return out
}

// storageEncryption is the key of the customer that encrypts a storage account.
func storageEncryption(r *eval.Resource) []creationNeed {
	source, _ := r.Get("properties", "encryption", "keySource").Str()
	id := r.Get("properties", "encryption", "identity", "userAssignedIdentity")
	if !value.FoldEqual(source, "Microsoft.Keyvault") || !isResourceID(id) {
		return nil
	}
	return []creationNeed{{what: "wraps its key", identity: id, action: "Microsoft.KeyVault/vaults/keys/wrap/action", data: true}}
}

// kubeletIdentity is the identity of the nodes, which the cluster's own has to assign.
func kubeletIdentity(r *eval.Resource) []creationNeed {
	if !isResourceID(r.Get("properties", "identityProfile", "kubeletidentity", "resourceId")) {
		return nil
	}
	return []creationNeed{{what: "assigns the identity of its nodes", action: "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"}}
}

// serves tells whether the role of a grant surely permits what is needed, and
// its scope can hold the target. It is Maybe if the role is not known.
func (n creationNeed) serves(g *facts.Grant) value.Tri {
	if n.action == "" {
		return value.Yes
	}
	if id, ok := resourceid.Parse(g.Scope); g.Level == resourceid.Resource && ok && !value.FoldEqual(providerOf(id.Type), providerOf(n.action)) {
		return value.No
	}
	if len(g.Roles) == 0 {
		return value.Maybe
	}
	answer := value.No
	for _, role := range g.Roles {
		switch {
		case !role.Known || role.Offered:
			return value.Maybe
		case n.allowed(role.Blocks()):
			answer = value.Yes
		}
	}
	return answer
}

func (n creationNeed) allowed(blocks []azure.Permissions) bool {
	for _, b := range blocks {
		if n.data && b.AllowsData(n.action) || !n.data && b.Allows(n.action) {
			return true
		}
	}
	return false
}

func providerOf(path string) string {
	ns, _, _ := strings.Cut(path, "/")
	return ns
}
