package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// UA005 reports what Azure itself fills in, and a template leaves out: client
// and principal ids in the map of identities or beside it. A null in the map
// is told as well: it takes the identity away.
var UA005 = add("UA005", func(p *Pass) {
	p.eachKey(func(r *eval.Resource, k mapKey, when value.Condition) {
		for _, alt := range k.Value.Alternatives() {
			both, ok := joined(when, alt.When)
			if ok && !alt.Offered {
				p.notEmpty(r, k, alt.Value, both)
			}
		}
	})
	for r := range p.deployed {
		if _, ok := p.judgeable(r.Type); ok {
			p.readOnlyBlock(r)
		}
	}
})

func (p *Pass) notEmpty(r *eval.Resource, k mapKey, v value.Value, when value.Condition) {
	f := Finding{
		At: k.At, Resource: r, Path: "identity.userAssignedIdentities", When: when, Related: k.related(r),
	}
	if !k.Named && inside(k.Value.At, r.Body().At) {
		f.Fixes = replace(p.Unit, k.Value.At, "make the value {}", "{}", true)
	}
	if v.Kind == value.Null {
		f.Message = "a null in userAssignedIdentities takes the identity away; to attach it the value is {}"
		p.report("null", f)
		return
	}
	members := readOnly(v, "principalId", "clientId")
	if len(members) == 0 && skeleton(v, "principalId", "clientId") {
		members = []string{"principalId", "clientId"}
	}
	if len(members) > 0 {
		f.Message = fmt.Sprintf("%s in userAssignedIdentities is read-only: Azure fills it in, the value is {}", strings.Join(members, " and "))
		p.report("read-only members", f)
	}
}

// skeleton tells whether an object has all the members and placeholders in
// them: a sample that is filled in keeps what does not belong there.
func skeleton(v value.Value, names ...string) bool {
	for _, name := range names {
		if s, ok := v.Object().Get(name).Str(); !ok || !isPlaceholder(s) {
			return false
		}
	}
	return true
}

// readOnly lists the members of an object that have a value, of those named.
func readOnly(v value.Value, names ...string) []string {
	var out []string
	for _, name := range names {
		switch m := v.Object().Get(name); m.Kind {
		case value.String, value.Text:
			if s, _ := m.Str(); m.Kind == value.Text || s != "" && !isPlaceholder(s) {
				out = append(out, name)
			}
		case value.Unknown:
			if m.Flags&value.Runtime != 0 || m.Symbol().NotNull {
				out = append(out, name)
			}
		}
	}
	return out
}

// readOnlyBlock judges the ids of the system-assigned identity, which Azure
// adds to the block.
func (p *Pass) readOnlyBlock(r *eval.Resource) {
	blocks, _ := places(r.Body(), "identity")
	for _, b := range blocks {
		members := readOnly(b.Value, "principalId", "tenantId")
		if b.Offered || len(members) == 0 {
			continue
		}
		p.report("read-only members", Finding{
			At: memberName(r, b.Value, members[0]), Resource: r, Path: "identity." + members[0], When: b.When,
			Message: fmt.Sprintf("%s in the identity block of '%s' is read-only: Azure fills it in", strings.Join(members, " and "), called(r)),
			Related: because(r, "the identity", "identity"),
		})
	}
}

// memberName is the name of a member of the identity block if it is written
// in the resource.
func memberName(r *eval.Resource, block value.Value, name string) value.Span {
	if at := nameOf(block, name); inside(at, r.Body().At) {
		return at
	}
	return spot(r, "identity")
}
