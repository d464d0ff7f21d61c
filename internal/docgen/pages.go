package docgen

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"

	"golang.org/x/tools/txtar"

	"github.com/rolecall/rolecall/docs"
	"github.com/rolecall/rolecall/rules"
)

// Pages packs the pages of all rules, which the folder holds, for package
// docs. What compression writes depends on the version of Go: an old archive
// that holds these very pages is returned as it is.
func Pages(folder string, old []byte) ([]byte, error) {
	var a txtar.Archive
	for _, r := range rules.All() {
		page, err := read(folder, r.Name)
		if err != nil {
			return nil, err
		}
		a.Files = append(a.Files, txtar.File{Name: r.Name + ".md", Data: page})
	}
	if packed, err := docs.Unpack(old); err == nil && bytes.Equal(txtar.Format(packed), txtar.Format(&a)) {
		return old, nil
	}
	return pack(&a)
}

// read returns the page of a rule. A checkout may have changed its line ends.
func read(folder, id string) ([]byte, error) {
	page, err := os.ReadFile(filepath.Join(folder, id+".md"))
	return bytes.ReplaceAll(page, []byte("\r\n"), []byte("\n")), err
}

func pack(a *txtar.Archive) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(txtar.Format(a)); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}
