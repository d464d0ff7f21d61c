package main

import (
	"slices"
	"strings"
)

// A catalogue is what is kept of all types.json files: per resource type its versions, and the functions.
type catalogue struct {
	types     map[string]*typeEntry // by lower-case name
	functions map[string]string     // lower-case operation -> operation
}

type typeEntry struct {
	versions           []typeVersion
	propertiesIdentity bool // some version has properties.identity
}

type typeVersion struct {
	name, api          string
	readable, writable int
	identity           *identityShape // nil without a writable root identity
}

func newCatalogue() *catalogue {
	return &catalogue{types: map[string]*typeEntry{}, functions: map[string]string{}}
}

func (c *catalogue) add(f typeFile) {
	for _, n := range f {
		switch n.Kind {
		case "ResourceType":
			c.addResource(f, n)
		case "ResourceFunctionType":
			op := n.ResourceType + "/" + n.Name + "/action"
			c.functions[fold(op)] = op
		}
	}
}

func (c *catalogue) addResource(f typeFile, n node) {
	name, api, _ := strings.Cut(n.Name, "@")
	if n.Body == nil || api == "" {
		return
	}
	entry := c.types[fold(name)]
	if entry == nil {
		entry = &typeEntry{}
		c.types[fold(name)] = entry
	}
	body := f.at(*n.Body)
	entry.versions = append(entry.versions, typeVersion{
		name: name, api: api, readable: n.Readable, writable: n.Writable, identity: f.rootIdentity(body),
	})
	if p, ok := f.member(body, "properties"); ok {
		inner, found := f.member(f.at(p.Type), "identity")
		entry.propertiesIdentity = entry.propertiesIdentity || found && inner.Flags&propReadOnly == 0
	}
}

// newest is the newest version that fulfils want. A stable version is newer than a preview of the same day.
func (e *typeEntry) newest(want func(typeVersion) bool) (typeVersion, bool) {
	var best typeVersion
	for _, v := range e.versions {
		if want(v) && (best.api == "" || versionKey(v.api) > versionKey(best.api)) {
			best = v
		}
	}
	return best, best.api != ""
}

// versionKey orders api versions: after a date, "~" sorts behind the "-" of a suffix such as "-preview".
func versionKey(api string) string {
	if len(api) == len("2006-01-02") {
		return api + "~"
	}
	return api
}

// sortedTypes are the lower-case names in order.
func (c *catalogue) sortedTypes() []string {
	var names []string
	for name := range c.types {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func propertiesIdentityTable(c *catalogue) table {
	t := table{file: "properties-identity.tsv", fields: 1, head: `Resource types that have a writable property properties.identity in some version, whatever it holds.`}
	if c == nil {
		return t
	}
	for _, name := range c.sortedTypes() {
		if e := c.types[name]; e.propertiesIdentity {
			v, _ := e.newest(func(typeVersion) bool { return true })
			t.rows = append(t.rows, []string{v.name})
		}
	}
	return t
}
