package discover

import "io/fs"

// maxDecide is how much of a file is read at most to tell what it is. Azure
// takes no template larger than 4 MiB.
// https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits
const maxDecide = 4 << 20

// reader is a [tree.Tree] or one of its folders.
type reader interface {
	ReadHead(name string, buf []byte) (n int, size int64, err error)
	Stat(name string) (fs.FileInfo, error)
}

// examine tells what a file is and returns its head, as far as it fits into buf.
// The name is for r, rel for the tree.
func examine(r reader, name, rel string, buf []byte) (File, []byte, error) {
	f := File{Path: rel}
	if f.Kind = Classify(name, nil); f.Kind == Bicep || f.Kind == BicepParam {
		info, err := r.Stat(name)
		if err == nil {
			f.Size = info.Size()
		}
		return f, nil, err
	}
	n, size, err := r.ReadHead(name, buf)
	if err != nil {
		return f, nil, err
	}
	f.Size = size
	f.Kind = Classify(name, buf[:n])
	if f.Kind == Unknown {
		f.Kind, err = decide(r, name, int64(n), size)
	}
	return f, buf[:n], err
}

// decide reads on where the head of a file does not decide.
func decide(r reader, name string, seen, size int64) (Kind, error) {
	if seen >= size {
		return NotTemplate, nil // broken
	}
	buf := make([]byte, min(size, maxDecide))
	n, _, err := r.ReadHead(name, buf)
	if err != nil {
		return NotTemplate, err
	}
	if k := Classify(name, buf[:n]); k != Unknown {
		return k, nil
	}
	return NotTemplate, nil
}
