package value

import (
	"iter"
	"slices"
)

// Reason says why a value is unknown.
type Reason uint8

// The reasons for not knowing a value.
const (
	ReasonParameter   Reason = iota + 1 // a parameter without value or default
	ReasonRuntime                       // reference(), list*() and the like
	ReasonMetadata                      // of the deployment: subscription, resource group, tenant, location …
	ReasonSecret                        // a Key Vault secret or another value that must not be known
	ReasonTime                          // newGuid(), utcNow()
	ReasonRole                          // roleDefinitions('name'): Text names the role
	ReasonElement                       // an element or index of something unknown
	ReasonUnsupported                   // a construct or function that is not understood
	ReasonLimit                         // a budget ran out
	ReasonError                         // the evaluation fails, and a deployment would
)

var reasonNames = [...]string{
	"", "parameter", "runtime", "metadata", "secret", "time", "role", "element", "unsupported", "limit", "error",
}

func (r Reason) String() string { return reasonNames[r] }

// Type is what is known of the type of an unknown value.
type Type uint8

// The types of the template language; TypeAny is not known.
const (
	TypeAny Type = iota
	TypeString
	TypeInt
	TypeBool
	TypeArray
	TypeObject
)

var typeNames = [...]string{"any", "string", "int", "bool", "array", "object"}

func (t Type) String() string { return typeNames[t] }

// Symbol is a value that is not known. Two symbols with the same Key are the
// same value; symbols with different keys are neither equal nor unequal.
type Symbol struct {
	Reason  Reason
	Type    Type
	Segment bool // one segment of an id: neither empty nor with a slash
	NotNull bool // cannot be null
	Secret  bool // never printed, and everything derived from it neither
	Key     string
	Text    string // for people: an expression, or the message of an error

	// Op and Args say how the symbol follows from other values: "equals" of
	// two of them, "not" of one …; empty for a symbol that stands for itself.
	Op   string
	Args []Value

	// Target is what a runtime value is read from, as the evaluator knows it,
	// and Path the members that lead from there.
	Target any
	Path   []string
}

// OpMember is the Op of a member of an unknown object: Args are the object
// and the member's name.
const OpMember = "."

// Fail returns the value of an evaluation that fails for the reason given in
// message.
//
//go:noinline // called from a hundred places
func Fail(message string) Value {
	return Value{Kind: Unknown, ref: &Symbol{Reason: ReasonError, Key: "error:" + message, Text: message}}
}

// Err returns the message of a failed evaluation.
func (v Value) Err() (string, bool) {
	if s := v.Symbol(); s != nil && s.Reason == ReasonError {
		return s.Text, true
	}
	return "", false
}

// Derived returns the symbol op(args…): unknown for the reason of the first
// unknown argument, secret if any argument is. The same operation over the
// same arguments is the same symbol, unless an argument differs on each call.
func Derived(op string, t Type, args ...Value) Value { return Called(op, op, t, args) }

// Called is [Derived] of an operation that people know as name.
func Called(op, name string, t Type, args []Value) Value {
	reason := ReasonUnsupported
	var flags Flags
	for i := len(args) - 1; i >= 0; i-- {
		flags |= args[i].Flags
		if why := args[i].Why(); why != nil {
			if reason = why.Reason; reason == ReasonError {
				return OfSymbol(why).With(flags)
			}
		}
	}
	if reason == ReasonUnsupported {
		reason = reasonWithin(args)
	}
	return OfSymbol(&Symbol{
		Type: t, Op: op, Args: slices.Clone(args), Reason: reason, Secret: flags&Secure != 0,
		Key: CallKey(op, args), Text: callText(name, args),
	}).With(flags)
}

// reasonWithin is why a member of containers is not known, of the first for which
// there is a reason. Only so many members are looked at as a key is made of.
func reasonWithin(args []Value) Reason {
	left := maxNodes
	var look func(v Value, depth int) Reason
	look = func(v Value, depth int) Reason {
		if left--; left < 0 || depth > keyDepth {
			return ReasonUnsupported
		}
		if why := v.Why(); why != nil && why.Reason != ReasonError {
			return why.Reason
		}
		for m := range v.members() {
			if r := look(m, depth+1); r != ReasonUnsupported {
				return r
			}
		}
		return ReasonUnsupported
	}
	for _, a := range args {
		if r := look(a, 0); r != ReasonUnsupported {
			return r
		}
	}
	return ReasonUnsupported
}

// members yields what a container holds, with a name or without.
func (v Value) members() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if a := v.Array(); a != nil {
			for i := range a.Len() {
				if !yield(a.At(i)) {
					return
				}
			}
		}
		if o := v.Object(); o != nil {
			for i := range o.Len() {
				if !yield(o.At(i)) {
					return
				}
			}
		}
	}
}

// Why returns the symbol that keeps v from being known: v's own, the first
// hole of a text, the first unknown choice or deciding condition; nil if v is
// known. The members of containers are not looked at, unless the container is
// open.
func (v Value) Why() *Symbol {
	switch v.Kind {
	case Unknown:
		return v.Symbol()
	case Text:
		for _, p := range v.Parts() {
			if p.Hole != nil {
				return p.Hole
			}
		}
	case Choice:
		for _, a := range v.Alternatives() {
			for _, l := range a.When {
				return l.Of
			}
			if why := a.Value.Why(); why != nil {
				return why
			}
		}
	case Array:
		return v.Array().Open
	case Object:
		return v.Object().Open
	}
	return nil
}
