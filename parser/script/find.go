package script

import "strings"

// Find returns the place of the words of a phrase in the command: one after
// the other, in any case. Each of the words in with must stand somewhere in it
// too, as a part of a word.
func (c Command) Find(phrase string, with ...string) (start, end int, ok bool) {
	for i := range c.Words {
		if last, found := c.matches(i, phrase); found && c.hasAll(with) {
			return c.Words[i].Start, c.Words[last].End, true
		}
	}
	return 0, 0, false
}

// matches tells whether the phrase stands at word i, and at which word it
// ends.
func (c Command) matches(i int, phrase string) (last int, ok bool) {
	for phrase != "" {
		var want string
		want, phrase, _ = strings.Cut(phrase, " ")
		if i >= len(c.Words) || c.Words[i].Quoted || !strings.EqualFold(name(c.Words[i].Text), want) {
			return 0, false
		}
		i++
	}
	return i - 1, true
}

// name is a word without the assignment before it: in x=$(az …) and $x=az.
func name(word string) string {
	if i := strings.LastIndexByte(word, '='); i >= 0 && i < len(word)-1 {
		return word[i+1:]
	}
	return word
}

func (c Command) hasAll(parts []string) bool {
	for _, p := range parts {
		if !c.has(p) {
			return false
		}
	}
	return true
}

func (c Command) has(part string) bool {
	for _, w := range c.Words {
		if strings.Contains(strings.ToLower(w.Text), part) {
			return true
		}
	}
	return false
}
