package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/value"
)

// ID004 reports identity blocks that do not say which kind of identity they
// are for. A block that is null is no block. Skeletons out of a documentation
// do have a type, "string", so they are not exempt.
var ID004 = add("ID004", func(p *Pass) {
	for r := range p.deployed {
		if _, ok := p.judgeable(r.Type); !ok {
			continue
		}
		cases := identityCases(r)
		for _, c := range cases {
			if c.Offered || !emptyBlock(c) || someTyped(cases, c) {
				continue
			}
			at := spot(r, "identity")
			if c.Type.Kind != value.Missing {
				at = spot(r, "identity", "type")
			}
			p.report("empty", Finding{
				At: at, Resource: r, Path: "identity.type", When: c.When,
				Message: fmt.Sprintf("the identity block of '%s' has no type: Azure rejects the deployment", called(r)),
				Related: because(r, "the identity block", "identity", "type"),
			})
		}
	}
})

// emptyBlock tells whether the block is surely there and its type is not.
func emptyBlock(c identityCase) bool {
	if c.Block == nil {
		return false
	}
	s, isText := c.Type.Str()
	return c.Type.IsNull() || isText && strings.TrimSpace(s) == ""
}

// someTyped tells whether the type of the same block is null only in one of
// several cases: what a caller has to choose for that is seldom meant.
func someTyped(cases []identityCase, c identityCase) bool {
	if !c.Type.IsNull() {
		return false
	}
	for _, other := range cases {
		if other.Block == c.Block && !other.Type.IsNull() {
			return true
		}
	}
	return false
}
