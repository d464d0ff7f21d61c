package rules

import (
	"fmt"
	"go/token"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// ID007 reports expressions that read the identity of a resource out of its
// properties, which is what reference() yields without 'Full', or the other
// way round.
var ID007 = add("ID007", func(p *Pass) {
	for _, f := range p.Unit.Files {
		for _, m := range p.misreads(f) {
			for _, o := range p.ownersOf(m.span(m.member)) {
				if p.reportMisread(m, o) {
					break
				}
			}
		}
	}
})

// reportMisread reports m if it surely fails where the owner is deployed.
func (p *Pass) reportMisread(m misread, o holding) bool {
	v := o.env.Eval(piece{m.tree, m.call})
	fault := ""
	for _, alt := range v.Alternatives() {
		ref, path := eval.ReferenceOf(alt.Value)
		if ref == nil || len(path) > 0 {
			return false
		}
		if fault = p.faultOfRead(m, typeRead(ref)); fault == "" {
			return false
		}
	}
	f := Finding{
		At: m.span(m.member), Resource: o.resource, Message: fault,
		Path: o.memberPath(m.tree, m.tree.F.File), Fixes: p.mendRead(m, v),
	}
	p.report("not full", f)
	return true
}

// systemIdentity is the type by which the system-assigned identity of a
// resource is read.
const systemIdentity = "Microsoft.ManagedIdentity/Identities"

// typeRead is the type of the resource that is referred to, "" if it is not
// known.
func typeRead(ref *eval.Reference) string {
	if ref.IsSystemIdentity() {
		return systemIdentity
	}
	if r := ref.Resource(); r != nil {
		return r.Type
	}
	id, _ := resourceid.Parse(ref.ID)
	return id.Type
}

// faultOfRead says why the member cannot be read from a resource of the type,
// "" if it may be.
func (p *Pass) faultOfRead(m misread, resourceType string) string {
	name := m.member.Text
	if resourceid.Is(resourceType, facts.UserAssignedIdentities, systemIdentity) {
		switch {
		case m.full:
			return fmt.Sprintf("with 'Full' reference() yields the whole identity, whose '%s' stands below 'properties'", name)
		case m.below != nil:
			return fmt.Sprintf("without 'Full' reference() yields the properties of the identity: '%s' stands in them, 'properties' does not", m.below.Text)
		}
		return "the properties of an identity have no 'identity': principalId and clientId stand in them"
	}
	t, known := p.Access.Tables().Info(resourceType)
	if s, ok := p.Access.Tables().Support(resourceType); !known || !t.RootIdentity || ok && s.Doubtful || azure.HasPropertiesIdentity(resourceType) {
		return ""
	}
	switch {
	case m.full && value.FoldEqual(name, "clientId"):
		return "" // there is none to be read elsewhere
	case m.full:
		return fmt.Sprintf("with 'Full' reference() yields the whole resource, whose '%s' stands below 'identity'", name)
	case m.below != nil:
		return ""
	}
	return fmt.Sprintf("without 'Full' reference() yields the properties of '%s', which have no 'identity'", t.Type)
}

// mendRead is the fix that reads the member from where it is.
func (p *Pass) mendRead(m misread, v value.Value) []Fix {
	ref, _ := eval.ReferenceOf(v)
	if ref == nil || m.tree.N.HasEscapes() {
		return nil
	}
	identity := resourceid.Is(typeRead(ref), facts.UserAssignedIdentities, systemIdentity)
	name := m.span(m.member)
	mend := func(message string, from, to token.Pos, text string) []Fix {
		return respell(p.Unit, spanOfTree(m.tree), message, true, Edit{Pos: from, End: to, New: text})
	}
	switch {
	case m.full && identity:
		return mend("read it from the properties", name.Pos(), name.EndPos(), "properties."+m.member.Text)
	case m.full:
		return mend("read it from the identity", name.Pos(), name.EndPos(), "identity."+m.member.Text)
	case m.below != nil:
		return mend("read it directly", name.Pos(), m.span(m.below).Pos(), "")
	case identity:
		return nil
	}
	args := m.call.Args
	last := args[len(args)-1]
	start, end := m.tree.Offset(last.Start), m.tree.Offset(last.End)
	text := ", 'Full'"
	if len(args) == 1 {
		version, ok := "", false
		if r := ref.Resource(); r != nil {
			version, ok = r.APIVersion().Str()
		}
		if !ok {
			return nil
		}
		text = ", " + expr.Quote(version) + text
	}
	base := token.Pos(m.tree.F.Base)
	return mend("ask for the whole resource", start, end, m.tree.F.Text[start-base:end-base]+text)
}
