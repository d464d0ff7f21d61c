package facts

import (
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
)

// Memory is what units are read into, one after the other: with the next one, the
// files of the former one become invalid. It belongs to one goroutine. A nil
// *Memory keeps nothing.
type Memory struct {
	files []*template.File
	used  int
}

func (m *Memory) parse(name string, raw []byte) *template.File {
	if m == nil {
		return template.NewFile(source.Parse(name, raw))
	}
	if m.used == len(m.files) {
		m.files = append(m.files, template.NewFile(new(source.File)))
	}
	f := m.files[m.used]
	m.used++
	f.Reset(name, raw)
	return f
}

func (m *Memory) reset() {
	if m != nil {
		m.used = 0
	}
}
