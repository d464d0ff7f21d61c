package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// GP011 reports Microsoft Entra administrators of database servers that are a
// workload or a single person, and those that Azure rejects.
var GP011 = add("GP011", func(p *Pass) {
	for g := range p.Access.GrantsOn(facts.DatabaseAdmin) {
		switch hosts := p.codeHosts(g); {
		case p.adminRejected(g):
		case len(hosts) > 0:
			p.adminWorkload(g, hosts)
		default:
			p.adminUser(g)
		}
	}
})

// adminAt is the place of a member of the administrator.
func (p *Pass) adminAt(g *facts.Grant, member string) value.Span {
	if v := g.Entry.Get(member); !nodeAt(p.Unit, v.At).IsZero() && writtenIn(g.Resource, v.At) && !isContainer(v) {
		return v.At
	}
	if at := nameOf(g.Entry, member); writtenIn(g.Resource, at) {
		return at
	}
	return Head(g.Resource)
}

// adminRejected reports an object id that is none.
func (p *Pass) adminRejected(g *facts.Grant) bool {
	sid := g.Entry.Get("sid")
	bad := func(v value.Value) bool {
		s, ok := v.Str()
		return ok && s != "" && !facts.IsGUID(s) && !isPlaceholder(s)
	}
	found := firing(sid, bad)
	for _, alt := range found {
		p.report("rejected", Finding{
			At: p.adminAt(g, "sid"), Resource: g.Resource, When: alt.When, Path: "properties.sid",
			Message: fmt.Sprintf("the administrator of the database server is '%s', which is no object id", value.Show(alt.Value)),
		})
	}
	return len(found) > 0
}

func (p *Pass) adminWorkload(g *facts.Grant, hosts []facts.Attachment) {
	member := "sid"
	if g.Entry.Get(member).IsNull() {
		member = "principalName"
	}
	host := hosts[0].Host
	p.report("workload", Finding{
		At: p.adminAt(g, member), Resource: g.Resource, When: g.When, Path: "properties." + member,
		Message: fmt.Sprintf("%s is administrator of the whole database server: %s can read, change and drop every database", runs(host), who(g)),
		Related: append([]Related{{Head(host), "'" + called(host) + "' runs code"}, {hosts[0].At, "it runs with " + who(g)}}, others(hosts)...),
		Flow:    []Related{{Head(host), "'" + called(host) + "' runs code"}, {hosts[0].At, "it runs with " + who(g)}, {p.adminAt(g, member), "this identity administers the server"}},
	})
}

func (p *Pass) adminUser(g *facts.Grant) {
	isUser := func(v value.Value) bool {
		s, ok := v.Str()
		return ok && value.FoldEqual(s, "User")
	}
	for _, alt := range firing(g.Entry.Get("principalType"), isUser) {
		p.report("user", Finding{
			At: p.adminAt(g, "principalType"), Resource: g.Resource, When: alt.When, Path: "properties.principalType",
			Message: "the administrator of the database server is a single person: a group outlives who leaves",
		})
	}
}
