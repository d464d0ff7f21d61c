package tree

import "path/filepath"

// Rel turns a path of the command line (absolute, or relative to the working
// directory) into one relative to the tree; the tree itself is ".". It looks
// at names only: the path need not exist. A path outside of the tree is an
// error that wraps [ErrOutside].
func (t *Tree) Rel(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", failure(path, err)
	}
	if rel, ok := below(t.given, abs); ok {
		return rel, nil
	}
	if rel, ok := below(t.dir, abs); ok {
		return rel, nil
	}
	// The same folder under another name, as /tmp and /private/tmp on macOS.
	moved := filepath.Join(realPath(filepath.Dir(abs)), filepath.Base(abs))
	if rel, ok := below(t.dir, moved); ok {
		return rel, nil
	}
	if rel, ok := below(t.dir, realPath(abs)); ok {
		return rel, nil
	}
	return "", outside(path, "is outside of the analysed tree "+quote(t.dir)+
		"; name a folder that holds both with --root")
}

// below returns the slash path of path relative to dir, if path is dir or lies
// in it. Both are absolute.
func below(dir, path string) (string, bool) {
	rel, err := filepath.Rel(dir, path)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}
