// Package eval evaluates templates as Azure Resource Manager would, as far as
// that is possible before a deployment: it keeps what cannot be known as
// symbols instead of guessing. The result is a flat [Deployment]: every
// resource that would exist, out of loops, conditions and nested templates.
package eval

import (
	"fmt"
	"go/token"
	"sync/atomic"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// Budgets. A value that exceeds one becomes a symbol with the reason limit; a
// unit that exceeds one fails as a whole with a [LimitError]. Beside each stands
// the highest use of it in some 1,000 real templates and modules.
const (
	maxSteps     = 2_000_000   // expression nodes for one root value; seen: 6,462
	maxText      = 4 << 20     // bytes of one text; a template may have 4 MB; seen: 97,329
	maxElements  = 10_000      // of one range or loop; Azure allows 800 copies; seen: 149
	maxArray     = 200_000     // elements of one array; seen: 149
	maxNesting   = 64          // deployments within deployments; seen: 6
	maxDepth     = 4_000       // values within the evaluation of values; seen: 19
	maxResources = 100_000     // of a unit; Azure allows 800 in a template; seen: 1,121
	maxWork      = 20_000_000  // steps and values of a unit; seen: 270,493
	maxSpoils    = 10_000      // values that are computed anew after a lookup; seen: 18
	maxMade      = 256_000_000 // bytes of text that the functions of a unit make; seen: 1,295,809
)

// Config is what a deployment is evaluated for. Empty names are unknown.
type Config struct {
	Path            string // of the root document, relative to the analysed tree
	Tenant          string
	ManagementGroup string
	Subscription    string
	ResourceGroup   string
	Location        string
	Cloud           string // AzureCloud if empty
	Arguments       []template.Argument
	Values          map[string]value.Value // by lower-case parameter name; they win over Arguments
	Unknown         map[string]value.Value // the same for parameters that have neither argument nor default
	Loader          template.Loader        // nil: nothing else can be read
	Stop            *atomic.Bool           // once it is set, evaluation ends with a [LimitError]; nil: it never is
}

// LimitError says that a unit is too large to be evaluated.
type LimitError struct {
	Message string
	At      token.Pos
}

func (e *LimitError) Error() string { return e.Message }

// unit is the state that all instances of one evaluation share. It belongs
// to one goroutine.
type unit struct {
	cfg       Config
	dep       *Deployment
	templates map[template.Tree]*template.Template
	trees     map[treeKey]*template.Template
	arrays    map[template.Tree][]template.Tree // elements of long ones
	steps     int                               // of the root value
	work      int                               // steps of all root values that are done, and their number
	made      int                               // bytes of text
	depth     int
	recorder  *recorder
	strict    bool // a function that is not known fails
	count     int  // of resources
	cycles    int  // how often a value led back to itself
	peeking   int  // names are evaluated to find a resource, which may be asked for too early
	spoils    int  // how many values were spoilt by that
	early     bool // something was expanded before its turn
	forgets   bool // values are computed each time anew: for the test that this changes nothing
	arena     arenaPool
	calls     calls
	cells     []cell // that no instance has yet
}

type treeKey struct {
	file *template.File
	id   int32
}

func newUnit(cfg Config) *unit {
	return &unit{
		cfg:       cfg,
		dep:       &Deployment{Tenant: cfg.Tenant},
		templates: map[template.Tree]*template.Template{},
		trees:     map[treeKey]*template.Template{},
		arrays:    map[template.Tree][]template.Tree{},
	}
}

// template reads the template in t, once for each JSON node.
func (u *unit) template(t template.Tree) *template.Template {
	j, ok := t.(*template.JSON)
	if !ok {
		return template.New(t)
	}
	key := treeKey{j.F, j.N.ID()}
	if have := u.trees[key]; have != nil {
		return have
	}
	have := template.New(t)
	u.trees[key] = have
	for _, c := range have.Unsupported {
		u.unsupported(c.Name, c.At)
	}
	return have
}

// unsupported counts a construct that is not understood.
func (u *unit) unsupported(name string, at token.Pos) {
	if u.recorder == nil {
		u.dep.Unsupported = append(u.dep.Unsupported, template.Construct{Name: name, At: at})
	}
}

// enter starts the evaluation of a root value and returns what ends it. Each
// root value has its own budget of steps, so that the order in which values
// are asked for never changes them. All of them together have the budget of the
// unit, which ends it.
func (u *unit) enter() (leave func(), ok bool) {
	if u.work++; u.work > maxWork {
		u.fail("the evaluation takes too many steps in all; it may be that loops multiply, or functions that call each other")
	}
	if u.cfg.Stop != nil && u.cfg.Stop.Load() {
		u.fail("the evaluation was stopped")
	}
	steps := u.steps
	u.steps = 0
	u.depth++
	return func() {
		u.work += u.steps
		u.steps = steps
		u.depth--
	}, u.depth < maxDepth
}

// fail ends the unit.
func (u *unit) fail(message string) { panic(&LimitError{Message: message}) }

// produced counts text that a function makes.
func (u *unit) produced(v value.Value) {
	if text, ok := v.Str(); ok {
		u.made += len(text)
	} else if v.Kind == value.Text {
		for _, p := range v.Parts() {
			u.made += len(p.Literal)
		}
	}
	if u.made > maxMade {
		u.fail("the values hold more than 256 MB of text; it may be that variables join each other again and again")
	}
}

// charge counts work that one step does many times over; false if the budget
// of the root value is used up.
func (u *unit) charge(n int) bool {
	u.steps += n
	return u.steps <= maxSteps
}

// room tells whether an array may get as many elements, and charges for them.
func (u *unit) room(elements int) bool { return elements <= maxArray && u.charge(elements) }

// cycle is the value of what leads back to itself.
func (u *unit) cycle(message string) value.Value {
	u.cycles++
	return value.Fail(message)
}

// spoilt tells whether a value has an error only because names are looked up:
// since there had been so many cycles, it led back to what waits for the lookup.
// It is computed anew later, as long as there are not too many of those.
func (u *unit) spoilt(cycles int) bool {
	if u.peeking == 0 || u.cycles == cycles || u.spoils == maxSpoils {
		return false
	}
	u.spoils++
	return true
}

// member computes a member of a container, and tells whether that stays its
// value.
func (u *unit) member(f func() value.Value) (v value.Value, stays bool) {
	cycles := u.cycles
	leave, ok := u.enter()
	defer leave()
	if !ok {
		return limit("values nest too deeply"), true
	}
	v = f()
	return v, !u.spoilt(cycles)
}

func limit(what string) value.Value {
	return value.OfSymbol(&value.Symbol{Reason: value.ReasonLimit, Key: "limit:" + what, Text: what})
}

//go:noinline // called from a hundred places
func failf(format string, args ...any) value.Value {
	return value.Fail(fmt.Sprintf(format, args...))
}

func spanOf(t template.Tree) value.Span {
	start, end := t.Span()
	return value.Span{Start: int32(start), End: int32(end)}
}

// scopes returns the scope of the root template.
func (u *unit) rootScope(l template.Level) resourceid.Scope {
	s := resourceid.Scope{
		ManagementGroup: u.given(u.cfg.ManagementGroup, "managementGroup", "managementGroup().name"),
		Subscription:    u.given(u.cfg.Subscription, "subscription", "subscription().subscriptionId"),
		ResourceGroup:   u.given(u.cfg.ResourceGroup, "resourceGroup", "resourceGroup().name"),
	}
	s.Level = levelOf(l)
	return s
}

func levelOf(l template.Level) resourceid.Level {
	switch l {
	case template.TenantLevel:
		return resourceid.Tenant
	case template.ManagementGroupLevel:
		return resourceid.ManagementGroup
	case template.SubscriptionLevel:
		return resourceid.Subscription
	}
	return resourceid.ResourceGroup
}

// given returns a configured name, or a symbol for one segment of an id.
func (u *unit) given(name, key, text string) value.Value {
	if name != "" {
		return value.OfString(name).With(value.Supplied)
	}
	return metadata(key, text, value.TypeString, true)
}

func metadata(key, text string, t value.Type, segment bool) value.Value {
	return value.OfSymbol(&value.Symbol{
		Reason: value.ReasonMetadata, Type: t, Segment: segment, NotNull: true, Key: key, Text: text,
	})
}
