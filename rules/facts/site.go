package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// Setting is an app setting or connection string of a site or slot.
type Setting struct {
	Name  string // "" if not known
	Value value.Value
	On    *eval.Resource // the site, the slot, or a config child of it
	When  value.Condition
}

// Site is a site or slot of App Service with its settings, also those of its
// config children.
type Site struct {
	Host     *eval.Resource
	Settings []Setting
	Exact    bool             // there are no further settings
	Web      []*eval.Resource // the config children called "web"
}

var (
	siteTypes   = []string{"Microsoft.Web/sites", "Microsoft.Web/sites/slots"}
	configTypes = []string{"Microsoft.Web/sites/config", "Microsoft.Web/sites/slots/config"}
)

// Sites returns the sites and slots that are or may be deployed.
func (a *Access) Sites() []*Site {
	if a.sites != nil {
		return a.sites
	}
	a.sites = []*Site{}
	var configs []*eval.Resource
	for _, r := range a.Unit.Deployment.Resources {
		switch {
		case r.Existing || r.State == eval.NotDeployed:
		case r.Is(siteTypes...):
			a.sites = append(a.sites, SiteOf(r))
		case r.Is(configTypes...):
			configs = append(configs, r)
		}
	}
	for _, r := range configs {
		hostType, _ := ConfigOf(r)
		id, ok := HostID(r, hostType)
		for _, s := range a.sites {
			_, together := s.Host.When.And(r.When)
			if ok && together && value.FoldEqual(s.Host.Type, hostType) && sameID(id, s.Host.ID()) == value.Yes {
				s.add(r)
			}
		}
	}
	return a.sites
}

// ConfigOf is the type that a config child belongs to; false if r is none.
func ConfigOf(r *eval.Resource) (hostType string, ok bool) {
	for i, t := range configTypes {
		if r.Is(t) {
			return siteTypes[i], true
		}
	}
	return "", false
}

// ConfigName is the last part of the name of a config child, folded; "" if it
// is not known.
func ConfigName(r *eval.Resource) string {
	segments, _ := r.Name().Segments()
	if len(segments) == 0 {
		return ""
	}
	name, _ := segments[len(segments)-1].Str()
	return value.Fold(name)
}

// SiteOf reads the settings that a site, a slot or a config child itself has.
func SiteOf(r *eval.Resource) *Site {
	s := &Site{Host: r, Exact: true}
	if _, isConfig := ConfigOf(r); isConfig {
		s.add(r)
		return s
	}
	s.list(r, "properties.siteConfig.appSettings[]", "value")
	s.list(r, "properties.siteConfig.connectionStrings[]", "connectionString")
	return s
}

// Has tells whether there is a setting that may have a value.
func (s *Site) Has(name string) bool {
	for _, one := range s.Settings {
		if text, known := one.Value.Str(); value.FoldEqual(one.Name, name) && (!known || text != "") {
			return true
		}
	}
	return false
}

// add adds what a config child sets.
func (s *Site) add(r *eval.Resource) {
	switch name := ConfigName(r); name {
	case "appsettings":
		s.members(r, "properties")
	case "connectionstrings":
		s.members(r, "properties", "value")
	case "web":
		s.Web = append(s.Web, r)
		s.list(r, "properties.appSettings[]", "value")
		s.list(r, "properties.connectionStrings[]", "connectionString")
	default:
		s.Exact = s.Exact && name != ""
	}
}

// list adds an array of objects with a name and a value.
func (s *Site) list(r *eval.Resource, path, member string) {
	found, exact := Places(r.Body(), path)
	s.Exact = s.Exact && exact
	for _, at := range found {
		o := at.Value.Object()
		if o == nil || at.Offered {
			s.Exact = false
			continue
		}
		name, _ := o.Get("name").Str()
		s.Exact = s.Exact && name != ""
		s.set(r, name, o.Get(member), at.When)
	}
}

// members adds the members of an object: their values, or a member of these.
func (s *Site) members(r *eval.Resource, path string, below ...string) {
	found, exact := Places(r.Body(), path)
	s.Exact = s.Exact && exact
	for _, at := range found {
		o := at.Value.Object()
		if o == nil || o.Open != nil || at.Offered {
			s.Exact = false
		}
		if o == nil || at.Offered {
			continue
		}
		for i, m := range o.Names {
			s.set(r, m.Name, o.At(i).Get(below...), at.When)
		}
	}
}

func (s *Site) set(r *eval.Resource, name string, v value.Value, when value.Condition) {
	for _, alt := range v.Alternatives() {
		if both, ok := when.And(alt.When); ok && !alt.Offered && !alt.Value.IsNull() {
			s.Settings = append(s.Settings, Setting{name, alt.Value, r, both})
		}
	}
}
