package tree

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
)

// MaxFile is the size in bytes of the largest file that is read: 64 MiB,
// sixteen times what Azure takes as a template.
const MaxFile = 64 << 20

// ReadFile reads a whole file. What is not a regular file is refused before it
// is opened, as is a file larger than [MaxFile].
func (t *Tree) ReadFile(rel string) ([]byte, error) {
	if file, size, ok := t.quick.open(rel); ok {
		defer file.Close()
		return readAll(rel, file, size)
	}
	data, err := t.readBeside(rel)
	switch {
	case err == nil:
		return data, nil
	case errors.Is(err, errGone):
		return nil, failure(rel, err)
	}
	data, err = t.top.ReadFile(rel)
	if err != nil {
		return nil, t.explain(rel, err)
	}
	return data, nil
}

// errGone is the error for a name that the folder has not, so that there is no
// more to say of it.
var errGone = fmt.Errorf("no entry of the folder: %w", fs.ErrNotExist)

// readBeside reads a file from its folder, so that the way down to it is gone
// once for all that is asked of it. It fails for a link that leads out of the
// folder.
func (t *Tree) readBeside(rel string) ([]byte, error) {
	dir, name := path.Split(rel)
	if dir == "" {
		return t.top.ReadFile(name)
	}
	folder, err := t.top.Folder(dir[:len(dir)-1])
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	data, err := folder.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := folder.root.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return nil, errGone
		}
	}
	return data, err
}

// ReadHead is [Folder.ReadHead] for any file of the tree, but looks at what it
// is before it is opened.
func (t *Tree) ReadHead(rel string, buf []byte) (n int, size int64, err error) {
	if file, size, ok := t.quick.open(rel); ok {
		defer file.Close()
		return readHead(rel, file, size, buf)
	}
	if err = t.top.regular(rel); err == nil {
		n, size, err = t.top.ReadHead(rel, buf)
	}
	if err != nil {
		return 0, 0, t.explain(rel, err)
	}
	return n, size, nil
}

// Exists reports whether there is a file or folder at rel, inside of the tree.
func (t *Tree) Exists(rel string) bool {
	_, err := t.top.Stat(rel)
	return err == nil
}

// Stat describes what rel is, symbolic links followed.
func (t *Tree) Stat(rel string) (fs.FileInfo, error) {
	if info, ok := t.quick.stat(rel); ok {
		return info, nil
	}
	info, err := t.top.Stat(rel)
	if err != nil {
		return nil, t.explain(rel, err)
	}
	return info, nil
}

// explain finds the reason in the symbolic links of rel, where there is one:
// the operating system's own words for it are unclear.
func (t *Tree) explain(rel string, err error) error {
	if _, cause := t.Resolve(rel); cause != nil {
		return cause
	}
	return err
}

// ReadFile reads a whole file of the folder, as [Tree.ReadFile] does.
func (f *Folder) ReadFile(name string) ([]byte, error) {
	if err := f.regular(name); err != nil {
		return nil, err
	}
	file, size, err := f.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readAll(name, file, size)
}

func readAll(name string, file io.Reader, size int64) ([]byte, error) {
	if size > MaxFile {
		return nil, tooLarge(name, size)
	}
	data := make([]byte, size)
	n, err := readFull(file, data)
	if err != nil {
		return nil, failure(name, err)
	}
	return data[:n], nil
}

// ReadHead fills buf from the start of a file and returns the number of bytes
// read and the size of the file. What is not a regular file is refused, but
// only after it was opened (without waiting, should it be a pipe): it is for
// files known from a listing, where one more look at each would cost a quarter
// of the time.
func (f *Folder) ReadHead(name string, buf []byte) (n int, size int64, err error) {
	file, size, err := f.open(name)
	if err != nil {
		return 0, 0, err
	}
	defer file.Close()
	return readHead(name, file, size, buf)
}

func readHead(name string, file io.Reader, size int64, buf []byte) (int, int64, error) {
	n, err := readFull(file, buf[:min(size, int64(len(buf)))])
	if err != nil {
		return 0, 0, failure(name, err)
	}
	return n, size, nil
}

// regular returns an error unless name is a regular file.
func (f *Folder) regular(name string) error {
	info, err := f.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = notFile(name, info.Mode())
	}
	return err
}

// open opens a file and refuses what is not a regular one. That must be asked
// of the open file: the name may have come to mean another one since any
// earlier look.
func (f *Folder) open(name string) (fs.File, int64, error) {
	file, err := f.root.Open(name)
	if err != nil {
		// A socket cannot even be opened: say that rather than how it failed.
		return nil, 0, cmp.Or(f.regular(name), failure(name, err))
	}
	info, err := file.Stat()
	if err == nil && info.Mode().IsRegular() {
		return file, info.Size(), nil
	}
	file.Close()
	if err != nil {
		return nil, 0, failure(name, err)
	}
	return nil, 0, notFile(name, info.Mode())
}

// readFull fills buf, or reads less if the file has become shorter.
func readFull(r io.Reader, buf []byte) (int, error) {
	n, err := io.ReadFull(r, buf)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return n, err
}

func tooLarge(name string, size int64) error {
	return &Error{Path: name, Text: fmt.Sprintf(
		"is %d MiB large, more than the %d MiB that are read; leave it out with --exclude", size>>20, MaxFile>>20)}
}

func notFile(name string, mode fs.FileMode) error {
	what := "is not a regular file"
	switch {
	case mode.IsDir():
		what = "is a folder, not a file"
	case mode&fs.ModeNamedPipe != 0:
		what = "is a named pipe, not a file"
	case mode&fs.ModeSocket != 0:
		what = "is a socket, not a file"
	case mode&fs.ModeDevice != 0:
		what = "is a device, not a file"
	}
	return &Error{Path: name, Text: what}
}
