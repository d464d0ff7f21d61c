package facts

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// FileSecret is a credential that is written out in a file.
type FileSecret struct {
	Secret
	At   value.Span  // of the credential alone
	Node source.Node // the string that it stands in
}

// SecretsOf returns the credentials that are written out in a file of the
// unit, see the function of the same name.
func (a *Access) SecretsOf(f *template.File) []FileSecret {
	found, ok := a.written[f]
	if !ok {
		found = SecretsOf(f)
		if a.written == nil {
			a.written = map[*template.File][]FileSecret{}
		}
		a.written[f] = found
	}
	return found
}

// Credentials returns what SecretsOf finds in a file of the unit.
func (u *Unit) Credentials(f *template.File) []FileSecret {
	found, ok := u.credentials[f]
	if !ok {
		if u.credentials == nil {
			u.credentials = map[*template.File][]FileSecret{}
		}
		found = SecretsOf(f)
		u.credentials[f] = found
	}
	return found
}

// SecretsOf finds the credentials that are written out in the strings of a
// file, also in those within expressions. Comments are not searched.
func SecretsOf(f *template.File) []FileSecret {
	at := marksIn(f.Text, nil, "=", isAssignment)
	at = marksIn(f.Text, at, "PRIVATE KEY-----", anyMark)
	at = marksIn(f.Text, at, "Q~", anyMark)
	slices.Sort(at)
	var out []FileSecret
	last := int32(-1)
	for _, i := range at {
		n := f.NodeAt(i)
		if n.Kind() == source.String && n.ID() != last {
			last = n.ID()
			out = append(out, secretsOfString(f, n)...)
		}
	}
	return out
}

// marksIn adds the places of a mark in the text that pass a cheap test.
func marksIn(text string, to []int, mark string, test func(text string, at int) bool) []int {
	for at := 0; ; at++ {
		i := strings.Index(text[at:], mark)
		if i < 0 {
			return to
		}
		at += i
		if test(text, at) {
			to = append(to, at)
		}
	}
}

func anyMark(string, int) bool { return true }

// isAssignment tells whether a credential may stand behind the equals sign.
func isAssignment(text string, at int) bool {
	before := strings.TrimRight(text[max(at-12, 0):at], " ")
	if before == "" {
		return false
	}
	switch before[len(before)-1] | 0x20 {
	case 'y':
		return endsInWord(before, "key")
	case 'd':
		return endsInWord(before, "password") || endsInWord(before, "pwd")
	case 'g':
		return endsInWord(before, "sig")
	case 't':
		return endsInWord(before, "secret")
	}
	return false
}

// secretsOfString finds the credentials in one string: in the text of a
// literal, or in the texts of an expression.
func secretsOfString(f *template.File, n source.Node) []FileSecret {
	var out []FileSecret
	add := func(text string, offset func(int) int) {
		for _, s := range SecretsIn(text) {
			at := value.Span{Start: int32(f.Base + n.Offset(offset(s.Start))), End: int32(f.Base + n.Offset(offset(s.End)))}
			out = append(out, FileSecret{s, at, n})
		}
	}
	t := &template.JSON{F: f, N: n}
	parsed, err := t.Expression()
	if err != nil || parsed == nil {
		add(n.Text(), func(i int) int { return i })
		return out
	}
	expr.Walk(parsed, func(x *expr.Node) bool {
		if x.Kind == expr.String {
			add(x.Text, func(i int) int { return int(x.Start) + 1 + i + strings.Count(x.Text[:i], "'") })
		}
		return true
	})
	return out
}
