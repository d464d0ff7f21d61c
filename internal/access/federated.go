package access

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	model "github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

const federatedCredentials = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials"

// federated tells who from elsewhere may become an identity or an application:
// each federated credential is a grant on it.
func (r *reader) federated() []model.Grant {
	var out []model.Grant
	for _, res := range r.access.Unit.Deployment.Resources {
		application := strings.EqualFold(facts.GraphType(res), "Microsoft.Graph/applications/federatedIdentityCredentials")
		if !application && !res.Is(federatedCredentials) || res.Existing || res.State == eval.NotDeployed {
			continue
		}
		row := r.row(facts.FederatedCredential.String(), res, rules.Head(res))
		row.Principal = r.foreign(res)
		row.Role = model.Role{Name: "sign in as the identity", Known: true, Power: model.PowerCode, Evidence: "a token of the issuer is exchanged for one of the identity"}
		row.Scope = r.scope(facts.OwnerID(res), resourceid.Resource)
		if application {
			row.Role.Name = "sign in as the application"
			row.Scope = r.applicationOf(res)
		}
		row.Maybe = r.maybe(res, res.When)
		out = append(out, row)
	}
	return out
}

// foreign describes whose tokens a federated credential takes.
func (r *reader) foreign(res *eval.Resource) model.Principal {
	props := res.Get("properties")
	issuer, subject := props.Get("issuer"), props.Get("subject")
	if subject.IsNull() { // a pattern takes its place
		subject = props.Get("claimsMatchingExpression", "value")
	}
	out := model.Principal{Kind: model.Federated, Name: r.whole(subject), Known: issuer.Kind == value.String && subject.Kind == value.String}
	out.ID = r.exact(issuer) + " " + r.exact(subject)
	if subject.IsNull() {
		out.Name = unknown("any subject")
		out.ID = r.exact(issuer) + " " + out.Name
	}
	out.Key = r.key("federated", value.Key(issuer)+" "+value.Key(subject))
	return out
}

// applicationOf is the application that a federated credential is for: its
// name is the beginning of the credential's.
func (r *reader) applicationOf(res *eval.Resource) model.Scope {
	name := res.Get("properties", "name")
	out := model.Scope{Level: "resource", Type: "Microsoft.Graph/applications", Name: r.whole(name)}
	if names, _ := name.Segments(); len(names) > 1 {
		out.Name = r.whole(names[0])
	}
	out.ID = out.Type + "/" + out.Name
	return out
}
