package bicep

import (
	"errors"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/template"
)

func itoa(i int64) string { return strconv.FormatInt(i, 10) }

// moduleSource is what a module or an import refers to: a Bicep file, a compiled
// template, a template spec that is only linked, or nothing that can be had.
type moduleSource struct {
	model *model
	tree  template.Tree
	link  string
	why   string
	err   error // of a local file that cannot be read

	file   string // of a tree in the analysed tree
	remote bool   // tree comes out of the module cache
	closed string // see closedTemplate
}

// source is what a file refers to. That a local file is not there is a problem
// of the file.
func (p *Program) source(m *model, path *syntax.String) moduleSource {
	src := p.referred(m, path.Parts[0])
	p.absent(m, path, path.Parts[0], src.err)
	return src
}

// absent notes that a file is not there which another one refers to; false if
// that is not the error.
func (p *Program) absent(m *model, at syntax.Node, file string, err error) bool {
	if !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	text := "there is no file '" + printable(file) + "'; the path is relative to the folder of this one"
	gone := Problem{m.path, syntax.Error{Span: at.Range(), Message: text}}
	if slices.Contains(p.Problems, gone) {
		return true
	}
	i := slices.IndexFunc(p.Problems, func(o Problem) bool { return o.Path == m.path && o.Start > gone.Start })
	if i < 0 {
		i = len(p.Problems)
	}
	p.Problems = slices.Insert(p.Problems, i, gone)
	return true
}

// referred resolves a reference of a file.
func (p *Program) referred(m *model, ref string) moduleSource {
	switch scheme, rest, ok := strings.Cut(ref, ":"); {
	case ok && (scheme == "br" || strings.HasPrefix(scheme, "br/")):
		return p.registry(m, scheme, rest)
	case ok && (scheme == "ts" || strings.HasPrefix(scheme, "ts/")):
		return p.templateSpec(m, scheme, rest)
	}
	file, err := beside(m.path, ref)
	if err != nil {
		return moduleSource{why: "a module outside of the analysed tree"}
	}
	switch strings.ToLower(path.Ext(file)) {
	case ".bicep":
		t, err := p.model(file)
		if err != nil {
			return moduleSource{why: "a module file that cannot be read", err: err}
		}
		return moduleSource{model: t}
	case ".json", ".jsonc", ".arm":
		t, err := p.files.JSON(file)
		if err != nil || t == nil {
			return moduleSource{why: "a module file that cannot be read", err: err}
		}
		return moduleSource{tree: t, file: file}
	}
	return moduleSource{why: "a module that is neither a Bicep file nor a template"}
}

// notCached is what is said of a module that is nowhere on this machine.
const notCached = "a module from a registry that is not in the cache"

// registry looks a module up in the cache, where the official tools put it.
func (p *Program) registry(m *model, scheme, rest string) moduleSource {
	alias, aliased := strings.CutPrefix(scheme, "br/")
	if !aliased {
		alias = ""
	} else if c := p.config(m.path); c.mocks[alias] != "" {
		var src moduleSource
		for _, file := range c.mock(alias, rest) {
			if src = p.referred(&model{p: p, path: c.path}, file); src.model != nil {
				break
			}
		}
		return src
	}
	file, why := p.cachePath(m, alias, rest)
	if why != "" {
		return moduleSource{why: why}
	}
	t, err := p.files.Cached(p.config(m.path).cache, file)
	if err != nil || t == nil {
		return moduleSource{why: notCached, closed: verifiedModule(file)}
	}
	return moduleSource{tree: t, remote: true}
}

// cachePath is where the module cache has a module, or why it has none.
//
// The cache: https://learn.microsoft.com/azure/azure-resource-manager/bicep/private-module-registry
func (p *Program) cachePath(m *model, alias, rest string) (file, why string) {
	if alias != "" {
		prefix, ok := p.config(m.path).registries[alias]
		if !ok {
			return "", "a module of a registry alias that the configuration does not define"
		}
		rest = prefix + "/" + rest
	}
	host, repo, ok := strings.Cut(rest, "/")
	if !ok {
		return "", "a reference to a module that is malformed"
	}
	tag := ""
	if name, digest, ok := strings.Cut(repo, "@"); ok {
		repo, tag = name, strings.ReplaceAll(digest, ":", "#")
	} else if i := strings.LastIndexByte(repo, ':'); i >= 0 {
		repo, tag = repo[:i], tagFolder(repo[i+1:])
	}
	host = strings.ToLower(strings.ReplaceAll(host, ":", "$"))
	return path.Join("br", host, strings.ReplaceAll(repo, "/", "$"), tag, "main.json"), ""
}

// tagFolder is the folder of a tag: in lower case, with a mask of the letters
// that are not.
func tagFolder(tag string) string {
	mask := 0
	upper := false
	for i := range len(tag) {
		if c := tag[i]; c >= 'A' && c <= 'Z' && i < 62 {
			mask |= 1 << i
			upper = true
		}
	}
	if !upper {
		return tag + "$"
	}
	return strings.ToLower(tag) + "$" + strconv.FormatInt(int64(mask), 16)
}

// templateSpec is the content of a template spec if the module cache has it, so
// that it can be seen into; else a link, which is all that the compiler writes.
func (p *Program) templateSpec(m *model, scheme, rest string) moduleSource {
	name, version, ok := strings.Cut(rest, ":")
	if alias, is := strings.CutPrefix(scheme, "ts/"); is {
		spec, known := p.config(m.path).specs[alias]
		if !known {
			return moduleSource{why: "a template spec of an alias that the configuration does not define"}
		}
		name = spec.subscription + "/" + spec.group + "/" + name
	}
	parts := strings.Split(name, "/")
	if !ok || len(parts) != 3 {
		return moduleSource{why: "a reference to a template spec that is malformed"}
	}
	cached := path.Join("ts", strings.ToLower(path.Join(parts[0], parts[1], parts[2], version)), "main.json")
	if t, err := p.files.Cached(p.config(m.path).cache, cached); err == nil && t != nil {
		return moduleSource{tree: t, remote: true}
	}
	return moduleSource{link: "/subscriptions/" + parts[0] + "/resourceGroups/" + parts[1] +
		"/providers/Microsoft.Resources/templateSpecs/" + parts[2] + "/versions/" + version}
}

// outputTypes are the outputs of a module and whether they are secret.
func (p *Program) outputTypes(r *resource) map[string]bool {
	out := map[string]bool{}
	src := p.source(r.m, r.module.Path)
	switch {
	case src.model != nil:
		for _, o := range src.model.outputs {
			out[o.Name.Text] = src.model.secure(o.Decorators, o.Type)
		}
	case src.tree != nil:
		compiledOutputs(src.tree, out)
	}
	return out
}

// compiledOutputs adds the outputs of a compiled template.
func compiledOutputs(t template.Tree, out map[string]bool) {
	outputs := template.Member(t, "outputs")
	if outputs == nil {
		return
	}
	outputs.Members(func(name string, _ token.Pos, v template.Tree) bool {
		for n := 0; n < 8; n++ {
			ref, ok := strings.CutPrefix(literal(template.Member(v, "$ref")), "#/definitions/")
			if !ok {
				break
			}
			v = template.Path(t, "definitions", ref)
		}
		kind := literal(template.Member(v, "type"))
		out[name] = strings.EqualFold(kind, "securestring") || strings.EqualFold(kind, "secureobject")
		return true
	})
}

// secureOutput tells whether an output of a module is secret.
func (p *Program) secureOutput(r *resource, name string) bool {
	if r.outputs == nil {
		r.outputs = p.outputTypes(r)
	}
	return r.outputs[name]
}
