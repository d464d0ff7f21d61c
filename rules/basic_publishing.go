package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// CR004 reports sites and slots that can be deployed to with a publishing
// password.
var CR004 = add("CR004", func(p *Pass) {
	b := basicPublishing{ids: p.byID(), policies: map[string]map[string]bool{}}
	for r := range p.deployed {
		if hostType, ok := publishingHost(r); ok {
			b.add(hostType, r)
			p.judgePublishing(b.ids, hostType, r)
		}
	}
	if b.elsewhere {
		return // a policy of which it is not known whose it is
	}
	for r := range p.deployed {
		if r.Is("Microsoft.Web/sites", "Microsoft.Web/sites/slots") {
			p.judgeUnpublished(&b, r)
		}
	}
})

// https://learn.microsoft.com/azure/app-service/configure-basic-auth-disable
var publishingAllowed = authSwitch{path: "properties.allow", bad: "true", good: "false"}

// basicPublishing knows the policies of a unit.
type basicPublishing struct {
	ids       byID
	policies  map[string]map[string]bool // by the id of the site or slot, and name: ftp, scm
	elsewhere bool
}

func publishingHost(r *eval.Resource) (hostType string, ok bool) {
	switch {
	case r.Is("Microsoft.Web/sites/basicPublishingCredentialsPolicies"):
		return "Microsoft.Web/sites", true
	case r.Is("Microsoft.Web/sites/slots/basicPublishingCredentialsPolicies"):
		return "Microsoft.Web/sites/slots", true
	}
	return "", false
}

func (b *basicPublishing) add(hostType string, r *eval.Resource) {
	host, ok := facts.HostID(r, hostType)
	name := publishingMethod(r)
	if !ok || name == "" || len(b.ids.find(hostType, host)) == 0 {
		b.elsewhere = true
		return
	}
	key := resourceid.Key(host)
	if b.policies[key] == nil {
		b.policies[key] = map[string]bool{}
	}
	b.policies[key][name] = true
}

// publishingMethod is what a policy is for, "ftp" or "scm"; "" if not known.
func publishingMethod(r *eval.Resource) string {
	name, _ := lastSegment(r.Name()).Str()
	return value.Fold(name)
}

func (p *Pass) judgePublishing(ids byID, hostType string, r *eval.Resource) {
	for _, host := range ids.hosts(r, hostType) {
		if publishingMethod(r) == "ftp" && withoutFTP(host) {
			return
		}
	}
	publishingAllowed.report(p, r, "allowed", fmt.Sprintf("'%s' lets in publishing passwords: 'allow' is true", called(r)))
}

// judgeUnpublished judges a site or slot that may lack policies.
func (p *Pass) judgeUnpublished(b *basicPublishing, r *eval.Resource) {
	if maybeExists(r) || mayHave(r, "properties.managedEnvironmentId") {
		return // not known to be new, or run where there is no publishing
	}
	var lacking []string
	for _, method := range []string{"ftp", "scm"} {
		if !b.policies[resourceid.Key(r.ID())][method] && !(method == "ftp" && withoutFTP(r)) {
			lacking = append(lacking, "'"+method+"'")
		}
	}
	if len(lacking) > 0 {
		p.report("absent", Finding{
			Resource: r, Path: "properties",
			Message: fmt.Sprintf("nothing keeps publishing passwords out of '%s': no policy for %s", called(r), strings.Join(lacking, " and ")),
		})
	}
}

// withoutFTP tells whether FTP may be off altogether.
func withoutFTP(site *eval.Resource) bool {
	return mayHave(site, "properties.siteConfig.ftpsState", "Disabled")
}
