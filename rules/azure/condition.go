package azure

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed tables/host-conditions.tsv
var hostConditions table

// A Condition is a statement about a resource, or about another one beside it.
type Condition struct {
	Path    string   // where to look; empty for the resource as such. [] is every element, * every member, ** any depth
	Op      Op       // what to find there
	Values  []string // what to compare with, without case; a bool is written true or false
	Ignore  []string // texts that count as if they were not there
	Sibling string   // resource type to look at instead, a child or in the same template; * as in Match. Empty: the host
	Weak    bool     // a hint, no proof
	Note    string   // what the condition means, or empty
}

// An Op is the operator of a condition. Of a path with several places, one that fulfils it is enough, except for
// OpAbsent and OpOnlyIn, which speak of all.
type Op string

// The operators.
const (
	OpAlways     Op = "always"
	OpExists     Op = "exists"       // something is there
	OpAbsent     Op = "absent"       // nothing is there
	OpIn         Op = "in"           // equals one of the values
	OpNotIn      Op = "not-in"       // is there and equals none of the values
	OpOnlyIn     Op = "only-in"      // every place equals one of the values
	OpAbsentOrIn Op = "absent-or-in" // is not there, or equals one of the values
	OpContains   Op = "contains"     // contains one of the values; of an object, in any text below
	OpPrefix     Op = "prefix"       // starts with one of the values
	OpSuffix     Op = "suffix"       // ends with one of the values
	OpWord       Op = "word"         // contains one of the values at the start of a word
	OpPart       Op = "part"         // a list with commas has one of the values
	OpBelow      Op = "below"        // an api version earlier than the value
	OpRemark     Op = "remark"       // cannot be decided: only Note says something
)

// Holds applies the operator to one text that stands at the path. Whether something is there at all, and whether a
// condition over several places holds, is for the caller to say: for OpExists, OpAbsent and OpRemark the answer is
// whether the presence of the text is enough.
func (c Condition) Holds(text string) bool {
	text = strings.ToLower(text)
	for _, ignored := range c.Ignore {
		text = strings.ReplaceAll(text, strings.ToLower(ignored), "")
	}
	switch c.Op {
	case OpAlways, OpExists:
		return true
	case OpAbsent, OpRemark:
		return false
	case OpNotIn:
		return !c.any(func(v string) bool { return text == v })
	case OpPart:
		return slices.ContainsFunc(strings.Split(text, ","), func(part string) bool {
			return c.any(func(v string) bool { return strings.TrimSpace(part) == v })
		})
	}
	return c.any(func(v string) bool { return c.Op.compare(text, v) })
}

// compare tests a text against one value, both in lower case.
func (op Op) compare(text, value string) bool {
	switch op {
	case OpIn, OpOnlyIn, OpAbsentOrIn:
		return text == value
	case OpContains:
		return strings.Contains(text, value)
	case OpPrefix:
		return strings.HasPrefix(text, value)
	case OpSuffix:
		return strings.HasSuffix(text, value)
	case OpWord:
		return startsWord(text, value)
	case OpBelow:
		return text < value
	}
	return false
}

// startsWord says whether value occurs in text, and no letter, digit or underscore stands before it.
func startsWord(text, value string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], value)
		if at < 0 {
			return false
		}
		at += from
		if at == 0 || !isWordByte(text[at-1]) {
			return true
		}
		from = at + 1
	}
}

func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_'
}

func (c Condition) any(is func(value string) bool) bool {
	return slices.ContainsFunc(c.Values, func(v string) bool { return is(strings.ToLower(v)) })
}

func (h *Host) readConditions() {
	line, rest, ok := hostConditions.find(h.Type)
	if !ok {
		return
	}
	for line = range rest.lines() {
		if firstField(line) != h.Type {
			return
		}
		h.addCondition(line)
	}
}

func (h *Host) addCondition(line string) {
	var c Condition
	var host, when, op, values, ignored, strength string
	cutFields(line, &host, &when, &op, &c.Path, &c.Sibling, &values, &ignored, &strength, &c.Note)
	c.Op, c.Weak = Op(op), strength == "weak"
	c.Values, c.Ignore = splitList(values, ";"), splitList(ignored, ";")
	switch when {
	case "required":
		h.Required = append(h.Required, c)
	case "recommended":
		h.Recommended = append(h.Recommended, c)
	case "skip":
		h.Skip = append(h.Skip, c)
	}
}
