package suppress

import (
	"sort"
	"strings"

	"github.com/rolecall/rolecall/internal/names"
	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/report"
)

// Bicep returns the directives of a Bicep file, in the order of the text:
// comments as in JSON, and the language's own #disable-next-line and
// #disable-diagnostics where they name rules of ours. Of those, a comment
// behind them is the reason, and none is needed.
func Bicep(f *source.File) []Directive {
	if !strings.Contains(f.Text, mark) && !disablesOurs(f.Text) {
		return nil
	}
	b := &bicepLayout{f: f, toks: syntax.Lex(f.Text), lines: f.LineIndex()}
	parsed := syntax.Parse(f.Text, strings.HasSuffix(strings.ToLower(f.Name), ".bicepparam"))
	for _, s := range parsed.Statements {
		b.statement(s)
	}
	sort.Slice(b.resources, func(i, j int) bool { return b.resources[i].Start < b.resources[j].Start })
	var out []Directive
	for _, c := range b.toks.Comments {
		if d, ok := ParseComment(f.Text[c.Start:c.End], int(c.Start)); ok {
			out = append(out, b.scoped(d, b.target(c)))
		}
	}
	for i, d := range b.toks.Directives {
		if x, ok := b.directive(i, d); ok {
			out = append(out, x)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Span.Start < out[j].Span.Start })
	return out
}

// disablesOurs tells whether a directive of the language may name a rule of
// ours: most files have directives, few of them name one.
func disablesOurs(text string) bool {
	for {
		i := strings.Index(text, "#disable-")
		if i < 0 {
			return false
		}
		text = text[i+1:]
		line := text[:endOfLine(text, 0)]
		for _, code := range strings.FieldsFunc(line, func(r rune) bool { return r > 0x7f || !isNameByte(byte(r)) }) {
			if len(names.Find(code)) > 0 {
				return true
			}
		}
	}
}

type bicepLayout struct {
	f         *source.File
	toks      syntax.Tokens
	lines     *source.LineIndex
	resources []Span
}

// statement collects resources and modules.
func (b *bicepLayout) statement(s syntax.Statement) {
	switch s := s.(type) {
	case *syntax.Resource:
		b.add(s.Span)
		b.children(s.Body)
	case *syntax.Module:
		b.add(s.Span)
	}
}

func (b *bicepLayout) add(s syntax.Span) {
	b.resources = append(b.resources, Span{int(s.Start), int(s.End)})
}

func (b *bicepLayout) children(body syntax.Expr) {
	syntax.Inspect(body, func(x syntax.Expr) bool {
		if o, ok := x.(*syntax.Object); ok {
			for _, c := range o.Children {
				b.statement(c)
			}
		}
		return true
	})
}

// nextToken is the offset of the first token from an offset on, the end of the
// text if there is none.
func (b *bicepLayout) nextToken(offset int) int {
	list := b.toks.List
	i := sort.Search(len(list), func(i int) bool { return int(list[i].Start) >= offset })
	for i < len(list) && list[i].Kind == syntax.NewLine {
		i++
	}
	if i == len(list) || list[i].Kind == syntax.EndOfFile {
		return len(b.f.Text)
	}
	return int(list[i].Start)
}

// lastToken is where the tokens that begin in a range end, at least its own end:
// a string may go on over further lines.
func (b *bicepLayout) lastToken(start, end int) int {
	list, last := b.toks.List, end
	i := sort.Search(len(list), func(i int) bool { return int(list[i].Start) >= start })
	for ; i < len(list) && int(list[i].Start) < end; i++ {
		last = max(last, int(list[i].End))
	}
	return last
}

// target returns an offset on the line that a comment acts on.
func (b *bicepLayout) target(c syntax.Span) int {
	start, _ := b.lines.LineAt(int(c.Start))
	if first := b.nextToken(start); first < int(c.Start) {
		return first
	}
	return b.nextToken(int(c.End))
}

// scoped sets the scope of a directive: the line around an offset, with the
// strings and resources that begin on it.
func (b *bicepLayout) scoped(d Directive, at int) Directive {
	if at >= len(b.f.Text) {
		if d.Fault == "" {
			d.Fault = "nothing follows that the suppression could act on"
		}
		return d
	}
	start, end := b.lines.LineAt(at)
	d.Scope = Span{start, b.lastToken(start, end)}
	first := sort.Search(len(b.resources), func(i int) bool { return b.resources[i].Start >= start })
	for _, r := range b.resources[first:] {
		if r.Start >= end {
			break
		}
		d.Scope.End = max(d.Scope.End, r.End)
	}
	return d
}

// directive reads the i-th directive of the language; false if it names no
// rule of ours.
func (b *bicepLayout) directive(i int, x syntax.Directive) (Directive, bool) {
	d := Directive{By: report.ByComment, Reason: x.Reason, Span: Span{int(x.Start), int(x.End)}, NoReason: true}
	for _, c := range x.Codes {
		if len(names.Find(c.Text)) > 0 {
			d.Names = append(d.Names, Name{c.Text, Span{int(c.Start), int(c.End)}})
		}
	}
	if len(d.Names) == 0 || x.Name == "restore-diagnostics" {
		return d, false
	}
	if x.Name == "disable-next-line" {
		_, end := b.lines.LineAt(int(x.End))
		return b.scoped(d, b.nextToken(end)), true
	}
	d.Scope = Span{int(x.Start), b.restored(i, d.Names)}
	return d, true
}

// restored is where what the i-th directive switches off is switched on again.
func (b *bicepLayout) restored(i int, off []Name) int {
	for _, x := range b.toks.Directives[i+1:] {
		if x.Name != "restore-diagnostics" {
			continue
		}
		for _, c := range x.Codes {
			for _, n := range off {
				if strings.EqualFold(c.Text, n.Text) {
					return int(x.Start)
				}
			}
		}
	}
	return len(b.f.Text)
}
