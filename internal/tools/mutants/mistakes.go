package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"strconv"
)

// swapped are the operators that are taken for another.
var swapped = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
	token.EQL: token.NEQ, token.NEQ: token.EQL, token.LAND: token.LOR, token.LOR: token.LAND,
}

// visit notes the mutants of one node; it is a visitor of ast.Inspect.
func (f *sourceFile) visit(n ast.Node) bool {
	if f.skipped[n] {
		return false
	}
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.Field:
		if n.Tag != nil {
			f.skipped[n.Tag] = true
		}
	case *ast.KeyValueExpr:
		return !named(n.Key, "Doc")
	case *ast.CallExpr:
		return !named(n.Fun, "panic")
	case *ast.BinaryExpr:
		f.operator(n)
	case *ast.IfStmt:
		f.negate(n.Cond)
		f.neverTaken(n)
	case *ast.SwitchStmt:
		f.cases(n.Body, n.Tag == nil)
	case *ast.TypeSwitchStmt:
		f.cases(n.Body, false)
	case *ast.ExprStmt:
		f.call(n, n.X)
	case *ast.DeferStmt:
		f.call(n, n.Call)
	case *ast.AssignStmt:
		f.appended(n)
	case *ast.BasicLit:
		f.literal(n)
	case *ast.Ident:
		f.boolean(n)
	}
	return true
}

func named(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

func (f *sourceFile) operator(n *ast.BinaryExpr) {
	if with, ok := swapped[n.Op]; ok {
		end := n.OpPos + token.Pos(len(n.Op.String()))
		what := fmt.Sprintf("'%s' becomes '%s' in %s", n.Op, with, f.quote(n.Pos(), n.End()))
		f.replace(condition, n.OpPos, end, with.String(), what)
	}
}

// negate negates a condition, unless that is the same as another operator.
func (f *sourceFile) negate(cond ast.Expr) {
	if b, ok := cond.(*ast.BinaryExpr); ok && (b.Op == token.EQL || b.Op == token.NEQ) {
		return
	}
	text := f.between(cond.Pos(), cond.End())
	f.replace(condition, cond.Pos(), cond.End(), "!("+text+")", f.quote(cond.Pos(), cond.End())+" is negated")
}

func (f *sourceFile) neverTaken(n *ast.IfStmt) {
	text := f.between(n.Cond.Pos(), n.Cond.End())
	what := "the branch of " + f.quote(n.Pos(), n.Body.Lbrace) + " is never taken"
	f.replace(dropped, n.Cond.Pos(), n.Cond.End(), "false && ("+text+")", what)
}

// cases drops each case of a switch, and each of the values of a case. The
// values are conditions if the switch has no tag.
func (f *sourceFile) cases(body *ast.BlockStmt, conditions bool) {
	for _, s := range body.List {
		c := s.(*ast.CaseClause)
		f.replace(dropped, c.Pos(), c.End(), "", f.quote(c.Pos(), c.Colon)+" is dropped")
		for i, e := range c.List {
			if conditions {
				f.negate(e)
			}
			if i > 0 {
				f.replace(dropped, c.List[i-1].End(), e.End(), "", f.quote(e.Pos(), e.End())+" is dropped of its case")
			} else if len(c.List) > 1 {
				f.replace(dropped, e.Pos(), c.List[1].Pos(), "", f.quote(e.Pos(), e.End())+" is dropped of its case")
			}
		}
	}
}

func (f *sourceFile) call(s ast.Stmt, e ast.Expr) {
	if c, ok := e.(*ast.CallExpr); ok && !named(c.Fun, "panic") {
		f.replace(dropped, s.Pos(), s.End(), "", f.quote(s.Pos(), s.End())+" is dropped")
	}
}

// appended drops what is appended to a slice.
func (f *sourceFile) appended(n *ast.AssignStmt) {
	for _, e := range n.Rhs {
		c, ok := e.(*ast.CallExpr)
		if ok && named(c.Fun, "append") && len(c.Args) > 1 {
			f.replace(dropped, c.Args[0].End(), c.Rparen, "", "nothing is appended in "+f.quote(n.Pos(), n.End()))
		}
	}
}

func (f *sourceFile) literal(n *ast.BasicLit) {
	var with []string
	switch n.Kind {
	case token.INT:
		if v, err := strconv.ParseInt(n.Value, 0, 64); err == nil {
			with = []string{fmt.Sprint(v + 1), fmt.Sprint(v - 1)}
		}
	case token.CHAR:
		if r, _, _, err := strconv.UnquoteChar(n.Value[1:], '\''); err == nil {
			with = []string{strconv.QuoteRune(r + 1)}
		}
	case token.STRING:
		if s, err := strconv.Unquote(n.Value); err == nil {
			with = []string{strconv.Quote(s + "~")}
		}
	}
	for _, w := range with {
		f.replace(constant, n.Pos(), n.End(), w, fmt.Sprintf("%s becomes %s", f.quote(n.Pos(), n.End()), w))
	}
}

func (f *sourceFile) boolean(n *ast.Ident) {
	switch n.Name {
	case "true":
		f.replace(constant, n.Pos(), n.End(), "false", "'true' becomes 'false'")
	case "false":
		f.replace(constant, n.Pos(), n.End(), "true", "'false' becomes 'true'")
	}
}
