package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// GP006 reports federated credentials that Azure rejects, that no token
// matches, or that are written while another of the same identity is.
var GP006 = add("GP006", func(p *Pass) {
	for r, o := range p.federated {
		p.ficMembers(r, o)
		p.ficName(r)
		p.ficAudiences(r)
		for _, issuer := range federatedTexts(r, "properties.issuer") {
			p.ficIssuer(r, issuer)
		}
		for _, subject := range federatedTexts(r, "properties.subject") {
			p.ficSubject(r, subject)
		}
	}
	p.ficGroups()
})

// ficMembers reports members that are missing or exclude each other.
//
// https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations#errors
func (p *Pass) ficMembers(r *eval.Resource, o *value.ObjectValue) {
	if o.Open != nil {
		return
	}
	for _, name := range []string{"issuer", "audiences"} {
		if v := o.Get(name); v.IsNull() && v.Flags&value.Default == 0 {
			p.reportFIC("rejected", r, "properties."+name, place{}, fmt.Sprintf("the federated credential has no %s: Azure rejects it", name))
		}
	}
	for _, subject := range o.Get("subject").Alternatives() {
		for _, claims := range o.Get("claimsMatchingExpression").Alternatives() {
			when, ok := subject.When.And(claims.When)
			if !ok || subject.Offered || claims.Offered || !together(when, r.When) {
				continue
			}
			at := place{When: when}
			text, known := subject.Value.Str()
			switch none := subject.Value.IsNull() || known && text == ""; {
			case isDefaultEmpty(subject.Value):
			case none && claims.Value.IsNull():
				p.reportFIC("rejected", r, "properties.subject", at, "the federated credential has no subject: Azure rejects it")
			case !none && subject.Value.Kind != value.Unknown && claims.Value.Object() != nil:
				p.reportFIC("rejected", r, "properties.claimsMatchingExpression", at,
					"the federated credential has both subject and claimsMatchingExpression: Azure takes one of them")
			}
		}
	}
}

// ficName reports names of other characters than Azure takes. The name of an
// application's credential is a property.
func (p *Pass) ficName(r *eval.Resource) {
	segments, exact := r.Name().Segments()
	name, known := segments[len(segments)-1].Str()
	if !r.Is(federatedCredentials) || !exact || !known || name == "" || isPlaceholder(name) || len(segments) != 2 {
		return
	}
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	if len(name) >= 3 && len(name) <= 120 && strings.Trim(name, letters+"-_") == "" && strings.ContainsRune(letters, rune(name[0])) {
		return
	}
	p.reportFIC("rejected", r, "name", place{}, fmt.Sprintf("'%s' is no name of a federated credential: 3 to 120 letters, digits, '-' and '_', the first no sign", name))
}

// exchangeAudiences are the audiences of the token exchange, one for each
// cloud.
var exchangeAudiences = [...]string{
	"api://AzureADTokenExchange", "api://AzureADTokenExchangeUSGov", "api://AzureADTokenExchangeChina",
	"api://AzureADTokenExchangeUSNat", "api://AzureADTokenExchangeUSSec",
}

// ficAudiences reports all but one audience, and the usual one misspelt. Any
// other audience is for the issuer to say.
func (p *Pass) ficAudiences(r *eval.Resource) {
	found, _ := places(r.Body(), "properties.audiences")
	for _, list := range found {
		if a := list.Value.Array(); a != nil && a.Open == nil && !list.Offered && a.Len() != 1 && list.Value.Flags&value.Default == 0 {
			p.reportFIC("rejected", r, "properties.audiences", list, fmt.Sprintf("the federated credential has %d audiences: Azure takes exactly one", a.Len()))
		}
	}
	for _, audience := range federatedTexts(r, "properties.audiences[]") {
		s, known := audience.Value.Str()
		if want := misspeltAudience(s); known && want != "" {
			p.reportFIC("no match", r, "properties.audiences", audience, fmt.Sprintf("the audience '%s' is misspelt: no token matches it; write '%s'", s, want), want)
		}
	}
}

// misspeltAudience is what an audience was meant to be, "" if it is right or
// another.
func misspeltAudience(s string) string {
	bare := strings.Trim(strings.TrimPrefix(strings.TrimPrefix(value.Fold(strings.TrimSpace(s)), "api:"), "https:"), "/")
	for _, a := range exchangeAudiences {
		if s == a {
			return ""
		}
		if bare == value.Fold(a[len("api://"):]) {
			return a
		}
	}
	return ""
}

// ficIssuer reports issuers that differ from what the tokens say.
func (p *Pass) ficIssuer(r *eval.Resource, issuer place) {
	s, known := issuer.Value.Str()
	kind, host := issuerOf(issuer.Value)
	suffix := issuer.Value.Suffix()
	switch {
	case known && s == "":
		p.reportFIC("rejected", r, "properties.issuer", issuer, "the issuer of the federated credential is empty: Azure rejects it")
	case known && s != strings.TrimSpace(s):
		p.reportFIC("no match", r, "properties.issuer", issuer, fmt.Sprintf("a blank stands before or behind the issuer '%s': no token matches it", s), strings.TrimSpace(s))
	case host != "" && known && s != "https://"+host:
		want := "https://" + host
		p.reportFIC("no match", r, "properties.issuer", issuer, fmt.Sprintf("%s calls itself '%s', not '%s': no token matches", issuerNames[kind], want, s), want)
	case kind == kubernetes && strings.Contains(value.Fold(suffix), aksIssuer) && !strings.HasSuffix(suffix, "/"):
		fix := []string{}
		if known {
			fix = append(fix, s+"/")
		}
		p.reportFIC("no match", r, "properties.issuer", issuer, "the issuer of an AKS cluster ends with a slash: no token matches without it", fix...)
	}
}

// ficSubject reports subjects that no token of the issuer has. Wildcards are
// GP005's.
func (p *Pass) ficSubject(r *eval.Resource, subject place) {
	s := literals(subject.Value)
	if s == "" || strings.Contains(s, "*") {
		return
	}
	if problem := subjectProblem(issuersOf(r, subject.When), s); problem != "" {
		p.reportFIC("no match", r, "properties.subject", subject,
			fmt.Sprintf("no token matches the subject '%s': %s", value.Show(subject.Value), problem))
	}
}

// reportFIC reports a credential at the member with the path, with the value
// that mends a literal one.
func (p *Pass) reportFIC(grade string, r *eval.Resource, path string, at place, message string, mended ...string) {
	names := strings.Split(path, ".")
	f := Finding{
		At: spot(r, names...), Resource: r, Path: path, When: at.When, Message: message,
		Related: because(r, "the value", names...),
	}
	if v := at.Value; v.At.IsValid() && inside(v.At, r.Body().At) && !nodeAt(p.Unit, v.At).IsZero() && v.Kind != value.Array {
		f.At = v.At
	}
	if s, ok := at.Value.Str(); ok && len(mended) > 0 && !strings.ContainsAny(mended[0], `"\`) && nodeAt(p.Unit, at.Value.At).Text() == s {
		f.Fixes = replace(p.Unit, at.Value.At, "write '"+mended[0]+"'", string(value.AppendJSON(nil, value.OfString(mended[0]))), true)
	}
	p.report(grade, f)
}
