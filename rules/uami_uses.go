package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// identityUses knows which user-assigned identities a unit uses. What it looks
// through, it looks through once for all of them.
type identityUses struct {
	p     *Pass
	hosts func() bool               // see hasHosts
	named map[*eval.Resource]bool   // by grants and properties; nil until it is asked for
	ids   map[string]bool           // the same, by the keys of their ids
	texts map[*template.File]string // of files, in lower case
}

// none tells whether an identity is attached to nothing, granted nothing and
// named nowhere, in a unit with resources that could use it.
func (u *identityUses) none(r *eval.Resource) bool {
	return u.hosts() && len(u.p.Access.HostsOf(facts.Principal{Resource: r})) == 0 && !u.granted(r) && !u.elsewhere(r)
}

// hasHosts tells whether the unit deploys something that takes user-assigned
// identities, other than deployments.
func (p *Pass) hasHosts() bool {
	for r := range p.deployed {
		if s, ok := p.Access.Tables().Support(r.Type); ok && s.User && r.Instance.Embedded == "" && !r.Is("Microsoft.Resources/deployments") {
			return true
		}
	}
	return false
}

// granted tells whether a grant is for the identity, or a resource names it.
func (u *identityUses) granted(r *eval.Resource) bool {
	if u.named == nil {
		u.named, u.ids = map[*eval.Resource]bool{}, map[string]bool{}
		for plane := facts.RBAC; plane <= facts.OtherPlane; plane++ {
			for g := range u.p.Access.GrantsOn(plane) {
				u.add(g.Principal)
			}
		}
		for host := range u.p.deployed {
			for _, usage := range u.p.Access.Usages(host) {
				u.add(usage.Principal)
			}
		}
		delete(u.ids, "")
	}
	return u.named[r] || u.ids[resourceid.Key(r.ID())]
}

func (u *identityUses) add(p facts.Principal) {
	switch {
	case p.System || !p.IsIdentity():
	case p.Resource != nil:
		u.named[p.Resource] = true
		u.ids[resourceid.Key(p.Resource.ID())] = true
	default:
		u.ids[resourceid.Key(p.Outside)] = true
	}
}

// elsewhere tells whether the file names the identity in a second place: by its
// symbolic name, or by what gives it its name.
func (u *identityUses) elsewhere(r *eval.Resource) bool {
	name := nodeAt(u.p.Unit, spot(r, "name"))
	if name.IsZero() {
		return true
	}
	f, needle := u.p.Unit.File(spot(r, "name").Pos()), strings.Trim(name.Text(), "[]")
	if twice(f.Text, needle) {
		return true
	}
	text := u.text(f)
	if twice(text, value.Fold(needle)) {
		return true
	}
	symbol := value.Fold(r.Decl.Symbol)
	return symbol != "" && strings.Count(text, "'"+symbol+"'")+strings.Count(text, `"`+symbol+`"`) > 1
}

func (u *identityUses) text(f *template.File) string {
	if _, known := u.texts[f]; !known {
		u.texts[f] = value.Fold(f.Text)
	}
	return u.texts[f]
}

// twice tells whether a text holds another one more than once.
func twice(text, part string) bool {
	_, behind, _ := strings.Cut(text, part)
	return strings.Contains(behind, part)
}
