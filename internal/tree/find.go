package tree

import (
	"os"
	"path/filepath"
)

// Find opens the tree that the file or folder path belongs to: its nearest
// ancestor that holds ".git" (a folder, or the file of a worktree or
// submodule); else the working directory, if path lies in it; else the folder
// of path. A path that does not exist is placed by its nearest existing folder.
func Find(path string) (*Tree, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, failure(path, err)
	}
	folder := folderOf(abs)
	if top, ok := repository(folder); ok {
		return Open(top)
	}
	if wd, ok := workingDir(); ok {
		if _, inside := below(wd, folder); inside {
			return Open(wd)
		}
	}
	return Open(folder)
}

// folderOf returns the real folder that abs is or lies in.
func folderOf(abs string) string {
	for dir := abs; ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return realPath(dir)
		}
		if dir == filepath.Dir(dir) {
			return dir
		}
	}
}

// repository returns the nearest ancestor of dir, itself included, that holds
// ".git".
func repository(dir string) (string, bool) {
	for {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir, true
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", false
		}
		dir = up
	}
}

func workingDir() (string, bool) {
	wd, err := os.Getwd()
	if err != nil {
		return "", false
	}
	return realPath(wd), true
}

// realPath resolves the symbolic links of path, if that can be done.
func realPath(path string) string {
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		return resolved
	}
	return path
}
