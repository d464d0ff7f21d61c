package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// CR013 reports shared access signatures that a template issues, those that
// allow much or for long, keys of authorization rules that may manage their
// namespace, and storage accounts without a policy for signatures.
var CR013 = add("CR013", func(p *Pass) {
	ids := p.byID()
	flows := p.Access.Flows()
	issued := signatures(flows)
	for i := range issued {
		p.signature(&issued[i], ids)
	}
	for r := range p.deployed {
		if r.Is(authorizationRules...) {
			p.managingRule(r, flows)
		}
		if r.Is("Microsoft.Storage/storageAccounts") {
			p.signaturePolicy(r)
		}
	}
})

// issuedSignature is one call that issues a signature, with the ways that the
// signature takes.
type issuedSignature struct {
	at    value.Span
	flows []*facts.Flow
}

// signatures finds the calls that issue signatures.
func signatures(flows []facts.Flow) []issuedSignature {
	var out []issuedSignature
	for i := range flows {
		f := &flows[i]
		if f.Source.Kind != facts.ListResult || !value.FoldEqual(f.Source.Name, "listAccountSas") && !value.FoldEqual(f.Source.Name, "listServiceSas") {
			continue
		}
		at := f.At
		if stops := f.Way(); len(stops) > 0 {
			at = stops[0].At
		}
		n := slices.IndexFunc(out, func(s issuedSignature) bool { return s.at == at })
		if n < 0 {
			n, out = len(out), append(out, issuedSignature{at: at})
		}
		out[n].flows = append(out[n].flows, f)
	}
	return out
}

// signature reports a signature. Where it goes is CR005's, if that speaks of
// it; what it allows is not.
func (p *Pass) signature(s *issuedSignature, ids byID) {
	f := s.flows[0]
	told := slices.ContainsFunc(s.flows, ids.tellsKey)
	finding := Finding{At: s.at, Resource: f.Sink.Resource, Path: f.Sink.Path(), When: f.When, Flow: way(f)}
	switch why := tooMuch(f.Source.Args); {
	case why != "":
		finding.Message = fmt.Sprintf("the shared access signature of %s %s: whoever has the address has the data", keyOwner(f.Source), why)
		p.report("broad", finding)
	case !told && !slices.ContainsFunc(s.flows, wantsSignature):
		finding.Message = fmt.Sprintf("the template issues a shared access signature of %s: an identity with a role needs none", keyOwner(f.Source))
		p.report("issued", finding)
	}
}

// tooMuch says what is wrong with the request for a signature, "" if nothing
// is known to be.
// https://learn.microsoft.com/rest/api/storagerp/storage-accounts/list-account-sas
func tooMuch(args []value.Value) string {
	if len(args) < 2 {
		return ""
	}
	request := args[1]
	if longer(request.Get("signedExpiry"), request.Get("signedStart")) {
		return "holds for more than a week"
	}
	permission, _ := request.Get("signedPermission").Str()
	if strings.Contains(permission, "w") && strings.Contains(permission, "d") {
		return "allows to write and to delete"
	}
	return ""
}

// wantsSignature tells whether a signature arrives where Azure takes nothing
// else: the package of a DSC configuration, a runbook, and the logs of a site.
func wantsSignature(f *facts.Flow) bool {
	for _, name := range []string{"configurationUrlSasToken", "publishContentLink", "sasUrl"} {
		if slices.ContainsFunc(f.Sink.Steps, func(s string) bool { return value.FoldEqual(s, name) }) {
			return true
		}
	}
	return false
}

// authorizationRules have rights in a namespace or in a part of it.
var authorizationRules = []string{
	"Microsoft.EventHub/namespaces/authorizationRules",
	"Microsoft.EventHub/namespaces/eventhubs/authorizationRules",
	"Microsoft.NotificationHubs/namespaces/authorizationRules",
	"Microsoft.NotificationHubs/namespaces/notificationHubs/authorizationRules",
	"Microsoft.Relay/namespaces/authorizationRules",
	"Microsoft.Relay/namespaces/hybridConnections/authorizationRules",
	"Microsoft.Relay/namespaces/wcfRelays/authorizationRules",
	"Microsoft.ServiceBus/namespaces/authorizationRules",
	"Microsoft.ServiceBus/namespaces/queues/authorizationRules",
	"Microsoft.ServiceBus/namespaces/topics/authorizationRules",
}

// managingRule reports a rule with the right Manage whose key is handed out.
func (p *Pass) managingRule(r *eval.Resource, flows []facts.Flow) {
	i := slices.IndexFunc(flows, func(f facts.Flow) bool { return f.Source.Resource == r })
	if i < 0 || isRootRule(r) || p.sendsDiagnostics(r) {
		return
	}
	rights, _ := places(r.Body(), "properties.rights[]")
	for _, at := range rights {
		if s, ok := at.Value.Str(); !ok || at.Offered || !value.FoldEqual(s, "Manage") {
			continue
		}
		f := Finding{At: at.Value.At, Resource: r, Path: "properties.rights", When: at.When, Flow: way(&flows[i])}
		if !inside(f.At, r.Body().At) {
			f.At = spot(r, "properties", "rights")
		}
		f.Message = fmt.Sprintf("the key of the rule '%s' is handed out and may change the namespace itself: 'Send' or 'Listen' is enough for clients", called(r))
		f.Related = append(f.Related, Related{flows[i].At, "here the key arrives"})
		p.report("broad", f)
		return
	}
}

// isRootRule tells whether a rule is, or may be, the one that each namespace
// has.
func isRootRule(r *eval.Resource) bool {
	name, known := lastSegment(r.Name()).Str()
	return known && value.FoldEqual(name, "RootManageSharedAccessKey")
}

// sendsDiagnostics tells whether a diagnostic setting uses the rule, which
// must have all rights for that.
// https://learn.microsoft.com/azure/azure-monitor/essentials/diagnostic-settings#destinations
func (p *Pass) sendsDiagnostics(rule *eval.Resource) bool {
	for r := range p.deployed {
		if !r.Is("Microsoft.Insights/diagnosticSettings") {
			continue
		}
		for _, alt := range r.Get("properties", "eventHubAuthorizationRuleId").Alternatives() {
			if resourceid.Key(alt.Value) == resourceid.Key(rule.ID()) {
				return true
			}
		}
	}
	return false
}

// signaturePolicy reports a storage account that accepts signatures and says
// nothing of how long they may hold.
func (p *Pass) signaturePolicy(r *eval.Resource) {
	version, _ := r.APIVersion().Str()
	policy, exact := places(r.Body(), "properties.sasPolicy")
	keys, known := places(r.Body(), "properties.allowSharedKeyAccess")
	for _, at := range keys {
		if b, ok := at.Value.Bool(); !ok || !b {
			known = false
		}
	}
	if version < "2021-02-01" || len(policy) > 0 || !exact || !known || maybeExists(r) {
		return
	}
	p.report("no policy", Finding{
		Resource: r, Path: "properties.sasPolicy",
		Message: fmt.Sprintf("'%s' has no policy for how long its shared access signatures may hold", called(r)),
	})
}
