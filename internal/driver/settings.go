package driver

import (
	"sync/atomic"

	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// load reads and evaluates a unit, as the command line and the configuration
// of its root say.
func (o Options) load(u unit, read facts.Reader, m *facts.Memory, stop *atomic.Bool) (*facts.Unit, error) {
	c := o.Configs.For(u.file.Path)
	place := c.Place(o.Place)
	place.Stop = stop
	return facts.Load(facts.Options{
		Root: u.file.Path, Parameters: u.params, Place: place, Settings: c.Facts(), Front: o.Front, Memory: m,
	}, read)
}

// grade decides whether a finding in a file is told, and how grave it is: the
// command line wins over the configuration, and that over the profile.
func (o Options) grade(f *rules.Finding, file string) (told bool) {
	id := f.Rule.Name
	c := o.Configs.For(file)
	state, settled := c.Rule(id, file)
	if settled && !state.Off {
		f.Grade.Severity = state.Severity
	}
	switch {
	case o.Selected[id]:
		return true
	case settled:
		return !state.Off
	}
	return f.Grade.Profile <= o.profile(file)
}

// profile is the profile that holds in a file.
func (o Options) profile(file string) rules.Profile {
	if p, ok := o.Configs.For(file).Profile(file); ok && !o.ProfileWins {
		return p
	}
	return o.Profile
}
