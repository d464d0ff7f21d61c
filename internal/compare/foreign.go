package compare

import (
	"strings"

	"github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules/azure"
)

// foreign is whose tokens a federated credential takes.
type foreign struct{ issuer, subject string }

func newForeign(p access.Principal) foreign {
	issuer, _, _ := strings.Cut(p.ID, " ")
	return foreign{issuer, p.Name}
}

// pattern is the pattern of subjects: of an expression, what it matches the
// subject with. It is false if the expression is of another form, or if the
// subject is not known.
// https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
func (f foreign) pattern() (string, bool) {
	for _, form := range []string{"claims['sub'] matches '", "claims['sub'] eq '"} {
		if rest, ok := strings.CutPrefix(squeeze(f.subject), form); ok {
			pattern, after, _ := strings.Cut(rest, "'")
			return pattern, after == ""
		}
	}
	return f.subject, !strings.HasPrefix(f.subject, "claims[") && !hasHole(f.subject)
}

// takes reports whether f takes all tokens that other does, of the same issuer.
func (f foreign) takes(other foreign) bool {
	if f.subject == "‹any subject›" {
		return true
	}
	pattern, ok := f.pattern()
	inner, known := other.pattern()
	return ok && known && azure.CoversPattern(pattern, inner)
}
