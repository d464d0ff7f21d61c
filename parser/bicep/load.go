package bicep

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rolecall/rolecall/parser/bicep/jsonpath"
	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

func isLoad(e *syntax.Call) bool {
	switch e.Name.Text {
	case "loadTextContent", "loadFileAsBase64", "loadJsonContent", "loadYamlContent", "loadDirectoryFileInfo":
		return true
	}
	return false
}

// load is a call that reads a file when the template is compiled. Its value
// becomes a variable of its own.
func (c *conv) load(e *syntax.Call, at place) *expr.Node {
	if c.e.alone {
		return c.loadedAlone(e, at)
	}
	name, ok := c.e.loads[e]
	if !ok {
		v := c.loaded(e)
		if v == nil {
			return at.call(e.Name.Text, c.exprs(e.Args)...)
		}
		name = "$fxv#" + itoa(int64(len(c.e.loads)))
		c.e.loads[e] = name
		c.e.loaded.add(name, v)
	}
	return at.call("variables", at.lit(name))
}

// loadedAlone is the content of a file within an expression.
func (c *conv) loadedAlone(e *syntax.Call, at place) *expr.Node {
	if v := c.loaded(e); v != nil {
		return at.literal(v)
	}
	return at.call(e.Name.Text, c.exprs(e.Args)...)
}

// loadedText is the text of a file that is the whole value of a variable.
func (c *conv) loadedText(e *syntax.Call) (template.Tree, bool) {
	if e.Base != nil && !c.builtin(e.Base) {
		return nil, false
	}
	if n := e.Name.Text; n != "loadTextContent" && n != "loadFileAsBase64" {
		return nil, false
	}
	v := c.loaded(e)
	return v, v != nil
}

// What is wrong with a file that is there, or with the path into it.
var (
	errContent = errors.New("of something that cannot be read")
	errPath    = errors.New("with a path that leads nowhere or is not understood")
)

// loaded is the value of a call that reads a file; nil if it cannot be had.
func (c *conv) loaded(e *syntax.Call) template.Tree {
	at := c.m.place(e)
	if len(e.Args) == 0 {
		return nil
	}
	rel, ok := c.constant(e.Args[0], 0)
	if !ok {
		c.e.p.unsupported("a file to load whose path is no constant", at.start)
		return nil
	}
	file, err := beside(c.m.path, rel)
	if err != nil {
		c.e.p.unsupported("a file to load outside of the analysed tree", at.start)
		return nil
	}
	var v template.Tree
	switch e.Name.Text {
	case "loadTextContent", "loadFileAsBase64":
		v, err = c.loadedBytes(e, file, at)
	case "loadJsonContent":
		v, err = c.loadedJSON(e, file, at)
	case "loadYamlContent":
		v, err = c.loadedYAML(e, file, at)
	case "loadDirectoryFileInfo":
		v, err = c.loadedFolder(e, file, rel, at)
	}
	if err != nil && !c.e.p.absent(c.m, e.Args[0], rel, err) {
		why := errContent
		if errors.Is(err, errPath) {
			why = errPath
		}
		c.e.p.unsupported(e.Name.Text+"() "+why.Error(), at.start)
	}
	return v
}

func (c *conv) loadedBytes(e *syntax.Call, file string, at place) (template.Tree, error) {
	raw, err := c.e.p.files.Bytes(file)
	if err != nil {
		return nil, err
	}
	if e.Name.Text == "loadFileAsBase64" {
		return at.str(base64.StdEncoding.EncodeToString(raw)), nil
	}
	encoding := "utf-8"
	if len(e.Args) > 1 {
		encoding, _ = syntax.Plain(e.Args[1])
	}
	text, ok := decoded(raw, strings.ToLower(encoding))
	if !ok {
		return nil, errContent
	}
	return at.str(text), nil
}

// decoded is the text of a file in one of the encodings that the language
// knows.
func decoded(raw []byte, encoding string) (string, bool) {
	switch encoding {
	case "utf-8", "us-ascii":
		text := strings.TrimPrefix(string(raw), "\ufeff")
		return text, utf8.ValidString(text)
	case "iso-8859-1":
		runes := make([]rune, len(raw))
		for i, b := range raw {
			runes[i] = rune(b)
		}
		return string(runes), true
	case "utf-16", "utf-16be":
		var order binary.ByteOrder = binary.LittleEndian
		if encoding == "utf-16be" {
			order = binary.BigEndian
		}
		units := make([]uint16, len(raw)/2)
		for i := range units {
			units[i] = order.Uint16(raw[2*i:])
		}
		return strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff"), len(raw)%2 == 0
	}
	return "", false
}

func (c *conv) loadedJSON(e *syntax.Call, file string, at place) (template.Tree, error) {
	t, err := c.e.p.files.JSON(file)
	if err != nil {
		return nil, err
	}
	return c.picked(e, t, at)
}

// picked is what the path among the arguments of a call picks of a document,
// all of it if there is none. Several values are an array.
func (c *conv) picked(e *syntax.Call, t template.Tree, at place) (template.Tree, error) {
	if t == nil {
		return nil, errContent
	}
	if len(e.Args) < 2 {
		return data(t, at), nil
	}
	text, constant := c.constant(e.Args[1], 0)
	path, ok := jsonpath.Parse(text)
	if !constant || !ok {
		return nil, errPath
	}
	list, ok := path.Select(t)
	switch {
	case !ok || len(list) == 0:
		return nil, errPath
	case len(list) == 1:
		return data(list[0], at), nil
	}
	n := at.array()
	for _, v := range list {
		n.members = append(n.members, member{value: data(v, at)})
	}
	return n, nil
}

// data is a JSON document as literals at one place.
func data(t template.Tree, at place) template.Tree {
	switch t.Kind() {
	case template.Object:
		n := at.object()
		t.Members(func(key string, _ token.Pos, v template.Tree) bool {
			n.add(escaped(key), data(v, at))
			return true
		})
		return n
	case template.Array:
		n := at.array()
		t.Elements(func(v template.Tree) bool {
			n.members = append(n.members, member{value: data(v, at)})
			return true
		})
		return n
	case template.String:
		return at.str(t.Text())
	case template.Number:
		if strings.ContainsAny(t.Text(), ".eE") {
			return at.tree(at.call("json", at.lit(t.Text())))
		}
		return at.number(t.Text())
	}
	return at.node(t.Kind())
}

// literal is [data] as an expression.
func (p place) literal(t template.Tree) *expr.Node {
	if n, ok := t.(*Node); ok && n.expr != nil {
		return n.expr
	}
	n := p.expr(expr.Array)
	switch t.Kind() {
	case template.Object:
		n.Kind = expr.Object
		t.Members(func(key string, _ token.Pos, v template.Tree) bool {
			n.Args = append(n.Args, p.lit(expr.Unescape(key)), p.literal(v))
			return true
		})
	case template.Array:
		t.Elements(func(v template.Tree) bool {
			n.Args = append(n.Args, p.literal(v))
			return true
		})
	case template.String:
		return p.lit(expr.Unescape(t.Text()))
	case template.True, template.False:
		return p.boolean(t.Kind() == template.True)
	case template.Number:
		if i, err := strconv.ParseInt(t.Text(), 10, 64); err == nil {
			return p.int(i)
		}
		return p.call("json", p.lit(t.Text()))
	default:
		return p.null()
	}
	return n
}

// loadedFolder lists the files of a folder.
func (c *conv) loadedFolder(e *syntax.Call, dir, rel string, at place) (template.Tree, error) {
	list, err := c.e.p.files.List(dir)
	if err != nil {
		return nil, err
	}
	pattern := "*"
	if len(e.Args) > 1 {
		p, ok := c.constant(e.Args[1], 0)
		if !ok {
			return nil, errContent
		}
		pattern = p
	}
	slices.SortFunc(list, func(a, b string) int { return strings.Compare(strings.ToUpper(a), strings.ToUpper(b)) })
	n := at.array()
	for _, name := range list {
		if ok, err := path.Match(pattern, name); err != nil || !ok {
			continue
		}
		o := at.object()
		o.add("relativePath", at.str(path.Join(rel, name)))
		o.add("baseName", at.str(name))
		o.add("extension", at.str(path.Ext(name)))
		n.members = append(n.members, member{value: o})
	}
	return n, nil
}

// constant is the text of an expression that is one when the file is
// compiled.
func (c *conv) constant(e syntax.Expr, depth int) (string, bool) {
	if depth > 16 {
		return "", false
	}
	leave := c.e.enter()
	defer leave()
	switch e := syntax.Bare(e).(type) {
	case *syntax.String:
		out := e.Parts[0]
		for i, h := range e.Holes {
			s, ok := c.constant(h, depth+1)
			if !ok {
				return "", false
			}
			out += s + e.Parts[i+1]
		}
		return out, true
	case *syntax.Int:
		return itoa(int64(e.Value)), true
	case *syntax.Variable:
		if s := c.m.uses[e]; s != nil && s.kind == symVar {
			return c.file(s.m).constant(s.value, depth+1)
		}
	}
	return "", false
}
