package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// CR010 reports database servers whose administrator signs in with a password
// although the server could take Microsoft Entra identities only, and servers
// of the older kind that have no Microsoft Entra administrator.
var CR010 = add("CR010", func(p *Pass) {
	children := databaseChildren{}
	for r := range p.deployed {
		children.add(r)
	}
	for r := range p.deployed {
		for i := range passwordDatabases {
			if d := &passwordDatabases[i]; value.FoldEqual(d.on, r.Type) && d.created(r) && !children.turnOff(d, r) {
				p.judgeDatabase(d, r)
			}
		}
	}
})

// databaseChildren are the children that turn passwords off, or may do so, by
// the type of the server: its ids, or "" for a server that is not known.
type databaseChildren map[string]map[string]bool

func (c databaseChildren) add(r *eval.Resource) {
	for i := range passwordDatabases {
		d := &passwordDatabases[i]
		if d.child == "" || !value.FoldEqual(d.on+"/"+d.child, r.Type) || !d.turnsOff(r) {
			continue
		}
		key := ""
		if id, ok := facts.HostID(r, d.on); ok {
			key = resourceid.Key(id)
		}
		if c[d.on] == nil {
			c[d.on] = map[string]bool{}
		}
		c[d.on][key] = true
	}
}

// turnOff tells whether a child turns the passwords of a server off, or may
// do so.
func (c databaseChildren) turnOff(d *passwordDatabase, r *eval.Resource) bool {
	return c[d.on][""] || c[d.on][resourceid.Key(r.ID())]
}

// turnsOff tells whether a child turns the passwords of its server off, or
// may do so.
func (d *passwordDatabase) turnsOff(child *eval.Resource) bool {
	name, known := lastSegment(child.Name()).Str()
	if d.childName != "" && known && !value.FoldEqual(name, d.childName) {
		return false
	}
	return d.childPath == "" || mayHave(child, d.childPath, d.childOff)
}

// created tells whether a server is surely made anew: a copy or a restored
// one has the passwords of its source.
func (d *passwordDatabase) created(r *eval.Resource) bool {
	if maybeExists(r) || d.not != "" && mayHave(r, d.not, d.notValue) {
		return false
	}
	found, exact := places(r.Body(), d.mode)
	return exact && !slices.ContainsFunc(found, func(at place) bool {
		s, _ := scalar(at.Value)
		return !value.FoldEqual(s, "Default") && !value.FoldEqual(s, "Create")
	})
}

func (p *Pass) judgeDatabase(d *passwordDatabase, r *eval.Resource) {
	open, known := d.open(r)
	if !known {
		return
	}
	for _, path := range d.passwords {
		given, _ := places(r.Body(), path)
		for _, at := range given {
			when, ok := at.When.And(open.When)
			if _, possible := when.And(r.When); ok && possible && !at.Offered && secretGiven(at.Value) {
				p.reportDatabase(d, r, path, open, when)
				return
			}
		}
	}
}

func (p *Pass) reportDatabase(d *passwordDatabase, r *eval.Resource, path string, open place, when value.Condition) {
	names := strings.Split(path, ".")
	f := Finding{At: spot(r, names...), Resource: r, Path: path, When: when}
	if d.retired {
		f.Message = fmt.Sprintf("'%s' has a password for its administrator and no Microsoft Entra administrator", called(r))
		p.report("no Entra administrator", f)
		return
	}
	f.Message = fmt.Sprintf("the administrator of '%s' signs in with a password: %s", called(r), d.remedy)
	if open.Value.At.IsValid() {
		f.Related = append(f.Related, Related{open.Value.At, "passwords are let in here"})
	}
	p.report("password", f)
}

// open returns where a server lets passwords in, a place without a value if
// by saying nothing; false if it does not, or if that is not known.
func (d *passwordDatabase) open(r *eval.Resource) (place, bool) {
	for _, s := range d.switches {
		found, exact := places(r.Body(), s.path)
		if !exact {
			return place{}, false
		}
		for _, at := range found {
			text, known := scalar(at.Value)
			switch {
			case !known:
				return place{}, false
			case value.FoldEqual(text, s.bad) && !at.Offered:
				return at, true
			}
		}
		if len(found) > 0 {
			return place{}, false
		}
	}
	return place{}, true
}

// secretGiven tells whether a value surely is a secret, known or not.
func secretGiven(v value.Value) bool {
	switch v.Kind {
	case value.String, value.Text:
		return presentText(v)
	case value.Unknown:
		s := v.Symbol()
		switch s.Reason {
		case value.ReasonParameter, value.ReasonSecret, value.ReasonTime, value.ReasonRuntime:
			return s.NotNull || s.Secret
		}
	}
	return false
}
