package report

import (
	"fmt"
	"strings"
)

// Coverage says how much of what is declared could be judged.
type Coverage struct {
	Files     int // files read
	Templates int // templates among them, nested ones not counted
	Units     int // root templates times parameter sets
	Covered   int // generated templates that are judged by the Bicep source beside them

	Identities Tally
	Grants     Tally

	Unsupported []Unsupported
	Undecided   []Undecided
}

// Tally counts declarations by the state they ended in. Total is the sum of the others.
type Tally struct {
	Total         int
	Decided       int
	Parameter     int // waits for a parameter without value
	NotDeployed   int // not deployed with these values
	Runtime       int // known only when Azure deploys it
	NotUnderstood int
	Limit         int // a budget was exceeded
}

// Unsupported is a construct that rolecall cannot evaluate.
type Unsupported struct {
	Construct string
	Count     int
	First     Place
}

// The states a declaration may be left in.
const (
	StateParameter     = "parameter"
	StateNotDeployed   = "notDeployed"
	StateRuntime       = "runtime"
	StateNotUnderstood = "notUnderstood"
	StateLimit         = "limit"
)

// The kinds of declarations that are counted.
const (
	KindIdentity = "identity"
	KindGrant    = "grant"
)

// Undecided is an identity or a role grant that could not be judged.
type Undecided struct {
	Kind     string // KindIdentity or KindGrant
	State    string // one of the State constants
	Reason   string // may be empty
	At       Place
	Resource Resource
}

// Sentence tells the coverage in one line: "12 of 14 role grants decided, 2 wait for parameters; 9 of 9 …".
func (c Coverage) Sentence() string {
	var parts []string
	if c.Grants.Total > 0 {
		parts = append(parts, c.Grants.sentence("role grant", "role grants"))
	}
	if c.Identities.Total > 0 {
		parts = append(parts, c.Identities.sentence("identity", "identities"))
	}
	if len(parts) == 0 {
		return "no role assignments or identities declared"
	}
	return strings.Join(parts, "; ")
}

func (t Tally) sentence(one, many string) string {
	noun := many
	if t.Total == 1 {
		noun = one
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d %s decided", t.Decided, t.Total, noun)
	tell := func(n int, one, many string) {
		switch {
		case n == 1:
			fmt.Fprintf(&b, ", %d %s", n, one)
		case n > 1:
			fmt.Fprintf(&b, ", %d %s", n, many)
		}
	}
	tell(t.Parameter, "waits for a parameter", "wait for parameters")
	tell(t.NotDeployed, "not deployed", "not deployed")
	tell(t.Runtime, "known only at run time", "known only at run time")
	tell(t.NotUnderstood, "not understood", "not understood")
	tell(t.Limit, "beyond a limit", "beyond a limit")
	return b.String()
}

// Explain puts the state of a declaration into words.
func (u Undecided) Explain() string {
	switch u.State {
	case StateParameter:
		return "waits for a parameter"
	case StateNotDeployed:
		return "not deployed"
	case StateRuntime:
		return "known only at run time"
	case StateLimit:
		return "beyond a limit"
	}
	return "not understood"
}

// Sentence tells where it is declared, what became of it, and why.
func (u Undecided) Sentence() string {
	noun := "role grant"
	if u.Kind == KindIdentity {
		noun = "identity"
	}
	line := Where(u.At.File, u.At.From) + ": " + noun
	if u.Resource.Type != "" {
		line += " " + u.Resource.Label()
	}
	line += " " + u.Explain()
	if u.Reason != "" {
		line += ": " + Clean(u.Reason)
	}
	return line
}
