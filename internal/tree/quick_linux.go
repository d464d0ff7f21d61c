package tree

import (
	"io"
	"os"
	"path"
	"syscall"

	"golang.org/x/sys/unix"
)

// quick reads files on disk in a third of the steps of an [os.Root], which opens
// each folder on the way: Linux itself holds that nothing leads out of the tree.
// https://man7.org/linux/man-pages/man2/openat2.2.html
type quick struct {
	top  *os.File
	conn syscall.RawConn // to top; nil if that cannot be had
}

func newQuick(root *os.Root) quick {
	top, err := root.Open(".")
	if err != nil {
		return quick{}
	}
	conn, err := top.SyscallConn()
	if err != nil {
		conn = nil
	}
	return quick{top, conn}
}

func (q quick) close() error {
	if q.top == nil {
		return nil
	}
	return q.top.Close()
}

// readFile reads a regular file, reached without a link in its own name. All
// else, and whatever is wrong, it leaves to others, who have the words for it.
func (q quick) readFile(rel string) (data []byte, ok bool) {
	if q.conn == nil {
		return nil, false
	}
	err := q.conn.Control(func(top uintptr) { data, ok = readBelow(int(top), rel) })
	return data, ok && err == nil
}

func readBelow(top int, rel string) (data []byte, ok bool) {
	dir, name := path.Split(rel)
	folder, err := unix.Openat2(top, "./"+dir, &unix.OpenHow{
		Flags: unix.O_PATH | unix.O_DIRECTORY | unix.O_CLOEXEC, Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_MAGICLINKS,
	})
	if err != nil {
		return nil, false
	}
	defer unix.Close(folder)
	var is unix.Stat_t
	if unix.Fstatat(folder, name, &is, unix.AT_SYMLINK_NOFOLLOW) != nil || is.Mode&unix.S_IFMT != unix.S_IFREG {
		return nil, false
	}
	fd, err := unix.Openat(folder, name, openFlags|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, false
	}
	defer unix.Close(fd)
	// The name may have come to mean another file since it was looked at.
	if unix.Fstat(fd, &is) != nil || is.Mode&unix.S_IFMT != unix.S_IFREG || is.Size > MaxFile {
		return nil, false
	}
	data = make([]byte, is.Size)
	n, err := readFull(descriptor(fd), data)
	return data[:n], err == nil
}

// descriptor is an open file, by its number.
type descriptor int

func (d descriptor) Read(buf []byte) (int, error) {
	for {
		switch n, err := unix.Read(int(d), buf); {
		case err == unix.EINTR:
			continue
		case err != nil:
			return 0, err
		case n == 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}
