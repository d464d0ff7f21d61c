package discover

import (
	"bytes"
	"slices"
	"strings"
)

// generatedByBicep reports whether a template says, near its head, that the
// Bicep compiler wrote it.
func generatedByBicep(head []byte) bool {
	c := cursor{src: plain(head)}
	return c.find("metadata") && c.find("_generator") && c.find("name") && bytes.Equal(c.text(), []byte("bicep"))
}

// settleCover takes back the cover of files that were asked for by name, and
// that by a source which is not among the files (it may be ignored). The files
// are sorted by path.
func settleCover(files []File) {
	for i := range files {
		f := &files[i]
		if f.CoveredBy != "" && (f.Named || !contains(files, f.CoveredBy)) {
			f.CoveredBy = ""
		}
	}
}

func contains(files []File, path string) bool {
	_, ok := slices.BinarySearchFunc(files, path, func(f File, path string) int {
		return strings.Compare(f.Path, path)
	})
	return ok
}
