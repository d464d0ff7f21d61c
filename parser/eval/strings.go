package eval

import (
	"github.com/rolecall/rolecall/parser/eval/armfn"
	"github.com/rolecall/rolecall/parser/value"
)

// text1 is the argument i as a known string, or the failure to say.
func (c *call) text(i int) (string, *value.Value) {
	s, ok := c.args[i].Str()
	if !ok {
		v := failf("%s() takes a string, not %s", c.fn.name, kindName(c.args[i]))
		return "", &v
	}
	return s, nil
}

// texts returns all arguments as strings.
func (c *call) texts() ([]string, *value.Value) {
	out := make([]string, len(c.args))
	for i := range c.args {
		s, failed := c.text(i)
		if failed != nil {
			return nil, failed
		}
		out[i] = s
	}
	return out, nil
}

// changeCase is toLower() and toUpper(). The holes of a text change case too,
// each on its own.
func changeCase(c *call) value.Value {
	change := armfn.ToLower
	if c.fn.name == "toupper" {
		change = armfn.ToUpper
	}
	switch v := c.args[0]; v.Kind {
	case value.String:
		s, _ := v.Str()
		return value.OfString(change(s))
	case value.Text:
		var parts []value.Value
		for _, p := range v.Parts() {
			if p.Hole == nil {
				parts = append(parts, value.OfString(change(p.Literal)))
			} else {
				parts = append(parts, c.inCase(p.Hole))
			}
		}
		return value.Join(parts...)
	case value.Unknown:
		return c.inCase(v.Symbol())
	default:
		return failf("%s() takes a string, not %s", c.fn.name, kindName(v))
	}
}

// inCase is the symbol s in the other case. What is only compared without
// case (ids, names of the deployment's place) stays the symbol it is.
func (c *call) inCase(s *value.Symbol) value.Value {
	if s.Op == "tolower" || s.Op == "toupper" {
		s = s.Args[0].Symbol()
	}
	v := value.Derived(c.fn.name, value.TypeString, value.OfSymbol(s))
	t := v.Symbol()
	t.Segment, t.NotNull = s.Segment, true
	t.Target, t.Path = s.Target, s.Path
	return v
}

func trim(c *call) value.Value {
	s, failed := c.text(0)
	if failed != nil {
		return *failed
	}
	return value.OfString(armfn.Trim(s))
}

func substring(c *call) value.Value {
	if c.args[0].Kind == value.Text {
		return c.textPrefix(1, 2)
	}
	if !c.args[0].IsKnown() || !c.arg(1).IsKnown() || len(c.args) > 2 && !c.args[2].IsKnown() {
		return c.derived()
	}
	s, failed := c.text(0)
	if failed != nil {
		return *failed
	}
	start, ok := c.args[1].Int()
	n, ok2 := int64(-1), true
	if len(c.args) > 2 && c.args[2].Kind != value.Null {
		n, ok2 = c.args[2].Int()
		if ok2 && n < 0 {
			return failf("substring() has no length %d", n)
		}
	}
	if !ok || !ok2 {
		return failf("substring() takes ints for start and length")
	}
	return c.ofString(armfn.Substring(s, start, n))
}

// textPrefix reads the first characters of a text with holes, if they are
// literal; start is argument i (or none), the length argument j.
func (c *call) textPrefix(i, j int) value.Value {
	start := int64(0)
	if i > 0 {
		n, ok := c.arg(i).Int()
		if !ok {
			return c.derived()
		}
		start = n
	}
	n, ok := c.arg(j).Int()
	prefix := c.args[0].Prefix()
	if !ok || start != 0 || n < 0 || n > int64(armfn.UTF16Len(prefix)) {
		return c.derived()
	}
	return c.ofString(armfn.Substring(prefix, 0, n))
}

// takeSkip is take() and skip() of a text or an array.
func takeSkip(c *call) value.Value {
	v := c.args[0]
	n, ok := c.args[1].Int()
	if !ok && c.args[1].IsKnown() {
		return failf("%s() takes an int as count, not %s", c.fn.name, kindName(c.args[1]))
	}
	if !ok {
		return c.derived()
	}
	taking := c.fn.name == "take"
	switch v.Kind {
	case value.String:
		s, _ := v.Str()
		if taking {
			return value.OfString(armfn.Take(s, n))
		}
		return value.OfString(armfn.Skip(s, n))
	case value.Text:
		if taking {
			return c.textPrefix(0, 1)
		}
		return c.derived()
	case value.Array:
		a := v.Array()
		k := int(min(max(n, 0), int64(a.Len())))
		if taking && (a.Open == nil || n <= int64(a.Len())) {
			return value.OfArray(a.All()[:k])
		}
		if taking {
			return value.OfOpenArray(a.All()[:k], a.Open)
		}
		return value.OfOpenArray(a.All()[k:], a.Open)
	case value.Unknown:
		w := c.derived()
		w.Symbol().Type = v.Symbol().Type
		w.Symbol().Segment = taking && v.Symbol().Segment && n > 0
		return w
	}
	return failf("%s() takes a string or an array, not %s", c.fn.name, kindName(v))
}

func replace(c *call) value.Value {
	if c.args[0].Kind == value.Text && c.args[1].IsKnown() && c.args[2].IsKnown() {
		return c.derived()
	}
	for _, a := range c.args {
		if !a.IsKnown() {
			v := c.derived()
			return v
		}
	}
	s, failed := c.texts()
	if failed != nil {
		return *failed
	}
	return c.ofString(armfn.Replace(s[0], s[1], s[2]))
}

// split splits a text; of a text with holes what is between literal
// delimiters, as far as holes cannot hold a delimiter.
func split(c *call) value.Value {
	delims, ok := delimiters(c.args[1])
	if !ok {
		if FirstUnknown(c.args[1]) == "" {
			return failf("split() takes a string or an array of strings as delimiter")
		}
		return c.derived()
	}
	v := c.args[0]
	switch v.Kind {
	case value.String:
		s, _ := v.Str()
		pieces := armfn.Split(s, delims)
		out := make([]value.Value, len(pieces))
		for i, p := range pieces {
			out[i] = value.OfString(p)
		}
		return value.OfArray(out)
	case value.Text:
		if len(delims) == 1 && delims[0] == "/" {
			return splitSegments(c, v)
		}
		return c.derived()
	case value.Unknown:
		return c.derived()
	}
	return failf("split() takes a string, not %s", kindName(v))
}

// splitSegments splits a text at its slashes. If a hole may hold more of
// them, the segments before it are known and the rest is open; the tail is
// kept for last().
func splitSegments(c *call, v value.Value) value.Value {
	segments, exact := v.Segments()
	if exact {
		return value.OfArray(segments)
	}
	known := 0
	for known < len(segments) && segments[known].Kind == value.String {
		known++
	}
	open := c.derived().Symbol()
	open.Args = []value.Value{v}
	return value.OfOpenArray(segments[:known], open)
}

func delimiters(v value.Value) ([]string, bool) {
	if s, ok := v.Str(); ok {
		return []string{s}, true
	}
	a := v.Array()
	if a == nil || a.Open != nil {
		return nil, false
	}
	var out []string
	for i := range a.Len() {
		s, ok := a.At(i).Str()
		if !ok {
			return nil, false
		}
		out = append(out, s)
	}
	return out, true
}

// startsEndsWith is startsWith() and endsWith(), which do not look at case.
func startsEndsWith(c *call) value.Value {
	x, ok := c.args[1].Str()
	if !ok || c.args[0].Kind == value.Unknown {
		if c.args[0].IsKnown() && c.args[1].IsKnown() {
			return failf("%s() takes strings", c.fn.name)
		}
		return c.derived()
	}
	has, edge := armfn.HasPrefixFold, c.args[0].Prefix()
	if c.fn.name == "endswith" {
		has, edge = armfn.HasSuffixFold, c.args[0].Suffix()
	}
	if s, ok := c.args[0].Str(); ok {
		return value.OfBool(has(s, x))
	}
	if c.args[0].Kind != value.Text {
		return failf("%s() takes strings, not %s", c.fn.name, kindName(c.args[0]))
	}
	if has(edge, x) {
		return value.True
	}
	if len(edge) > 0 && !has(edge, x) && len(edge) >= len(x) {
		return value.False
	}
	return c.derived()
}

func like(c *call) value.Value {
	s, failed := c.texts()
	if failed != nil {
		return *failed
	}
	return value.OfBool(armfn.Like(s[0], s[1]))
}

func padLeft(c *call) value.Value {
	s, ok := c.args[0].Str()
	if !ok {
		if c.args[0].Kind != value.Int {
			return failf("padLeft() takes a string or an int, not %s", kindName(c.args[0]))
		}
		s = c.args[0].Number()
	}
	total, ok := c.args[1].Int()
	if !ok {
		return failf("padLeft() takes an int as length")
	}
	pad := " "
	if len(c.args) > 2 {
		if pad, ok = c.args[2].Str(); !ok {
			return failf("padLeft() takes a string to pad with")
		}
	}
	return c.ofString(armfn.PadLeft(s, total, pad))
}
