package tree

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"
)

// maxLinks bounds the symbolic links followed for one path, as Linux does.
const maxLinks = 40

// Resolve follows the symbolic links of rel and returns the path of the file or
// folder itself. It looks at nothing outside of the tree: a link that leads
// out, also an absolute one, is an error that wraps [ErrOutside].
func (t *Tree) Resolve(rel string) (string, error) {
	if _, ok := t.quick.stat(rel); ok {
		return path.Clean(rel), nil
	}
	return Follow(rel, t.link)
}

// Follow is [Tree.Resolve] for those who make a [Root]: link returns the target
// of a symbolic link, "" for anything else, and an error for what is not there.
func Follow(rel string, link func(rel string) (target string, err error)) (string, error) {
	if !relative(rel) {
		return "", outside(rel, "is not a path inside of the analysed tree")
	}
	done, todo := ".", rel
	for links := 0; todo != ""; {
		var name string
		name, todo, _ = strings.Cut(todo, "/")
		switch name {
		case "", ".":
			continue
		case "..":
			if done == "." {
				return "", outside(rel, "leads outside of the analysed tree; widen it with --root")
			}
			done = path.Dir(done)
			continue
		}
		next := path.Join(done, name)
		target, err := link(next)
		if err == nil && !relative(target) {
			err = outside(next, "is an absolute symbolic link; only relative ones that stay in the analysed tree are followed")
		}
		if err != nil {
			return "", withPath(err, rel)
		}
		if target == "" {
			done = next
			continue
		}
		if links++; links > maxLinks {
			return "", &Error{Path: rel, Text: "its symbolic links lead in a circle"}
		}
		todo = target + "/" + todo
	}
	return done, nil
}

// link returns the target of a symbolic link, and "" for anything else. The
// folder of rel has no links in it.
func (t *Tree) link(rel string) (string, error) {
	info, err := t.top.root.Lstat(rel)
	if err != nil {
		return "", failure(rel, err)
	}
	if info.Mode()&fs.ModeSymlink == 0 {
		return "", nil
	}
	target, err := t.top.root.Readlink(rel)
	if err != nil {
		return "", failure(rel, err)
	}
	return target, nil
}

// relative reports whether a slash path neither starts at a root nor names a
// volume.
func relative(p string) bool {
	return !strings.HasPrefix(p, "/") && filepath.VolumeName(filepath.FromSlash(p)) == ""
}
