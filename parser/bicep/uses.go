package bicep

import (
	"path"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
)

// Use is a module that a file deploys, or a file that it imports from.
type Use struct {
	Symbol string // the symbolic name of the module, "" of an import
	File   string // the local file, "" if it comes from a registry
	Cached string // where the module cache has it, "" if the file is local
}

// Uses returns the modules and the imports of a file, modules in the order in
// which the compiler writes them.
func (p *Program) Uses(file string) ([]Use, error) {
	m, err := p.model(file)
	if err != nil {
		return nil, err
	}
	var out []Use
	for _, r := range m.resources {
		if r.module != nil {
			out = append(out, p.use(m, r.key(), r.module.Path.Parts[0]))
		}
	}
	for _, s := range m.file.Statements {
		if i, ok := s.(*syntax.Import); ok {
			out = append(out, p.use(m, "", i.From.Parts[0]))
		}
	}
	return out, nil
}

func (p *Program) use(m *model, symbol, ref string) Use {
	u := Use{Symbol: symbol}
	if scheme, rest, ok := strings.Cut(ref, ":"); ok {
		if alias, is := strings.CutPrefix(scheme, "br/"); is || scheme == "br" {
			u.Cached, _ = p.cachePath(m, alias, rest)
		}
		return u
	}
	u.File = path.Join(path.Dir(m.path), ref)
	return u
}
