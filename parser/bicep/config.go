package bicep

import (
	"path"
	"strings"

	"github.com/rolecall/rolecall/parser/source"
)

// config is what a bicepconfig.json says that changes what is compiled.
//
// The file: https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-config
type config struct {
	path       string
	cache      string            // cacheRootDirectory
	registries map[string]string // alias to registry and path
	specs      map[string]spec
	mocks      map[string]string // alias to a pattern of local paths
	features   map[string]bool
}

type spec struct{ subscription, group string }

// ConfigName is the name of the file that configures a folder and those below.
const ConfigName = "bicepconfig.json"

// config returns the nearest configuration of a file.
func (p *Program) config(file string) *config {
	dir := path.Dir(file)
	if c, ok := p.configs[dir]; ok {
		return c
	}
	var c *config
	name := path.Join(dir, ConfigName)
	if raw, err := p.files.Bytes(name); err == nil {
		c = newConfig(name)
		p.readConfig(c, name, raw, 0)
	} else if dir == "." || dir == "/" {
		c = newConfig(name)
	} else {
		c = p.config(dir)
	}
	p.configs[dir] = c
	return c
}

func newConfig(name string) *config {
	return &config{
		path:       name,
		registries: map[string]string{"public": "mcr.microsoft.com/bicep"},
		specs:      map[string]spec{}, mocks: map[string]string{}, features: map[string]bool{},
	}
}

// readConfig reads a file over what it extends.
func (p *Program) readConfig(c *config, name string, raw []byte, depth int) {
	root := source.Parse(name, raw).Root()
	if base := root.Get("extends"); !base.IsZero() && depth < 8 {
		if file, err := beside(name, base.Text()); err == nil {
			if more, err := p.files.Bytes(file); err == nil {
				p.readConfig(c, file, more, depth+1)
			}
		}
	}
	if dir := root.Get("cacheRootDirectory"); !dir.IsZero() {
		c.cache = dir.Text()
	}
	aliases := root.Get("moduleAliases")
	each(aliases.Get("br"), func(alias string, v source.Node) {
		c.registries[alias] = strings.TrimSuffix(v.Get("registry").Text()+"/"+v.Get("modulePath").Text(), "/")
	})
	each(aliases.Get("ts"), func(alias string, v source.Node) {
		c.specs[alias] = spec{v.Get("subscription").Text(), v.Get("resourceGroup").Text()}
	})
	each(root.Get("moduleAliasesMock").Get("br"), func(alias string, v source.Node) {
		c.mocks[alias] = v.Get("mapToFilePath").Text()
	})
	each(root.Get("experimentalFeaturesEnabled"), func(name string, v source.Node) {
		c.features[name] = v.Kind() == source.True
	})
}

func each(n source.Node, f func(name string, v source.Node)) {
	if n.Kind() != source.Object {
		return
	}
	for k, v := range n.Members() {
		f(k.Text(), v)
	}
}

// mock is the local file that stands for a module of an alias: the module's
// name in the folder, as a folder of its own or as a file.
func (c *config) mock(alias, rest string) []string {
	to := c.mocks[alias]
	name, _, _ := strings.Cut(rest, ":")
	if i := strings.IndexByte(to, '{'); i >= 0 {
		to = to[:i]
	}
	return []string{path.Join(to, name, "main.bicep"), path.Join(to, name+".bicep")}
}
