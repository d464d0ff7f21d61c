package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// CR001 reports services that let in keys, tokens or local accounts although
// they could be told to let in Microsoft Entra identities only.
var CR001 = add("CR001", func(p *Pass) {
	ids := p.byID()
	for r := range p.deployed {
		if s := localAuthOf(r); s != nil {
			p.judgeLocalAuth(ids, s, r)
		}
	}
})

func localAuthOf(r *eval.Resource) *localAuth {
	for i := range localAuths {
		if value.FoldEqual(localAuths[i].on, r.Type) {
			return &localAuths[i]
		}
	}
	return nil
}

func (p *Pass) judgeLocalAuth(ids byID, s *localAuth, r *eval.Resource) {
	grade := "explicit"
	if s.telemetry {
		grade = "telemetry"
	}
	explicit := s.explicit(p, r)
	for _, at := range explicit {
		f := s.explicitFinding(p, r, at)
		text, _ := scalar(at.Value)
		f.Message = fmt.Sprintf("'%s' is %s: '%s' accepts %s", s.leaf(), text, called(r), s.keys)
		if strings.HasSuffix(s.path, "[]") {
			f.Message = fmt.Sprintf("'%s' has '%s': '%s' accepts %s", s.leaf(), text, called(r), s.keys)
		}
		p.report(grade, f)
	}
	if len(explicit) > 0 || !s.silent(p, ids, r) {
		return
	}
	if at := searchKeyOption(r); at.IsValid() {
		p.report(grade, Finding{
			At: at, Resource: r, Path: "properties.authOptions",
			Message: fmt.Sprintf("'authOptions' are for API keys: '%s' accepts %s", called(r), s.keys),
		})
		return
	}
	p.report("absent", Finding{
		Resource: r, Path: s.property(),
		Message: fmt.Sprintf("without '%s' '%s' accepts %s", s.leaf(), called(r), s.keys),
	})
}

// searchKeyOption is where a search service chooses API keys. Together with
// disableLocalAuth these options are refused.
func searchKeyOption(r *eval.Resource) value.Span {
	for _, option := range []string{"aadOrApiKey", "apiKeyOnly"} {
		found, _ := places(r.Body(), "properties.authOptions."+option)
		if r.Is("Microsoft.Search/searchServices") && len(found) > 0 && certain(found[0]) && !found[0].Offered {
			return spot(r, "properties", "authOptions", option)
		}
	}
	return value.Span{}
}
