// Package baseline keeps the findings that were there before, so that only new
// ones are told. A finding is known by its fingerprint, which survives moved
// lines; of several equal ones each has its own.
package baseline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"sort"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

// version is that of the format.
const version = 1

// Entry is a finding that was there before. It holds nothing of what the
// finding says: that would make the file long, and change with every release.
type Entry struct {
	Rule        string `json:"rule"` // id
	File        string `json:"file"` // slash path in the analysed tree
	Fingerprint string `json:"fingerprint"`
}

// EntryOf is the entry for a finding.
func EntryOf(f *report.Finding) Entry { return Entry{f.Rule.ID, f.At.File, f.Fingerprint} }

// Baseline is a set of entries. A nil *Baseline is empty.
type Baseline struct {
	Profile rules.Profile // the widest that the findings were looked for with

	entries map[string]Entry // by fingerprint
}

// New returns a baseline of the entries.
func New(profile rules.Profile, entries []Entry) *Baseline {
	b := &Baseline{Profile: profile, entries: map[string]Entry{}}
	for _, e := range entries {
		b.entries[e.Fingerprint] = e
	}
	return b
}

// Has tells whether a finding was there before.
func (b *Baseline) Has(f *report.Finding) bool {
	if b == nil {
		return false
	}
	_, ok := b.entries[f.Fingerprint]
	return ok
}

// Entries are the entries by file, rule and fingerprint.
func (b *Baseline) Entries() []Entry {
	if b == nil {
		return nil
	}
	out := make([]Entry, 0, len(b.entries))
	for _, e := range b.entries {
		out = append(out, e)
	}
	sort.Slice(out, func(i, j int) bool {
		x, y := out[i], out[j]
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Fingerprint, y.Fingerprint)) < 0
	})
	return out
}

// Bytes is the file: sorted, with a line for each entry, so that changes of it
// can be reviewed and merged.
func (b *Baseline) Bytes() []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n  \"version\": %d,\n  \"profile\": \"%s\",\n  \"findings\": [", version, b.Profile)
	for i, e := range b.Entries() {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		out.Write(line(e))
	}
	out.WriteString("\n  ]\n}\n")
	return out.Bytes()
}

func line(e Entry) []byte {
	raw, err := json.Marshal(e)
	if err != nil {
		panic(err) // three strings
	}
	return raw
}

// Parse reads a baseline.
func Parse(name string, raw []byte) (*Baseline, error) {
	if !gjson.ValidBytes(raw) || !utf8.Valid(raw) {
		return nil, invalid(name, raw)
	}
	doc := gjson.ParseBytes(raw)
	if v := doc.Get("version"); v.Type != gjson.Number || !doc.Get("findings").IsArray() {
		return nil, fmt.Errorf(`%s is no baseline: it has no "version" and "findings"; --update-baseline writes one`, name)
	} else if v.Int() != version {
		return nil, fmt.Errorf("%s has version %s of baselines, this program knows version %d: write it anew with --update-baseline", name, v.Raw, version)
	}
	profile, ok := rules.ProfileNamed(doc.Get("profile").String())
	if !ok {
		return nil, fmt.Errorf(`%s: "profile" is default, strict or pedantic, not %s; write the file anew with --update-baseline`, name, doc.Get("profile").Raw)
	}
	var entries []Entry
	for i, v := range doc.Get("findings").Array() {
		e := Entry{v.Get("rule").String(), v.Get("file").String(), v.Get("fingerprint").String()}
		if e.Rule == "" || e.File == "" || e.Fingerprint == "" {
			return nil, fmt.Errorf(`%s: entry %d of "findings" lacks "rule", "file" or "fingerprint"; write the file anew with --update-baseline`, name, i+1)
		}
		entries = append(entries, e)
	}
	return New(profile, entries), nil
}

// invalid says where a file is no JSON.
func invalid(name string, raw []byte) error {
	f := source.Parse(name, raw)
	if len(f.Errors) == 0 {
		return fmt.Errorf("%s is no strict JSON in UTF-8; write it anew with --update-baseline", name)
	}
	p := f.Position(f.Errors[0].Offset)
	return fmt.Errorf("%s:%d:%d: %s", name, p.Line, p.Rune, f.Errors[0].Message)
}
