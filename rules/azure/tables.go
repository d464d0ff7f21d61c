package azure

import "strings"

// Tables tells what is known of resource types and roles, and remembers it: templates have few of them, and rules ask
// about each again and again. It belongs to one goroutine. The zero Tables is ready for use; what it returns is shared,
// and not to be changed.
type Tables struct {
	roles      answers[RoleDefinition]
	supports   answers[Support]
	infos      answers[TypeInfo]
	hosts      answers[Host]
	references answers[[]Reference]
	names      answers[[]string] // see namesBelow
}

// Role is [RoleByID].
func (t *Tables) Role(guid string) (RoleDefinition, bool) { return t.roles.of(guid, RoleByID) }

// Support is [IdentitySupport].
func (t *Tables) Support(resourceType string) (Support, bool) {
	return t.supports.of(resourceType, IdentitySupport)
}

// Info is [ResourceType].
func (t *Tables) Info(resourceType string) (TypeInfo, bool) {
	return t.infos.of(resourceType, ResourceType)
}

// Host is [HostOf].
func (t *Tables) Host(resourceType string) (Host, bool) {
	return t.hosts.of(resourceType, HostOf)
}

// References is [References].
func (t *Tables) References(resourceType string) []Reference {
	refs, _ := t.references.of(resourceType, func(resourceType string) ([]Reference, bool) { return References(resourceType), true })
	return refs
}

// answers are what a table knows, by the key as it was asked for.
type answers[T any] map[string]answer[T]

type answer[T any] struct {
	found T
	ok    bool
}

// maxAnswers is how many answers are kept: more than any template needs.
const maxAnswers = 4096

func (m *answers[T]) of(key string, find func(string) (T, bool)) (T, bool) {
	a, known := (*m)[key]
	if !known {
		if *m == nil || len(*m) == maxAnswers {
			*m = answers[T]{}
		}
		a.found, a.ok = find(key)
		(*m)[strings.Clone(key)] = a // the text may be part of a file
	}
	return a.found, a.ok
}
