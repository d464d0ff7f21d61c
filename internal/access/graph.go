package access

import (
	"strings"

	"github.com/rolecall/rolecall/parser/value"
	model "github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules/azure"
)

// graphPermission describes a permission of Microsoft Graph: the id of an app
// role, the look-up of one by its name, or a list of scopes. Of the
// permissions that lead to Global Administrator the names are known, others
// are told as they are written.
func (r *reader) graphPermission(v value.Value) model.Role {
	text := r.whole(v)
	out := model.Role{Name: text, ID: text}
	found, ok := azure.DangerousGraphPermission(text)
	switch s := v.Symbol(); {
	case ok:
		out.Name = found.Name
	case s != nil && !s.Secret:
		found, ok = azure.DangerousGraphPermissionIn(s.Text)
		out.Name = r.Plain(lookedUp(s.Text, text))
	default:
		for scope := range strings.FieldsSeq(text) {
			if found, ok = azure.DangerousGraphPermission(scope); ok {
				break
			}
		}
	}
	if ok {
		if v.Symbol() != nil {
			out.Name = found.Name
		}
		out.Known, out.Power, out.Evidence = true, model.PowerEscalate, found.Name
	}
	return out
}

// lookedUp is the text that a look-up compares the names of permissions with,
// else what it is called otherwise.
func lookedUp(expression, otherwise string) string {
	for _, before := range []string{".value, '", "'value'), '"} {
		_, rest, _ := strings.Cut(expression, before)
		if name, _, closed := strings.Cut(rest, "'"); closed && name != "" {
			return name
		}
	}
	return otherwise
}

// graphScope is what permissions of Microsoft Graph hold in.
var graphScope = model.Scope{Level: "tenant", Name: "of Microsoft Entra ID"}
