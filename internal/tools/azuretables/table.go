package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// tableDir is the folder of the tables inside the package folder.
const tableDir = "tables"

// A table is one file: head lines that start with "#", then rows of tab-separated fields. Rows are sorted by their
// first field without case, byte by byte, because rules/azure searches the text in place. "#" sorts before any key.
type table struct {
	file   string
	head   string
	many   bool // a key may have several rows, whose order is kept
	cased  bool // keys that differ in case are different, and sorted by that too
	fields int  // the most fields a row may have
	shared bool // rows leave out what they share with one above, see share
	rows   [][]string
}

// write sorts, checks and writes the table, if that changes the file.
func (t table) write(dir string) error {
	t.sort()
	if err := t.check(); err != nil {
		return fmt.Errorf("%s: %w", t.file, err)
	}
	return writeIfChanged(filepath.Join(dir, tableDir, t.file), t.String())
}

func (t table) sort() {
	slices.SortStableFunc(t.rows, func(a, b []string) int {
		if t.cased {
			return cmp.Or(cmp.Compare(fold(a[0]), fold(b[0])), cmp.Compare(a[0], b[0]))
		}
		return cmp.Compare(fold(a[0]), fold(b[0]))
	})
}

func (t table) check() error {
	last := ""
	for _, row := range t.rows {
		key := fold(row[0])
		if t.cased {
			key = row[0]
		}
		switch {
		case key == "" || key[0] <= '#':
			return fmt.Errorf("bad key %q", row[0])
		case key == last && !t.many:
			return fmt.Errorf("key %q occurs twice", row[0])
		case len(row) > t.fields:
			return fmt.Errorf("%q has %d fields, at most %d are allowed", row[0], len(row), t.fields)
		case strings.ContainsAny(strings.Join(row, ""), "\t\n\r"):
			return fmt.Errorf("%q has a tab or a line break in a field", row[0])
		}
		last = key
	}
	return nil
}

// String is the text of the file. Empty fields at the end of a row are left out.
func (t table) String() string {
	var b strings.Builder
	for line := range strings.Lines(t.head) {
		b.WriteString(strings.TrimRight("# "+strings.TrimSpace(line), " ") + "\n")
	}
	for _, line := range t.lines() {
		b.WriteString(line + "\n")
	}
	return b.String()
}

// lines are the rows as they are written.
func (t table) lines() []string {
	lines := make([]string, len(t.rows))
	for i, row := range t.rows {
		lines[i] = strings.TrimRight(strings.Join(row, "\t"), "\t")
	}
	if t.shared {
		share(lines)
	}
	return lines
}

// read fills the rows of t from its file.
func (t *table) read(dir string) error {
	data, err := os.ReadFile(filepath.Join(dir, tableDir, t.file))
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		t.rows = append(t.rows, strings.Split(line, "\t"))
	}
	return nil
}

// field is field i of a row, empty if the row is shorter.
func field(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

// fold lowers ASCII letters and nothing else, as rules/azure does when it compares keys.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

func writeIfChanged(path, text string) error {
	old, err := os.ReadFile(path)
	if err == nil && bytes.Equal(old, []byte(text)) {
		return nil
	}
	return os.WriteFile(path, []byte(text), 0o644)
}
