package bicep

import (
	"strconv"

	"go.yaml.in/yaml/v3"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/template"
)

// loadedYAML is the content of a YAML file; nil if it cannot be read.
func (c *conv) loadedYAML(e *syntax.Call, file string, at place) (template.Tree, error) {
	raw, err := c.e.p.files.Bytes(file)
	if err != nil {
		return nil, err
	}
	var doc yaml.Node
	if yaml.Unmarshal(raw, &doc) != nil || len(doc.Content) == 0 {
		return nil, errContent
	}
	return c.picked(e, c.yaml(doc.Content[0], at), at)
}

// yaml is a node of YAML as a node of JSON. An alias counts as often as it is
// used, so that it cannot grow without bound.
func (c *conv) yaml(y *yaml.Node, at place) template.Tree {
	leave := c.e.enter()
	defer leave()
	switch y.Kind {
	case yaml.AliasNode:
		return c.yaml(y.Alias, at)
	case yaml.MappingNode:
		n := at.object()
		for i := 0; i+1 < len(y.Content); i += 2 {
			n.add(y.Content[i].Value, c.yaml(y.Content[i+1], at))
		}
		return n
	case yaml.SequenceNode:
		n := at.array()
		for _, v := range y.Content {
			n.members = append(n.members, member{value: c.yaml(v, at)})
		}
		return n
	}
	return scalar(y, at)
}

func scalar(y *yaml.Node, at place) template.Tree {
	var b bool
	var i int64
	var f float64
	switch y.ShortTag() {
	case "!!null":
		return at.node(template.Null)
	case "!!bool":
		if y.Decode(&b) == nil {
			return at.bool(b)
		}
	case "!!int":
		if y.Decode(&i) == nil {
			return at.number(strconv.FormatInt(i, 10))
		}
	case "!!float":
		if y.Decode(&f) == nil && f-f == 0 {
			return at.number(strconv.FormatFloat(f, 'f', -1, 64))
		}
	}
	n := at.node(template.String)
	n.text = y.Value
	return n
}
