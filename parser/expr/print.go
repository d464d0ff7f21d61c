package expr

import (
	"strconv"
	"strings"
)

func write(b *strings.Builder, n *Node) {
	switch n.Kind {
	case String:
		b.WriteString(Quote(n.Text))
	case Int:
		b.WriteString(strconv.FormatInt(n.Int, 10))
	case Bool:
		if n.Int != 0 {
			b.WriteString("true()")
		} else {
			b.WriteString("false()")
		}
	case Null:
		b.WriteString("null()")
	case Call:
		writeCall(b, n.Text, n.Args)
	case Array:
		writeCall(b, "createArray", n.Args)
	case Object:
		writeCall(b, "createObject", n.Args)
	case Property:
		write(b, n.Args[0])
		b.WriteByte('.')
		b.WriteString(n.Text)
	case Index:
		write(b, n.Args[0])
		b.WriteByte('[')
		write(b, n.Args[1])
		b.WriteByte(']')
	}
}

func writeCall(b *strings.Builder, name string, args []*Node) {
	b.WriteString(name)
	b.WriteByte('(')
	for i, a := range args {
		if i > 0 {
			b.WriteString(", ")
		}
		write(b, a)
	}
	b.WriteByte(')')
}

// Quote writes s as a string literal of the expression language.
func Quote(s string) string {
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}
