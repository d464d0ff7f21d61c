// Package config reads rolecall.json: what a team settles for its templates.
//
// A template belongs to the nearest rolecall.json or .rolecall.json in its
// folder or above, up to the top of the analysed tree. That one file holds
// whole: nothing is merged with files further up. What a template is evaluated
// for follows the configuration of the template that is deployed; which
// findings are told follows that of the file in which they stand, so that a
// folder of shared modules has its own say.
package config

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/internal/discover/ignore"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// The names of a configuration file. A folder has one of them at most.
const (
	FileName   = "rolecall.json"
	HiddenName = ".rolecall.json"
)

// Config is one configuration file. A nil *Config settles nothing: all methods
// may be called on it.
type Config struct {
	Path     string   // of the file, as it is told to people
	Files    []string // the further files that it names: of roles
	FailOn   string   // "error", "warning", "note" or "never"; "" if it does not say
	Baseline string   // path in the analysed tree; "" if there is none

	ignores    []Ignore
	dir        string // that patterns are relative to; "." is the top of the tree
	layers     []layer
	exclude    ignore.List
	parameters map[string]value.Value
	place      eval.Config
	facts      facts.Settings
}

// Ignore silences rules in some files.
type Ignore struct {
	Rules  map[string]bool // by id
	Reason string
	At     report.Place // of the entry in the configuration

	paths ignore.List
	cfg   *Config
}

// IDs are the rules of the entry, sorted.
func (i *Ignore) IDs() []string { return slices.Sorted(maps.Keys(i.Rules)) }

// Ignores are the entries of "ignore".
func (c *Config) Ignores() []Ignore {
	if c == nil {
		return nil
	}
	return c.ignores
}

// Covers tells whether the entry is about a file.
func (i *Ignore) Covers(file string) bool { return i.cfg.match(i.paths, file) }

// layer settles rules: for all files, or for those of an override.
type layer struct {
	everywhere bool
	paths      ignore.List
	states     map[string]State // by rule id
	profile    *rules.Profile
}

// State is what is settled for a rule.
type State struct {
	Off      bool
	Severity rules.Severity // of all its findings, whatever their profile, unless Off
}

// Rule returns what is settled for a rule in a file; false if nothing is.
func (c *Config) Rule(id, file string) (State, bool) {
	for l := range c.about(file) {
		if s, ok := l.states[id]; ok {
			return s, true
		}
	}
	return State{}, false
}

// Profile returns the profile for a file; false if none is named.
func (c *Config) Profile(file string) (rules.Profile, bool) {
	for l := range c.about(file) {
		if l.profile != nil {
			return *l.profile, true
		}
	}
	return 0, false
}

// about yields the layers for a file, that which wins first.
func (c *Config) about(file string) iter.Seq[*layer] {
	return func(yield func(*layer) bool) {
		if c == nil {
			return
		}
		for i := len(c.layers) - 1; i >= 0; i-- {
			l := &c.layers[i]
			if (l.everywhere || c.match(l.paths, file)) && !yield(l) {
				return
			}
		}
	}
}

// match judges a path of the analysed tree by patterns that are relative to
// the folder of the configuration.
func (c *Config) match(l ignore.List, file string) bool {
	rel, ok := c.within(file)
	return ok && l.Match(rel)
}

func (c *Config) within(file string) (string, bool) {
	if c.dir == "." {
		return file, true
	}
	return strings.CutPrefix(file, c.dir+"/")
}

// Excludes tells whether a file or folder is left out of searches, those above
// it not looked at.
func (c *Config) Excludes(path string, dir bool) bool {
	if c == nil {
		return false
	}
	rel, ok := c.within(path)
	return ok && c.exclude.Decide(rel, dir) == ignore.Ignored
}

// Place completes what a template is evaluated for: what is given stays, and
// the configuration fills in the rest.
func (c *Config) Place(given eval.Config) eval.Config {
	if c == nil {
		return given
	}
	for _, f := range []struct{ to, from *string }{
		{&given.Tenant, &c.place.Tenant}, {&given.Subscription, &c.place.Subscription},
		{&given.ResourceGroup, &c.place.ResourceGroup}, {&given.ManagementGroup, &c.place.ManagementGroup},
		{&given.Location, &c.place.Location}, {&given.Cloud, &c.place.Cloud},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	given.Unknown = maps.Clone(c.parameters)
	return given
}

// Facts is what the configuration tells the rules.
func (c *Config) Facts() facts.Settings {
	if c == nil {
		return facts.Settings{}
	}
	return c.facts
}
