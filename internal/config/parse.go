package config

import (
	"fmt"
	"path"
	"strings"

	"github.com/rolecall/rolecall/internal/discover/ignore"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// Reader returns the content of a file of the analysed tree, by its slash path.
type Reader = facts.Reader

// origin says where a configuration stands.
type origin struct {
	name  string // for people
	dir   string // patterns are relative to it
	files string // paths of other files are relative to it
	read  Reader
}

// parser turns a tree into a Config.
type parser struct {
	decoder
	files string // paths of other files are relative to this folder
	read  Reader
	c     *Config
}

// Parse reads the text of a configuration that stands in a folder of the
// analysed tree.
func Parse(name string, raw []byte, read Reader) (*Config, error) {
	dir := path.Dir(name)
	return origin{name: name, dir: dir, files: dir, read: read}.parse(raw)
}

func (o origin) parse(raw []byte) (*Config, error) {
	file := source.Parse(o.name, raw)
	p := &parser{decoder: decoder{file: file, name: o.name}, files: o.files, read: o.read, c: &Config{Path: o.name, dir: o.dir}}
	if p.readable() {
		p.root(file.Root())
	}
	if len(p.errs) > 0 {
		p.errs.sort()
		return nil, p.errs
	}
	return p.c, nil
}

func (p *parser) root(n source.Node) {
	base := layer{everywhere: true}
	var overrides []layer
	p.object(n, "the configuration", members{
		"$schema":    func(n source.Node) { p.text(n, `"$schema"`) },
		"profile":    func(n source.Node) { base.profile = p.profile(n) },
		"failOn":     func(n source.Node) { p.c.FailOn = p.oneOf(n, `"failOn"`, FailOnWords...) },
		"rules":      func(n source.Node) { base.states = p.states(n) },
		"overrides":  func(n source.Node) { overrides = p.overrides(n) },
		"ignore":     p.ignores,
		"exclude":    func(n source.Node) { p.c.exclude = p.globs(n, `"exclude"`) },
		"parameters": p.parameters,
		"place":      p.place,
		"principals": func(n source.Node) { p.c.facts.Principals = p.guids(n, `"principals"`) },
		"tenants":    func(n source.Node) { p.c.facts.Tenants = p.guids(n, `"tenants"`) },
		"issuers":    func(n source.Node) { p.c.facts.Issuers = p.issuers(n) },
		"roles":      p.roles,
		"deny":       func(source.Node) {}, // once the roles are known
		"baseline":   func(n source.Node) { p.c.Baseline = p.filePath(n, `"baseline"`) },
	})
	if deny := exact(n, "deny"); !deny.IsZero() {
		p.deny(deny)
	}
	p.c.layers = append([]layer{base}, overrides...)
}

// FailOnWords are the values of "failOn" and of --fail-on.
var FailOnWords = []string{"error", "warning", "note", "never"}

// SeverityWords are the values that a rule may be set to.
var SeverityWords = []string{"off", "info", "low", "medium", "high"}

// ProfileWords are the names of the profiles.
var ProfileWords = []string{rules.Default.String(), rules.Strict.String(), rules.Pedantic.String()}

func (p *parser) profile(n source.Node) *rules.Profile {
	profile, ok := rules.ProfileNamed(p.oneOf(n, `"profile"`, ProfileWords...))
	if !ok {
		return nil
	}
	return &profile
}

// globs reads patterns as in .gitignore.
func (p *parser) globs(n source.Node, what string) ignore.List {
	list := p.texts(n, what)
	for e := range n.Elements() {
		if g := e.Text(); strings.HasPrefix(strings.TrimPrefix(g, "!"), "../") || strings.HasPrefix(g, "./") {
			p.failf(e, "the pattern %q matches nothing: patterns are relative to the folder of the configuration, without \"./\" or \"../\"", g)
		} else if !ignore.Valid(g) {
			p.failf(e, "the pattern %q matches nothing: it is none in the syntax of .gitignore", g)
		}
	}
	return ignore.Globs(list)
}

func (p *parser) overrides(n source.Node) []layer {
	var out []layer
	if !p.is(n, `"overrides"`, source.Array) {
		return nil
	}
	for e := range n.Elements() {
		var l layer
		p.object(e, "an override", members{
			"paths":   func(n source.Node) { l.paths = p.globs(n, `"paths"`) },
			"rules":   func(n source.Node) { l.states = p.states(n) },
			"profile": func(n source.Node) { l.profile = p.profile(n) },
		}, "paths")
		if e.Kind() == source.Object && exact(e, "rules").IsZero() && exact(e, "profile").IsZero() {
			p.failf(e, `an override needs the key "rules" or "profile", else it changes nothing`)
		}
		out = append(out, l)
	}
	return out
}

func (p *parser) ignores(n source.Node) {
	if !p.is(n, `"ignore"`, source.Array) {
		return
	}
	for e := range n.Elements() {
		i := Ignore{cfg: p.c, At: p.reportPlace(e)}
		p.object(e, `an entry of "ignore"`, members{
			"rule":   func(n source.Node) { i.Rules = p.ruleSet(n) },
			"paths":  func(n source.Node) { i.paths = p.globs(n, `"paths"`) },
			"reason": func(n source.Node) { i.Reason = p.text(n, `"reason"`) },
		}, "rule", "paths", "reason")
		p.c.ignores = append(p.c.ignores, i)
	}
}

// reportPlace is the first line of a node. The line is not shown: it may hold
// the value of a parameter.
func (p *parser) reportPlace(n source.Node) report.Place {
	from := p.file.Position(n.Start())
	line := p.file.Line(from.Line)
	end := min(n.End(), n.Start()+len(line)-(from.Byte-1))
	to := p.file.Position(end)
	return report.Place{
		File: p.name, Start: n.Start(), End: end, From: reportPosition(from), To: reportPosition(to),
	}
}

func reportPosition(p source.Position) report.Position {
	return report.Position{Line: p.Line, Byte: p.Byte, Rune: p.Rune, UTF16: p.UTF16}
}

func (p *parser) parameters(n source.Node) {
	if !p.is(n, `"parameters"`, source.Object) {
		return
	}
	p.c.parameters = map[string]value.Value{}
	p.each(n, func(name string, key, v source.Node) {
		folded := value.Fold(name)
		if _, twice := p.c.parameters[folded]; twice {
			p.failf(key, "the parameter %q stands here twice: the case of letters does not count", name)
		}
		p.c.parameters[folded] = Value(v)
	})
}

// Value is JSON as a value that stands in no template.
func Value(n source.Node) value.Value {
	switch n.Kind() {
	case source.Object:
		b := value.Builder{Exact: true}
		for key, v := range n.Members() {
			b.Set(value.Member{Name: key.Text()}, Value(v))
		}
		return b.Value()
	case source.Array:
		var out []value.Value
		for e := range n.Elements() {
			out = append(out, Value(e))
		}
		return value.OfArray(out)
	case source.String:
		return value.OfString(n.Text())
	case source.Number:
		return value.OfNumber(n.Source())
	case source.True, source.False:
		return value.OfBool(n.Kind() == source.True)
	}
	return value.Nil
}

func (p *parser) place(n source.Node) {
	into := func(what string, to *string) func(source.Node) {
		return func(n source.Node) { *to = p.text(n, what) }
	}
	id := func(what string, to *string) func(source.Node) {
		return func(n source.Node) {
			*to = p.text(n, what)
			p.wantGUID(n, what)
		}
	}
	p.object(n, `"place"`, members{
		"tenant":          id(`"tenant"`, &p.c.place.Tenant),
		"subscription":    id(`"subscription"`, &p.c.place.Subscription),
		"resourceGroup":   into(`"resourceGroup"`, &p.c.place.ResourceGroup),
		"managementGroup": into(`"managementGroup"`, &p.c.place.ManagementGroup),
		"location":        into(`"location"`, &p.c.place.Location),
		"cloud":           into(`"cloud"`, &p.c.place.Cloud),
	})
}

func (p *parser) guids(n source.Node, what string) []string {
	list := p.texts(n, what)
	for e := range n.Elements() {
		p.wantGUID(e, "an entry of "+what)
	}
	return list
}

// wantGUID fails for a text that is no GUID.
func (p *parser) wantGUID(n source.Node, what string) {
	if s := n.Text(); n.Kind() == source.String && s != "" && !facts.IsGUID(s) {
		p.failf(n, "%q is no id: %s is a GUID, such as 00000000-0000-0000-0000-000000000000", s, what)
	}
}

func (p *parser) issuers(n source.Node) []string {
	list := p.texts(n, `"issuers"`)
	for e := range n.Elements() {
		if s := e.Text(); e.Kind() == source.String && s != "" && !strings.HasPrefix(s, "https://") {
			p.failf(e, "%q is no issuer: an entry of \"issuers\" is an address that begins with https://", s)
		}
	}
	return list
}

// filePath reads the path of another file, which must lie in the analysed
// tree.
func (p *parser) filePath(n source.Node, what string) string {
	s := p.text(n, what)
	if s == "" {
		return ""
	}
	full := path.Join(p.files, s)
	if path.IsAbs(s) || strings.ContainsAny(s, `\:`) || full == ".." || strings.HasPrefix(full, "../") {
		p.failf(n, "%s %q leads out of the analysed tree; write a path with slashes, relative to the folder of the configuration", what, s)
		return ""
	}
	return full
}

// problem words an error of reading another file.
func problem(file string, err error) string {
	return strings.TrimPrefix(fmt.Sprint(err), file+": ")
}
