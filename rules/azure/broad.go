package azure

import (
	"slices"
	"strings"
)

// broadProviders is the number of providers from which a role is broad that may write everything of each.
const broadProviders = 10

// anyWrite is an operation of a provider that does not exist: who may do it may write everything.
const anyWrite = "Rolecall.Probe/things/write"

// broadEvidence is the pattern that covers every write, or else the last of the patterns that cover every write of one
// provider, if these are enough.
func broadEvidence(blocks []Permissions, conditioned bool) string {
	var providers []string
	last := ""
	for _, p := range blocks {
		if p.Condition != conditioned {
			continue
		}
		for _, pattern := range p.Actions {
			if strings.IndexByte(pattern, '*') < 0 {
				continue
			}
			if Match(pattern, anyWrite) && !matchAny(p.NotActions, anyWrite) {
				return pattern
			}
			if provider := p.wholeProvider(pattern); provider != "" && !containsFold(providers, provider) {
				providers, last = append(providers, provider), pattern
			}
		}
	}
	if len(providers) < broadProviders {
		return ""
	}
	return last
}

// wholeProvider is the provider of which the pattern covers every write, if the block does not take that away again.
func (p Permissions) wholeProvider(pattern string) string {
	provider, rest, found := strings.Cut(pattern, "/")
	if !found || strings.IndexByte(provider, '*') >= 0 || !Match(rest, "things/write") {
		return ""
	}
	if len(p.NotActions) > 0 && matchAny(p.NotActions, provider+"/things/write") {
		return ""
	}
	return provider
}

func containsFold(list []string, item string) bool {
	return slices.ContainsFunc(list, func(have string) bool { return equalFold(have, item) })
}
