package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// Target is a service that a value leads to.
type Target struct {
	azure.Service
	Resource *eval.Resource // nil if it is not part of the unit
	Name     value.Value    // of the resource, as far as it is known
}

// TargetsIn returns the services whose addresses stand in a value: written
// out, or read from the resource.
func (a *Access) TargetsIn(v value.Value) []Target {
	var out []Target
	parts := v.Parts()
	for i, p := range parts {
		if p.Hole != nil {
			out = append(out, a.readTargets(p.Hole, 0)...)
			continue
		}
		text := value.Fold(p.Literal)
		for _, s := range azure.Services() {
			if at := strings.Index(text, s.Domain); at >= 0 {
				out = append(out, a.target(s, addressName(parts[:i], p.Literal[:at]))...)
			}
		}
	}
	return out
}

// readTargets finds what a symbol was read from.
func (a *Access) readTargets(s *value.Symbol, depth int) []Target {
	if ref, path := eval.ReferenceOf(value.OfSymbol(s)); ref != nil {
		return a.readTarget(ref, path)
	}
	if depth > 6 || s.Type == value.TypeBool || s.Type == value.TypeInt {
		return nil
	}
	var out []Target
	for _, arg := range s.Args {
		for _, p := range arg.Parts() {
			if p.Hole != nil {
				out = append(out, a.readTargets(p.Hole, depth+1)...)
			}
		}
	}
	return out
}

// readTarget is the service whose address a reference reads.
func (a *Access) readTarget(ref *eval.Reference, path []string) []Target {
	id, ok := resourceid.Parse(ref.ID)
	if r := ref.Resource(); r != nil {
		id, ok = resourceid.Parse(r.ID())
	}
	if ref.List != "" || !ok || len(id.Names) == 0 {
		return nil
	}
	if len(path) > 0 && value.FoldEqual(path[0], "properties") {
		path = path[1:]
	}
	member := strings.Join(path, ".")
	resourceType := id.Type
	if value.FoldEqual(id.Type, "Microsoft.KeyVault/vaults/secrets") && hasPrefix(member, "secretUri") {
		resourceType, member = "Microsoft.KeyVault/vaults", "vaultUri"
	}
	for _, s := range azure.Services() {
		if s.Member != "" && value.FoldEqual(s.Type, resourceType) && value.FoldEqual(s.Member, member) {
			return []Target{a.targetAt(s, resourceid.Join(id.Scope, s.Type, id.Names[:1]), id.Names[0])}
		}
	}
	return nil
}

func hasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && value.FoldEqual(s[:len(prefix)], prefix)
}

// targetAt is the target with a known id.
func (a *Access) targetAt(s azure.Service, id, name value.Value) Target {
	return ofKind(Target{Service: s, Resource: a.Unit.Deployment.Lookup(id), Name: name})
}

// target is the service called by a name, which no two resources of its type
// share. Where the addresses of two types are alike, only a resource tells.
func (a *Access) target(s azure.Service, name value.Value) []Target {
	t := Target{Service: s, Name: name}
	if text, known := name.Str(); known && text == "" {
		return nil
	}
	key := resourceid.Key(name)
	for _, r := range a.Unit.Deployment.Resources {
		if r.State != eval.NotDeployed && r.Is(s.Type) && (t.Resource == nil || t.Resource.Existing) && resourceid.Key(r.Name()) == key {
			t.Resource = r
		}
	}
	if t.Resource == nil && s.Domain == ".servicebus.windows.net" {
		return nil
	}
	return []Target{ofKind(t)}
}

// ofKind looks at what kind of account it is.
func ofKind(t Target) Target {
	if t.Resource == nil || !t.Resource.Is("Microsoft.CognitiveServices/accounts") {
		return t
	}
	if kind, _ := t.Resource.Get("kind").Str(); value.FoldEqual(kind, "OpenAI") {
		for _, s := range azure.Services() {
			if s.Domain == ".openai.azure.com" {
				t.Service = s
			}
		}
	}
	return t
}

// addressName is the name that ends where an address goes on with its domain:
// the first label behind the last mark that no name has.
func addressName(parts []value.Part, last string) value.Value {
	texts := []value.Part{{Literal: last}}
	for !strings.ContainsAny(texts[0].Literal, nameMarks) && len(parts) > 0 {
		texts = append([]value.Part{parts[len(parts)-1]}, texts...)
		parts = parts[:len(parts)-1]
	}
	var name []value.Value
	for i, p := range texts {
		if p.Hole != nil {
			name = append(name, value.OfSymbol(p.Hole))
			continue
		}
		text := p.Literal
		if i == 0 {
			text = text[strings.LastIndexAny(text, nameMarks)+1:]
		}
		label, _, more := strings.Cut(text, ".")
		name = append(name, value.OfString(label))
		if more {
			break
		}
	}
	return value.Join(name...)
}

const nameMarks = "/|=;@,\"' "
