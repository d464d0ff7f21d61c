package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// KeyVaultReference begins a setting whose value App Service reads from Key
// Vault, as the app.
// https://learn.microsoft.com/azure/app-service/app-service-key-vault-references
const KeyVaultReference = "@Microsoft.KeyVault("

// settingUses adds what the settings of sites tell.
func (a *Access) settingUses() {
	for _, s := range a.Sites() {
		for _, one := range s.Settings {
			when, together := one.When, true
			if one.On != s.Host {
				when, together = one.When.And(one.On.When)
			}
			if !together {
				continue
			}
			for _, t := range a.settingTargets(one) {
				a.addUse(Use{Host: s.Host, Target: t, Key: holdsKey(one.Value), At: one.Value.At, When: when})
			}
		}
	}
}

func (a *Access) settingTargets(one Setting) []Target {
	if name, ok := vaultName(one.Value); ok {
		s, _ := azure.ServiceOf("Microsoft.KeyVault/vaults")
		return readOnly(a.target(s, name))
	}
	if hasPrefix(strings.TrimSpace(one.Value.Prefix()), KeyVaultReference) {
		return readOnly(a.TargetsIn(one.Value))
	}
	found := a.TargetsIn(one.Value)
	if s, _ := azure.ServiceOf("Microsoft.Storage/storageAccounts"); hasSuffix(one.Name, "__accountName") && (one.Value.Kind == value.String || one.Value.Kind == value.Text) {
		found = a.target(s, one.Value)
	}
	if isHostStorage(one.Name) {
		for i := range found {
			found[i].Service = hostStorage(found[i].Service)
		}
	}
	return found
}

// readOnly leaves out of a use what writing would need.
func readOnly(targets []Target) []Target {
	for i := range targets {
		targets[i].Writer = ""
	}
	return targets
}

// hostStorage says what the host of functions does in its storage account.
// https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
func hostStorage(s azure.Service) azure.Service {
	switch s.Domain {
	case ".blob.core.windows.net":
		s.Does, s.Role, s.Writer = "keeps its state in", "Storage Blob Data Owner", ""
	case ".queue.core.windows.net", ".table.core.windows.net":
		s.Does, s.Role, s.Writer = "keeps its state in", s.Writer, ""
	}
	return s
}

// hostStorageSetting holds the connection string of that account, or begins
// what takes its place.
const hostStorageSetting = "AzureWebJobsStorage"

// isHostStorage tells whether a setting is one by which the host of functions
// signs in to its storage account.
func isHostStorage(name string) bool { return hasPrefix(name, hostStorageSetting+"__") }

// IsStorageConnection tells whether a setting names a storage account that the
// app signs in to by identity.
// https://learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection
func IsStorageConnection(name string) bool {
	for _, suffix := range []string{"__accountName", "__blobServiceUri", "__queueServiceUri", "__tableServiceUri"} {
		if hasSuffix(name, suffix) {
			return true
		}
	}
	return false
}

func hasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && value.FoldEqual(s[len(s)-len(suffix):], suffix)
}

// vaultName is the name in a Key Vault reference that gives one.
func vaultName(v value.Value) (value.Value, bool) {
	const before = "VaultName="
	if !hasPrefix(strings.TrimSpace(v.Prefix()), KeyVaultReference) {
		return value.None, false
	}
	var name []value.Value
	found := false
	for _, p := range v.Parts() {
		text := p.Literal
		switch at := strings.Index(value.Fold(text), value.Fold(before)); {
		case p.Hole != nil && found:
			name = append(name, value.OfSymbol(p.Hole))
			continue
		case !found && at < 0:
			continue
		case !found:
			text, found = text[at+len(before):], true
		}
		head, more := beforeAny(text, ";)")
		name = append(name, value.OfString(strings.TrimSpace(head)))
		if more {
			break
		}
	}
	return value.Join(name...), found
}

// holdsKey tells whether a text is a connection string with a key.
func holdsKey(v value.Value) bool {
	for _, p := range v.Parts() {
		text := value.Fold(p.Literal)
		if strings.Contains(text, "key=") || strings.Contains(text, "signature=") || strings.Contains(text, "sig=") {
			return true
		}
		if p.Hole != nil {
			if ref, _ := eval.ReferenceOf(value.OfSymbol(p.Hole)); ref != nil && ref.List != "" {
				return true
			}
		}
	}
	return false
}
