package bicep

import (
	"encoding/json"
	"go/token"
	"strings"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

// ARM writes a template as the JSON that Azure takes, indented by two spaces.
func ARM(t template.Tree) []byte {
	var b strings.Builder
	writeTree(&b, t, "\n")
	b.WriteByte('\n')
	return []byte(b.String())
}

func writeTree(b *strings.Builder, t template.Tree, line string) {
	if p, ok := t.(template.Parsed); ok && t.Kind() == template.Expression {
		n, _ := p.Expression()
		writeString(b, "["+expr.Print(n)+"]")
		return
	}
	switch t.Kind() {
	case template.Null, template.Unknown:
		b.WriteString("null")
	case template.True:
		b.WriteString("true")
	case template.False:
		b.WriteString("false")
	case template.Number:
		b.WriteString(t.Text())
	case template.String:
		writeString(b, t.Text())
	case template.Array:
		writeArray(b, t, line)
	case template.Object:
		writeObject(b, t, line)
	}
}

func writeArray(b *strings.Builder, t template.Tree, line string) {
	if t.Len() == 0 {
		b.WriteString("[]")
		return
	}
	sep := "["
	t.Elements(func(v template.Tree) bool {
		b.WriteString(sep + line + "  ")
		writeTree(b, v, line+"  ")
		sep = ","
		return true
	})
	b.WriteString(line + "]")
}

func writeObject(b *strings.Builder, t template.Tree, line string) {
	if t.Len() == 0 {
		b.WriteString("{}")
		return
	}
	sep := "{"
	t.Members(func(key string, _ token.Pos, v template.Tree) bool {
		b.WriteString(sep + line + "  ")
		writeString(b, key)
		b.WriteString(": ")
		writeTree(b, v, line+"  ")
		sep = ","
		return true
	})
	b.WriteString(line + "}")
}

// writeString writes s as a JSON string; characters of HTML are left as they
// are.
func writeString(b *strings.Builder, s string) {
	var one strings.Builder
	e := json.NewEncoder(&one)
	e.SetEscapeHTML(false)
	if e.Encode(s) == nil {
		b.WriteString(strings.TrimSuffix(one.String(), "\n"))
	}
}
