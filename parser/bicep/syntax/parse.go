package syntax

import (
	"fmt"
	"slices"
	"strings"
)

// MaxDepth is how deep expressions and types may nest.
const MaxDepth = 400

// maxErrors is how many errors of a file are told.
const maxErrors = 100

type parser struct {
	s      string
	toks   []Token
	i      int
	params bool // a .bicepparam file
	depth  int
	hole   int     // open holes: no object or array may stand directly in one
	faults []int32 // where the errors of the lexer begin, sorted
	f      *File
}

// bail ends the statement that is being parsed; parseStatement recovers it.
type bail struct{}

// Parse reads the text of a file; params says that it is a .bicepparam. It
// never fails outright: what cannot be read is left out, and Errors says why.
func Parse(text string, params bool) *File {
	toks := Lex(text)
	p := &parser{s: text, toks: toks.List, params: params, f: &File{
		Comments: toks.Comments, Directives: toks.Directives, Errors: toks.Errors,
	}}
	for _, e := range toks.Errors {
		p.faults = append(p.faults, e.Start)
	}
	slices.Sort(p.faults)
	p.newlines()
	for p.kind() != EndOfFile {
		if s := p.parseStatement(); s != nil {
			p.f.Statements = append(p.f.Statements, s)
		}
		p.newlines()
	}
	p.f.Errors = p.f.Errors[:min(len(p.f.Errors), maxErrors)]
	return p.f
}

// parseStatement reads one statement; nil if it has an error.
func (p *parser) parseStatement() (s Statement) {
	start := p.i
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(bail); !ok {
				panic(r)
			}
			s, p.depth, p.hole = nil, 0, 0
			p.resync(start)
		}
	}()
	s = p.statement()
	if p.kind() != NewLine && p.kind() != EndOfFile {
		p.fail("the statement should end here, but %s follows; begin a new line", p.what())
	}
	if p.lexicallyBroken(s.Range()) {
		return nil
	}
	return s
}

// lexicallyBroken tells whether the lexer has found fault within a statement.
func (p *parser) lexicallyBroken(s Span) bool {
	i, _ := slices.BinarySearch(p.faults, s.Start)
	return i < len(p.faults) && p.faults[i] < s.End
}

// resync moves to the end of the line before the next statement: a line that
// begins with a keyword or an @, not indented or outside of all brackets.
func (p *parser) resync(start int) {
	failed := max(p.i, start+1)
	level := 0
	for p.i = start; p.kind() != EndOfFile; p.i++ {
		switch p.kind() {
		case LeftBrace, LeftParen, LeftSquare:
			level++
		case RightBrace, RightParen, RightSquare:
			level--
		case NewLine:
			if p.i >= failed-2 && p.begins(p.i+1, level) {
				return
			}
		}
	}
}

func (p *parser) begins(i, level int) bool {
	t := p.toks[i]
	if t.Kind == EndOfFile {
		return true
	}
	if t.Start != p.toks[i-1].End && level > 0 {
		return false
	}
	return t.Kind == At || t.Kind == Identifier && isKeyword(p.text(t)) && p.i+2 < len(p.toks) &&
		(p.toks[i+1].Kind == Identifier || p.toks[i+1].Kind == StringComplete || p.text(t) == "targetScope" || p.text(t) == "import")
}

var keywords = [...]string{
	"targetScope", "metadata", "param", "var", "type", "func", "resource", "module", "output",
	"import", "extension", "assert", "test", "using", "extends", "extensionConfig",
}

func isKeyword(s string) bool {
	for _, k := range keywords {
		if s == k {
			return true
		}
	}
	return false
}

func (p *parser) kind() Kind          { return p.toks[p.i].Kind }
func (p *parser) at(k Kind) bool      { return p.toks[p.i].Kind == k }
func (p *parser) text(t Token) string { return p.s[t.Start:t.End] }
func (p *parser) start() int32        { return p.toks[p.i].Start }

// since is the span from an offset to the end of the last token.
func (p *parser) since(start int32) Span {
	if p.i == 0 {
		return Span{start, start}
	}
	return Span{start, max(start, p.toks[p.i-1].End)}
}

// ahead is the kind of the token behind the cursor.
func (p *parser) ahead() Kind {
	return p.toks[min(p.i+1, len(p.toks)-1)].Kind
}

// word tells whether the token at the cursor is the contextual keyword w.
func (p *parser) word(w string) bool {
	return p.at(Identifier) && p.text(p.toks[p.i]) == w
}

func (p *parser) next() Token {
	t := p.toks[p.i]
	if t.Kind != EndOfFile {
		p.i++
	}
	return t
}

// accept takes a token of kind k if it is at the cursor.
func (p *parser) accept(k Kind) bool {
	if p.at(k) {
		p.i++
		return true
	}
	return false
}

func (p *parser) expect(k Kind, what string) Token {
	if !p.at(k) {
		p.fail("%s is expected here, not %s", what, p.what())
	}
	return p.next()
}

func (p *parser) expectWord(w string) {
	if !p.word(w) {
		p.fail("'%s' is expected here, not %s", w, p.what())
	}
	p.next()
}

// newlines skips line breaks; there may be comments between them.
func (p *parser) newlines() bool {
	any := p.at(NewLine)
	for p.accept(NewLine) {
	}
	return any
}

// fail records an error at the token of the cursor and ends the statement.
// Where the lexer has told why the token is wrong nothing is added.
func (p *parser) fail(format string, args ...any) {
	at := p.toks[p.i].Span
	if p.at(NewLine) {
		at.End = at.Start
	}
	if p.conflict(int(at.Start)) {
		p.failAt(at, "a merge conflict is left here; keep one of its sides")
	}
	p.failAt(at, format, args...)
}

// conflict tells whether a line begins at an offset that a merge which did not
// succeed put there.
func (p *parser) conflict(at int) bool {
	if at > 0 && p.s[at-1] != '\n' {
		return false
	}
	for _, mark := range []string{"<<<<<<<", "|||||||", "=======", ">>>>>>>"} {
		if strings.HasPrefix(p.s[at:], mark) {
			return true
		}
	}
	return false
}

func (p *parser) failAt(at Span, format string, args ...any) {
	if len(p.f.Errors) >= maxErrors {
		panic(bail{})
	}
	for _, e := range p.f.Errors {
		if e.Start < at.End && at.Start < e.End || e.Span == at {
			panic(bail{})
		}
	}
	p.f.Errors = append(p.f.Errors, Error{at, fmt.Sprintf(format, args...)})
	panic(bail{})
}

// what names the token at the cursor.
func (p *parser) what() string {
	switch t := p.toks[p.i]; t.Kind {
	case EndOfFile:
		return "the end of the file"
	case NewLine:
		return "the end of the line"
	default:
		text := p.text(t)
		if line, _, more := strings.Cut(text, "\n"); more || len(line) > 40 {
			return "this text"
		}
		return fmt.Sprintf("%q", text)
	}
}

func (p *parser) enter() {
	if p.depth++; p.depth > MaxDepth {
		p.fail("this nests more than %d levels", MaxDepth)
	}
}

func (p *parser) leave() { p.depth-- }

func (p *parser) name(what string) Name {
	t := p.expect(Identifier, what)
	return Name{t.Span, p.text(t)}
}

// plainString reads a string without holes.
func (p *parser) plainString(what string) *String {
	t := p.expect(StringComplete, what+" in single quotes")
	raw := p.text(t)
	return &String{t.Span, []string{decoderOf(raw).text(t.Kind, raw)}, nil}
}
