package bicep

import (
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
)

// call converts name(…) and base.name(…).
func (c *conv) call(e *syntax.Call) *expr.Node {
	at := c.m.place(e)
	if e.Base == nil || c.builtin(e.Base) {
		return c.function(e, at)
	}
	if v, ok := e.Base.(*syntax.Variable); ok {
		switch s := c.m.uses[v]; {
		case s == nil && v.Name == "this":
			return this(e, at)
		case s != nil && s.kind == symSpace:
			return at.call(c.e.spaceFunction(s, e.Name.Text, at), c.exprs(e.Args)...)
		case s != nil && s.kind == symProvider:
			return at.call(e.Name.Text, c.exprs(e.Args)...)
		}
	}
	if r, ok := c.m.refer(e.Base); ok && !r.whole() {
		return c.method(e, r, at)
	}
	c.e.p.unsupported("the method '"+printable(e.Name.Text)+"' of a value", at.start)
	return at.null()
}

func (c *conv) exprs(list []syntax.Expr) []*expr.Node {
	out := make([]*expr.Node, len(list))
	for i, a := range list {
		out[i] = c.expr(a)
	}
	return out
}

// builtin tells whether e is the namespace sys or az.
func (c *conv) builtin(e syntax.Expr) bool {
	v, ok := e.(*syntax.Variable)
	if !ok || v.Name != "sys" && v.Name != "az" {
		return false
	}
	s := c.m.uses[v]
	return s == nil || s.kind == symProvider // extension az
}

// function is the call of a function by its name.
func (c *conv) function(e *syntax.Call, at place) *expr.Node {
	name := e.Name.Text
	if s := c.m.globals[name]; s != nil && e.Base == nil && (s.kind == symFunc || s.kind == symImport) {
		return at.call(c.e.functionName(s, at), c.exprs(e.Args)...)
	}
	switch name {
	case "any":
		if len(e.Args) == 1 {
			return c.expr(e.Args[0])
		}
	case "nameof":
		if len(e.Args) == 1 {
			return at.lit(lastName(e.Args[0]))
		}
	case "resourceGroup", "subscription", "managementGroup", "tenant":
		if len(e.Args) > 0 {
			return at.expr(expr.Object)
		}
	}
	switch name {
	case "readEnvironmentVariable", "readEnvVar", "readCliArg", "externalInput":
		return c.environment(e)
	}
	if isLoad(e) {
		return c.load(e, at)
	}
	n := at.call(name, c.exprs(e.Args)...)
	n.NameStart = int32(c.m.pos(e.Name.Start))
	return n
}

// lastName is what nameof() yields.
func lastName(e syntax.Expr) string {
	switch e := syntax.Bare(e).(type) {
	case *syntax.Variable:
		return e.Name
	case *syntax.Property:
		return e.Name.Text
	case *syntax.Nested:
		return e.Name.Text
	case *syntax.Index:
		if s, ok := syntax.Plain(e.Index); ok {
			return s
		}
		return lastName(e.Base)
	}
	return ""
}

// this is this.exists() or this.existingResource().
func this(e *syntax.Call, at place) *expr.Node {
	n := at.call("target", at.lit("full"))
	if e.Name.Text == "exists" {
		return at.call("not", at.call("empty", n))
	}
	return n
}

// method is r.listKeys(…) and its like.
func (c *conv) method(e *syntax.Call, r ref, at place) *expr.Node {
	args := c.exprs(e.Args)
	if e.Name.Text == "getSecret" && len(args) > 0 {
		return c.secret(r, args, at)
	}
	if !strings.HasPrefix(e.Name.Text, "list") {
		c.e.p.unsupported("the method '"+printable(e.Name.Text)+"' of a resource", at.start)
		return at.null()
	}
	if len(args) == 0 {
		args = []*expr.Node{at.lit(r.res.version)}
	}
	n := at.call(e.Name.Text, append([]*expr.Node{c.target(r, at)}, args...)...)
	n.NameStart = int32(c.m.pos(e.Name.Start))
	return n
}

// secret is a reference to a secret of a key vault.
func (c *conv) secret(r ref, args []*expr.Node, at place) *expr.Node {
	vault := at.expr(expr.Object)
	vault.Args = []*expr.Node{at.lit("id"), c.id(r, at)}
	n := at.expr(expr.Object)
	n.Args = []*expr.Node{at.lit("keyVault"), vault, at.lit("secretName"), args[0]}
	if len(args) > 1 {
		n.Args = append(n.Args, at.lit("secretVersion"), args[1])
	}
	return n
}
