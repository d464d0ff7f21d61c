package lock

import (
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	builtin "github.com/rolecall/rolecall/internal/access"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/report/access"
)

// Error says what is wrong with a lock file, and where.
type Error struct {
	File         string
	Line, Column int // from 1, the column in characters
	Message      string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Read reads the text of a lock file. The places of the grants are those in the
// file, which name tells of. An error is an [*Error].
func Read(name string, data []byte) (*access.Access, error) {
	f := source.Parse(name, data)
	r := &reader{lines: f.LineIndex(), name: name, text: string(data)}
	if i := invalid(r.text); i >= 0 {
		r.fail(i, "this is no UTF-8; write the file anew with 'rolecall lock'")
		return nil, r.err
	}
	var syntax *json.SyntaxError
	if err := json.Unmarshal(data, new(json.RawMessage)); errors.As(err, &syntax) {
		r.fail(max(int(syntax.Offset)-1, 0), "this is no JSON: "+syntax.Error()+"; write the file anew with 'rolecall lock'")
		return nil, r.err
	}
	a := r.whole(gjson.Parse(r.text))
	if r.err != nil {
		return nil, r.err
	}
	return a, nil
}

// invalid is where text is no UTF-8, or -1.
func invalid(s string) int {
	for i, c := range s {
		if _, size := utf8.DecodeRuneInString(s[i:]); c == utf8.RuneError && size < 2 {
			return i
		}
	}
	return -1
}

// reader reads members of the file until the first error.
type reader struct {
	lines *source.LineIndex
	name  string
	text  string
	err   error
	told  int // grants and declarations so far
}

func (r *reader) fail(offset int, message string) {
	if r.err == nil {
		p := r.lines.Position(offset)
		r.err = &Error{r.name, p.Line, p.Rune, message}
	}
}

// object returns the members of an object, which are among those that are
// known. They are all there if they must be.
func (r *reader) object(v gjson.Result, must, may []string) map[string]gjson.Result {
	members := map[string]gjson.Result{}
	if !v.IsObject() {
		r.fail(v.Index, "an object is expected here")
		return members
	}
	v.ForEach(func(key, member gjson.Result) bool {
		k := key.String()
		switch _, twice := members[k]; {
		case twice:
			r.fail(key.Index, fmt.Sprintf("the member %q stands here twice", k))
		case !has(must, k) && !has(may, k):
			r.fail(key.Index, fmt.Sprintf("there is no member %q; it may be of a later version of rolecall", k))
		}
		members[k] = member
		return r.err == nil
	})
	for _, k := range must {
		if _, ok := members[k]; !ok {
			r.fail(v.Index, fmt.Sprintf("the member %q is missing", k))
		}
	}
	return members
}

func has(list []string, s string) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}

// each calls a function for each element of a list; none if it is not there.
func (r *reader) each(v gjson.Result, read func(gjson.Result)) {
	if !v.Exists() {
		return
	}
	if !v.IsArray() {
		r.fail(v.Index, "a list is expected here")
		return
	}
	v.ForEach(func(_, element gjson.Result) bool {
		read(element)
		return r.err == nil
	})
}

// str is a text; "" if it is not there.
func (r *reader) str(v gjson.Result) string {
	if v.Exists() && v.Type != gjson.String {
		r.fail(v.Index, "a text is expected here")
	}
	return v.String()
}

// texts is a list of texts.
func (r *reader) texts(v gjson.Result) []string {
	var out []string
	r.each(v, func(e gjson.Result) { out = append(out, r.str(e)) })
	return out
}

// flag is a truth value, or what it is if it is not there.
func (r *reader) flag(v gjson.Result, standard bool) bool {
	if !v.Exists() {
		return standard
	}
	if !v.IsBool() {
		r.fail(v.Index, "true or false is expected here")
	}
	return v.Bool()
}

// number is a count; 0 if it is not there.
func (r *reader) number(v gjson.Result) int {
	if v.Exists() && (v.Type != gjson.Number || v.Num < 0 || v.Num != float64(int(v.Num))) {
		r.fail(v.Index, "a count is expected here")
		return 0
	}
	return int(v.Num)
}

// place is where something stands in the file.
func (r *reader) place(v gjson.Result) report.Place {
	at := func(offset int) report.Position {
		p := r.lines.Position(offset)
		return report.Position{Line: p.Line, Byte: p.Byte, Rune: p.Rune, UTF16: p.UTF16}
	}
	return report.Place{File: r.name, Start: v.Index, End: v.Index + 1, From: at(v.Index), To: at(v.Index + 1)}
}

// isBuiltIn reports whether the permissions of a role are in the tables.
func isBuiltIn(r access.Role) bool {
	_, ok := builtin.BuiltIn(r.ID)
	return ok && !r.Custom
}
