package eval

import (
	"github.com/rolecall/rolecall/parser/eval/armfn"
	"github.com/rolecall/rolecall/parser/value"
)

func dateTimeAdd(c *call) value.Value {
	s, failed := c.texts()
	if failed != nil {
		return *failed
	}
	layout := ""
	if len(s) > 2 {
		layout = s[2]
	}
	return c.ofString(armfn.DateTimeAdd(s[0], s[1], layout))
}

func dateTimeFromEpoch(c *call) value.Value {
	n, ok := c.args[0].Int()
	if !ok {
		return failf("dateTimeFromEpoch() takes an int, not %s", kindName(c.args[0]))
	}
	return value.OfString(armfn.DateTimeFromEpoch(n))
}

func dateTimeToEpoch(c *call) value.Value {
	s, failed := c.text(0)
	if failed != nil {
		return *failed
	}
	return c.ofInt(armfn.DateTimeToEpoch(s))
}

func parseCIDR(c *call) value.Value {
	s, failed := c.text(0)
	if failed != nil {
		return *failed
	}
	n, err := armfn.ParseCIDR(s)
	if err != nil {
		return c.failed(err)
	}
	var b value.Builder
	set := func(name, s string) { b.Set(value.Member{Name: name}, value.OfString(s)) }
	set("network", n.Network)
	set("netmask", n.Netmask)
	if n.IPv4 {
		set("broadcast", n.Broadcast)
	}
	set("firstUsable", n.FirstUsable)
	set("lastUsable", n.LastUsable)
	b.Set(value.Member{Name: "cidr"}, value.OfInt(int64(n.Bits)))
	return b.Value()
}

func cidrSubnet(c *call) value.Value {
	s, ok := c.args[0].Str()
	bits, ok2 := c.args[1].Int()
	i, ok3 := c.args[2].Int()
	if !ok || !ok2 || !ok3 {
		return failf("cidrSubnet() takes a string and two ints")
	}
	return c.ofString(armfn.CIDRSubnet(s, bits, i))
}

func cidrHost(c *call) value.Value {
	s, ok := c.args[0].Str()
	i, ok2 := c.args[1].Int()
	if !ok || !ok2 {
		return failf("cidrHost() takes a string and an int")
	}
	return c.ofString(armfn.CIDRHost(s, i))
}

// parseURI takes an address apart; absent parts are null.
func parseURI(c *call) value.Value {
	s, failed := c.text(0)
	if failed != nil {
		return *failed
	}
	p, err := armfn.ParseURI(s)
	if err != nil {
		return c.failed(err)
	}
	var b value.Builder
	set := func(name, s string) { b.Set(value.Member{Name: name}, value.OfString(s)) }
	set("scheme", p.Scheme)
	set("host", p.Host)
	if p.HasPort {
		b.Set(value.Member{Name: "port"}, value.OfInt(int64(p.Port)))
	}
	set("path", p.Path)
	if p.Query != "" {
		set("query", p.Query)
	}
	return b.Value()
}

func buildURI(c *call) value.Value {
	o := c.args[0].Object()
	if o == nil {
		return failf("buildUri() takes an object, not %s", kindName(c.args[0]))
	}
	text := func(name string) string {
		s, _ := o.Get(name).Str()
		return s
	}
	p := armfn.ParsedURI{Scheme: text("scheme"), Host: text("host"), Path: text("path"), Query: text("query")}
	if n, ok := o.Get("port").Int(); ok {
		p.Port, p.HasPort = int(n), true
	}
	return c.ofString(armfn.BuildURI(p))
}
