package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// storageAccountIn is the key of the account name in a text: a name, an id, an
// endpoint, or a connection string.
func storageAccountIn(v value.Value) (string, bool) {
	if ref, _ := eval.ReferenceOf(v); ref != nil {
		segments, _ := ref.ID.Segments()
		return resourceid.Key(segments[len(segments)-1]), true
	}
	if v.Kind != value.String && v.Kind != value.Text {
		return "", false
	}
	if containsFold(literals(v), "/storageAccounts/") {
		segments, _ := v.Segments()
		for i, s := range segments[:len(segments)-1] {
			if text, _ := s.Str(); value.FoldEqual(text, "storageAccounts") {
				return resourceid.Key(segments[i+1]), true
			}
		}
		return "", false
	}
	return accountNameIn(v)
}

// accountNameIn reads the name behind "AccountName=" or "://", else at the
// start, up to a mark that no name has.
func accountNameIn(v value.Value) (string, bool) {
	marker := ""
	for _, m := range []string{"accountname=", "://"} {
		if marker == "" && strings.Contains(value.Fold(literals(v)), m) {
			marker = m
		}
	}
	var name []value.Value
	for _, p := range v.Parts() {
		text := p.Literal
		if marker != "" {
			i := strings.Index(value.Fold(text), marker)
			if i < 0 {
				continue
			}
			text, marker = text[i+len(marker):], ""
		}
		if p.Hole != nil {
			name = append(name, value.OfSymbol(p.Hole))
			continue
		}
		end := strings.IndexAny(text, ";./")
		if end < 0 {
			name = append(name, value.OfString(text))
			continue
		}
		name = append(name, value.OfString(text[:end]))
		break
	}
	joined := value.Join(name...)
	if s, known := joined.Str(); known && s == "" {
		return "", false
	}
	return resourceid.Key(joined), true
}

// listsStorageKeys tells whether a template of the unit reads keys that may be
// those of a storage account: then something signs in with them.
func (p *Pass) listsStorageKeys() bool {
	for _, f := range p.Unit.Files {
		if listsStorageKeys(value.Fold(f.Text)) {
			return true
		}
	}
	return false
}

func listsStorageKeys(text string) bool {
	for _, function := range []string{"listkeys(", "listaccountsas(", "listservicesas("} {
		for rest := text; ; {
			_, after, ok := strings.Cut(rest, function)
			if !ok {
				break
			}
			arguments := after[:min(len(after), 160)]
			if !strings.Contains(arguments, "microsoft.") || strings.Contains(arguments, "microsoft.storage") {
				return true
			}
			rest = after
		}
	}
	return false
}
