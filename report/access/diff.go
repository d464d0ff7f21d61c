package access

import "github.com/rolecall/rolecall/report"

// Diff is how access changes from one state of templates, the old one, to another.
type Diff struct {
	Version    string // of the program
	TablesDate string // of its knowledge of Azure
	Old, New   string // what is compared, in words: "main", "the work tree", "rolecall.lock.json"
	Changes    []Change
	Same       int             // grants that both sides have
	Before     report.Coverage // of the old side
	After      report.Coverage // of the new side
	Problems   []report.Problem
	Complete   bool // nothing was left out on either side
}

// Widens reports whether access is, or may be, wider than before.
func (d *Diff) Widens() bool {
	for i := range d.Changes {
		if d.Changes[i].Kind.Widens() {
			return true
		}
	}
	return false
}

// Count returns the number of changes of a kind.
func (d *Diff) Count(kind ChangeKind) int {
	n := 0
	for i := range d.Changes {
		if d.Changes[i].Kind == kind {
			n++
		}
	}
	return n
}

// ChangeKind says which way access changes. The worst kind is the first.
type ChangeKind uint8

// The kinds of changes, the worst first.
const (
	Added         ChangeKind = iota // a grant that was not there, and that no other grant covered
	Widened                         // a grant that allows more, in more places or on fewer conditions
	NotKnown                        // a grant of which is not known, or no longer, who may do what where
	NotComparable                   // a grant that changed so that the two cannot be compared
	NowKnown                        // a grant of which that was not known before
	Restated                        // a grant that is written in another way and allows the same
	Narrowed                        // a grant that allows less, in fewer places or on more conditions
	Removed                         // a grant that is no longer there
	Moved                           // the same grant, made by another template: no change of access
)

var kindNames = [...]string{
	"added", "widened", "not known", "not comparable", "now known", "restated", "narrowed", "removed", "moved",
}

// String returns the kind in a word or two: "added", "not comparable".
func (k ChangeKind) String() string { return kindNames[k] }

// Widens reports whether access is, or may be, wider after a change of this kind.
func (k ChangeKind) Widens() bool { return k <= NowKnown }

// Change is one difference between two states.
type Change struct {
	Kind      ChangeKind
	Principal Principal
	Old, New  *Grant            // what changed; nil on the side that has none, and both of them for a host
	Declared  *report.Undecided // the declaration of a grant of which nothing more is known; else nil
	Reasons   []string          // what is different, each a clause without a full stop
	At        report.Place      // where it is written: on the new side, or on the old one of what was removed
}

// Grant returns the grant that a change is about, of the new side if it has one, or nil.
func (c *Change) Grant() *Grant {
	if c.New != nil {
		return c.New
	}
	return c.Old
}

// machineNames are the kinds as machines call them.
var machineNames = [...]string{
	"added", "widened", "notKnown", "notComparable", "nowKnown", "restated", "narrowed", "removed", "moved",
}

// Name is the kind as machines call it: "notComparable".
func (k ChangeKind) Name() string { return machineNames[k] }

// level is how bad a change of this kind is, as a level of findings.
func (k ChangeKind) level() string {
	switch {
	case k <= Widened:
		return "error"
	case k.Widens():
		return "warning"
	}
	return "note"
}
