package syntax

// Children calls f for each expression directly below e. Property keys are
// among them.
func Children(e Expr, f func(Expr)) {
	some := func(list ...Expr) {
		for _, x := range list {
			if x != nil {
				f(x)
			}
		}
	}
	switch e := e.(type) {
	case *String:
		some(e.Holes...)
	case *Call:
		some(e.Base)
		some(e.Args...)
	case *Property:
		f(e.Base)
	case *Index:
		some(e.Base, e.Index)
	case *Nested:
		f(e.Base)
	case *NonNull:
		f(e.X)
	case *Paren:
		f(e.X)
	case *Unary:
		f(e.X)
	case *Binary:
		some(e.L, e.R)
	case *Ternary:
		some(e.Cond, e.Then, e.Else)
	case *Object:
		for _, i := range e.Items {
			if i.Key != nil {
				f(i.Key)
			}
			f(i.Value)
		}
	case *Array:
		for _, i := range e.Items {
			f(i.Value)
		}
	case *For:
		some(e.List, e.Body)
	case *If:
		some(e.Cond, e.Body)
	case *Lambda:
		f(e.Body)
	}
}

// Inspect calls f for e and all expressions below it, parents first, until f
// returns false for one: then those below that one are left out.
func Inspect(e Expr, f func(Expr) bool) {
	if e == nil || !f(e) {
		return
	}
	Children(e, func(x Expr) { Inspect(x, f) })
}

// Plain returns the text of a string without holes.
func Plain(e Expr) (string, bool) {
	s, ok := e.(*String)
	if !ok || len(s.Holes) > 0 {
		return "", false
	}
	return s.Parts[0], true
}

// Bare is e without parentheses and non-null assertions.
func Bare(e Expr) Expr {
	for {
		switch x := e.(type) {
		case *Paren:
			e = x.X
		case *NonNull:
			e = x.X
		default:
			return e
		}
	}
}

// Get returns the property of an object with a plain key, nil if there is none.
func (o *Object) Get(name string) *Item {
	if o == nil {
		return nil
	}
	for _, i := range o.Items {
		if i.Key == nil {
			continue
		}
		if k, ok := Plain(i.Key); ok && k == name {
			return i
		}
	}
	return nil
}
