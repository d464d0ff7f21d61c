package rules

import (
	"slices"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// One cause is one finding. Where two rules could tell of the same, one of them
// abstains, by a predicate of its own, whatever the other one then says:
//
//	the power of a role assignment         voice, below: RA001, RA002, RA003, PP001, PP003, PP009,
//	                                       and leftToPaths: PP004, PP005, PP007 after all but RA002 on a resource group
//	actions of a custom role               takesAll: RD001 before RD002 and RD003; escalation: RD002 before RD003;
//	                                       leavesAnotherWay: RD005 before RD003; refusedInList: RD006 before RD005
//	access policies of a vault             selfGrant: PP006 before the mode in GP008
//	a role without effect                  ignoringRole: RA018 before the needless in RA014
//	a principal id                         faultOf: RA010 before RA014 and RA016
//	a name that changes                    unstableName: RA012 before RA013
//	no identity                            lacking: ID001, misplaced: ID006, speaksOfKeys: ID002, all before ID003
//	an identity that a property names      wrongKind: UA008 before UA007; isEmptyMap: UA001 before UA007
//	a key of the map of identities         createdHere of identities only: UA004 before UA009
//	keys in properties                     keySinks is CR005's; isHostStorage: CR007's, isRegistryLogin: CR008's,
//	                                       serviceSecretOf: CR009's
//
// TestOverlap lists the pairs of rules that may speak of one place, and why.

// verdict says which rule tells of the power that a role assignment gives: of
// one grant exactly one rule does, the one that can tell most.
type verdict struct {
	rule, grade string
	hosts       []facts.Attachment // whose code gets the power, for the rules on privilege paths
}

// voices calls report for each role of each grant that the rule of the pass is
// to tell of. Where a broad role on a resource group is a step to something
// graver, the rule for that tells of it.
func (p *Pass) voices(report func(*facts.Grant, facts.Role, verdict)) {
	if p.verdicts == nil {
		p.verdicts = p.allVerdicts()
	}
	for _, t := range p.verdicts {
		if t.rule == p.rule.Name && !(t.mild(t.g) && p.stepsOnPaths()[t.g]) {
			report(t.g, t.role, t.verdict)
		}
	}
}

// told is a role of a grant of which a rule is to tell.
type told struct {
	g    *facts.Grant
	role facts.Role
	verdict
}

func (p *Pass) allVerdicts() []told {
	out := []told{}
	for g, role := range p.judged {
		if v := p.voice(g, role); v.rule != "" {
			out = append(out, told{g, role, v})
		}
	}
	return out
}

// mild tells whether no more is known to be wrong than a broad role on a
// resource group, or nothing.
func (v verdict) mild(g *facts.Grant) bool {
	return v.rule == "" || v.rule == "RA002" && !wide(g.Level)
}

// leftToPaths tells whether PP004, PP005 and PP007 may tell where a grant
// leads: nothing graver is said of it.
func (p *Pass) leftToPaths(h held) bool { return p.voice(h.g, h.role).mild(h.g) }

// stepsOnPaths are the grants of which PP005 and PP007 tell.
func (p *Pass) stepsOnPaths() map[*facts.Grant]bool {
	if p.steps == nil {
		steps := map[*facts.Grant]bool{}
		p.takeovers(attaches, func(t takeover) { steps[t.by.g] = true })
		p.bypasses(func(b bypass) { steps[b.other.g] = true })
		p.steps = steps
	}
	return p.steps
}

// voice decides between the rules. A condition on the assignment is RA004's to
// judge. A path from code to power comes before the power as such; what can
// give access comes before what can change nearly everything.
func (p *Pass) voice(g *facts.Grant, role facts.Role) verdict {
	c := classes(role)
	if c&(azure.Escalate|azure.Broad) == 0 || conditioned(g) {
		return verdict{}
	}
	hosts := p.codeHosts(g)
	policy, assigned := p.assignedTo(g)
	switch {
	case assigned && policy.Definition == nil && slices.Contains(policy.Roles(), role.GUID) && c&azure.Escalate == 0 && wide(g.Level):
		return verdict{rule: "RA002", grade: "wide"} // a built-in policy leaves no choice but not to assign it
	case len(hosts) > 0 && c&azure.Escalate != 0:
		return verdict{"PP001", "escalates", hosts}
	case c&azure.Escalate != 0:
		return escalating(g, c)
	case len(hosts) > 0 && wide(g.Level):
		return verdict{"PP001", "broad", hosts}
	case g.Level == resourceid.ResourceGroup && len(hosts) > 0:
		return broadOnGroup(hosts)
	}
	return broad(g)
}

// escalating is the verdict on a role that can give access. One that can do
// only that should be bound by a condition, wherever it is assigned; the grades
// of RA001 are higher where it is assigned widely.
func escalating(g *facts.Grant, c azure.Class) verdict {
	switch {
	case wide(g.Level):
		return verdict{rule: "RA001", grade: "wide"}
	case g.Level == resourceid.ResourceGroup:
		return verdict{rule: "RA001", grade: "resource group"}
	case c&azure.Broad == 0:
		return verdict{rule: "RA003", grade: "unconditioned"}
	case g.Level == resourceid.Resource:
		return verdict{rule: "RA001", grade: "resource"}
	}
	return verdict{}
}

// broadOnGroup is the verdict on a broad role that code has on a resource
// group.
func broadOnGroup(hosts []facts.Attachment) verdict {
	for _, h := range hosts {
		switch {
		case h.Host.Is(deploymentScripts):
			return verdict{"PP003", "overprivileged", hosts}
		case exposureOf(h.Host) == public:
			return verdict{"PP001", "public", hosts}
		}
	}
	return verdict{rule: "RA002", grade: "resource group, workload"}
}

func broad(g *facts.Grant) verdict {
	switch {
	case wide(g.Level) && workload(g):
		return verdict{rule: "RA002", grade: "wide, workload"}
	case wide(g.Level):
		return verdict{rule: "RA002", grade: "wide"}
	case g.Level == resourceid.ResourceGroup && g.Principal.Resource != nil && !g.Principal.Resource.Existing:
		return verdict{rule: "RA002", grade: "resource group, workload"}
	case g.Level == resourceid.ResourceGroup:
		return verdict{rule: "RA002", grade: "resource group"}
	}
	return verdict{}
}

// codeHosts returns the resources that run people's code with the principal of
// the grant.
func (p *Pass) codeHosts(g *facts.Grant) []facts.Attachment {
	if !g.Principal.IsIdentity() {
		return nil
	}
	var out []facts.Attachment
	for _, at := range p.Access.HostsOf(g.Principal) {
		if p.runsUserCode(at.Host) && together(at.Host.When, at.When, g.Resource.When) {
			out = append(out, at)
		}
	}
	return out
}

// runsUserCode tells whether a resource runs code or flows that people bring,
// with the identities of its identity block. What a cluster runs has other
// identities than the cluster.
func (p *Pass) runsUserCode(r *eval.Resource) bool {
	if r.Is("Microsoft.ContainerService/managedClusters", "Microsoft.RedHatOpenShift/openShiftClusters", "Microsoft.CognitiveServices/accounts/projects") {
		return false
	}
	host, ok := p.Access.Tables().Host(r.Type)
	if !ok {
		return false
	}
	return host.Class == "code" || host.Class == "flow" && r.Is("Microsoft.Logic/workflows", "Microsoft.DataFactory/factories", "Microsoft.Synapse/workspaces")
}

// deploymentScripts are scripts that a deployment runs.
const deploymentScripts = "Microsoft.Resources/deploymentScripts"

// chainOf is the way from code to what it reaches: the host, its identity, the
// grant.
func chainOf(g *facts.Grant, role facts.Role, host facts.Attachment) []Related {
	flow := []Related{{Head(host.Host), "'" + called(host.Host) + "' runs code"}}
	if host.At.IsValid() {
		flow = append(flow, Related{host.At, "it runs with " + who(g)})
	}
	if r := g.Principal.Resource; r != nil && r != host.Host {
		flow = append(flow, Related{Head(r), "the identity '" + called(r) + "'"})
	}
	return append(flow, Related{roleAt(g), "'" + role.Name() + "' is granted to it on " + where(g)})
}

// others names the hosts besides the first as related places. What is deployed
// more than once from one place, under one name, is named once.
func others(hosts []facts.Attachment) []Related {
	all := make([]Related, 0, len(hosts))
	for _, h := range hosts {
		if other := (Related{Head(h.Host), "'" + called(h.Host) + "' runs with it too"}); !slices.Contains(all, other) {
			all = append(all, other)
		}
	}
	return all[1:min(len(all), 7)]
}

// runs is how a message calls a host.
func runs(host *eval.Resource) string {
	if value.FoldEqual(host.Type, deploymentScripts) {
		return "the deployment script '" + called(host) + "'"
	}
	return "the code in '" + called(host) + "'"
}
