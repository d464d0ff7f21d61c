package facts

import (
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/rules/azure"
)

// Memory is what units are read into, one after the other: with the next one, the
// files of the former one become invalid. It belongs to one goroutine. A nil
// *Memory keeps nothing. What the tables told stays.
type Memory struct {
	files  []*template.File
	used   int
	tables azure.Tables
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

// reset begins the next unit, and returns the tables for it.
func (m *Memory) reset() *azure.Tables {
	if m == nil {
		return &azure.Tables{}
	}
	m.used = 0
	return &m.tables
}
