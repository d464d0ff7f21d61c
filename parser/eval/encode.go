package eval

import (
	"path"
	"strings"

	"github.com/rolecall/rolecall/parser/eval/armfn"
	"github.com/rolecall/rolecall/parser/value"
)

func base64(c *call) value.Value {
	s, failed := c.text(0)
	if failed != nil {
		return *failed
	}
	return value.OfString(armfn.Base64(s))
}

func base64ToString(c *call) value.Value {
	s, failed := c.text(0)
	if failed != nil {
		return *failed
	}
	return c.ofString(armfn.Base64ToString(s))
}

func dataURI(c *call) value.Value {
	s, ok := c.args[0].Str()
	if !ok {
		return c.failed(armfn.ErrUnknown)
	}
	return value.OfString(armfn.DataURI(s))
}

func dataURIToString(c *call) value.Value {
	s, failed := c.text(0)
	if failed != nil {
		return *failed
	}
	return c.ofString(armfn.DataURIToString(s))
}

// uri resolves a relative address. Over the place of the template itself, or
// of its artifacts, it yields that place and the relative path.
func uri(c *call) value.Value {
	base, ok := c.args[0].Str()
	rel, ok2 := c.args[1].Str()
	if ok && ok2 {
		return c.ofString(armfn.URI(base, rel))
	}
	if c.args[0].IsKnown() && !ok || c.args[1].IsKnown() && !ok2 {
		return failf("uri() takes strings")
	}
	if s := c.args[0].Symbol(); s != nil && isTemplatePlace(s) && !ok && c.args[1].IsStringLike() {
		return value.Join(value.OfSymbol(s), value.OfString("/"), trimSlash(c.args[1]))
	}
	return c.derived()
}

func trimSlash(v value.Value) value.Value {
	if s, ok := v.Str(); ok {
		return value.OfString(strings.TrimPrefix(s, "/"))
	}
	return v
}

// folder is where a template stands in the analysed tree: the target of the
// symbol for the address at which it, or its artifacts, are published.
type folder string

// place is the address at which the files of the instance are published.
func (in *Instance) place(text string) value.Value {
	dir := path.Dir(in.Path)
	return value.OfSymbol(&value.Symbol{
		Reason: value.ReasonMetadata, Type: value.TypeString, NotNull: true, Key: "place:" + dir, Text: text, Target: folder(dir),
	})
}

// isTemplatePlace tells whether a symbol is the address at which a template
// or its artifacts are published.
func isTemplatePlace(s *value.Symbol) bool {
	_, ok := s.Target.(folder)
	return ok
}

func uriComponent(c *call) value.Value {
	s, failed := c.text(0)
	if failed != nil {
		return *failed
	}
	return value.OfString(armfn.URIComponent(s))
}

func uriComponentToString(c *call) value.Value {
	s, failed := c.text(0)
	if failed != nil {
		return *failed
	}
	return c.ofString(armfn.URIComponentToString(s))
}

// guid yields a GUID of its arguments' texts.
func guid(c *call) value.Value { return c.hash(armfn.GUID) }

func uniqueString(c *call) value.Value { return c.hash(armfn.UniqueString) }

func (c *call) hash(f func(...string) string) value.Value {
	for _, a := range c.args {
		if !a.IsStringLike() && a.Kind != value.Unknown || a.Kind == value.Unknown && a.Symbol().Type != value.TypeAny && a.Symbol().Type != value.TypeString {
			return failf("%s() takes strings, not %s", c.fn.name, kindName(a))
		}
	}
	for _, a := range c.args {
		if !a.IsKnown() {
			v := c.derived()
			v.Symbol().Segment = true
			return v
		}
	}
	s, failed := c.texts()
	if failed != nil {
		return *failed
	}
	return value.OfString(f(s...))
}
