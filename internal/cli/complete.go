package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/rules"
)

// completer is the hidden command that the scripts of shells run. Its
// arguments are the words of a command line; the last one is being written and
// stands behind "=", so that it is never empty. It prints a candidate a line,
// with what it is behind a tab, and ":files" or ":folders" where names of those
// fit too.
const completer = "__complete"

// candidate is a word that fits.
type candidate struct {
	word, about string
}

func complete(s Streams, args []string) int {
	if len(args) == 0 {
		return exitUsage
	}
	last := len(args) - 1
	found, place := candidates(args[:last], strings.TrimPrefix(args[last], "="))
	for _, c := range found {
		fmt.Fprintf(s.Out, "%s\t%s\n", c.word, c.about)
	}
	if place == files || place == folders {
		fmt.Fprintf(s.Out, ":%s\n", place)
	}
	return exitClean
}

// candidates returns what the word may become behind those before it, and the
// kind of what else fits.
func candidates(before []string, word string) ([]candidate, kind) {
	c, rest, named := commandOf(before)
	fs, _ := c.flags()
	flag, literal := pending(fs, rest)
	name, value, assigned := strings.Cut(word, "=")
	switch {
	case flag != nil:
		return valuesOf(flag, word)
	case strings.HasPrefix(word, "--") && assigned && !literal:
		if f := fs.Lookup(name[2:]); f != nil {
			found, place := valuesOf(f, value)
			return prefixed(name+"=", found), place
		}
		return nil, nothing
	case strings.HasPrefix(word, "-") && !literal:
		return matching(flagWords(fs, named), word), nothing
	case len(before) == 0:
		return matching(commandWords(), word), files
	}
	return matching(wordsOf(c.takes), word), c.takes
}

// commandOf returns the command that the words begin with, "check" if none,
// and the words behind it.
func commandOf(before []string) (c command, rest []string, named bool) {
	if len(before) > 0 {
		if c, ok := commandNamed(before[0]); ok {
			return c, before[1:], true
		}
	}
	c, _ = commandNamed("check")
	return c, before, false
}

// pending returns the flag whose value comes next, if there is one; and whether
// a "--" says that no more flags follow.
func pending(fs *pflag.FlagSet, before []string) (flag *pflag.Flag, literal bool) {
	for i := 0; i < len(before); i++ {
		if before[i] == "--" {
			return nil, true
		}
		f := wanting(fs, before[i])
		if f != nil && i == len(before)-1 {
			return f, false
		}
		if f != nil {
			i++ // its value
		}
	}
	return nil, false
}

// wanting returns the flag of a word that takes the next word for its value.
func wanting(fs *pflag.FlagSet, word string) *pflag.Flag {
	var f *pflag.Flag
	switch {
	case strings.Contains(word, "="):
		return nil
	case strings.HasPrefix(word, "--"):
		f = fs.Lookup(word[2:])
	case strings.HasPrefix(word, "-") && len(word) == 2:
		f = fs.ShorthandLookup(word[1:])
	}
	if f == nil || f.NoOptDefVal != "" {
		return nil
	}
	return f
}

// valuesOf returns the values of a flag that begin with a word; of a list, the
// values for its last part.
func valuesOf(f *pflag.Flag, word string) ([]candidate, kind) {
	place := nothing
	if k := f.Annotations[takes]; len(k) > 0 {
		place = kind(k[0])
	}
	head := ""
	if i := strings.LastIndexByte(word, ','); i >= 0 && f.Value.Type() == "stringSlice" {
		head, word = word[:i+1], word[i+1:]
	}
	if place == formatFiles && strings.Contains(word, "=") {
		return nil, files
	}
	found := wordsOf(place)
	for _, w := range f.Annotations[words] {
		found = append(found, candidate{word: w})
	}
	return prefixed(head, matching(found, word)), place
}

// wordsOf returns the words of a kind.
func wordsOf(k kind) []candidate {
	var out []candidate
	switch k {
	case ruleIDs:
		for _, r := range rules.All() {
			out = append(out, candidate{r.Name, r.Slug}, candidate{r.Slug, r.Name})
		}
	case commandNames:
		return commandWords()
	case formatFiles:
		for _, f := range formats() {
			out = append(out, candidate{f.name + "=", f.about})
		}
	case shellWords:
		for _, name := range shellNames() {
			out = append(out, candidate{name, "script for " + name})
		}
	}
	return out
}

func commandWords() []candidate {
	var out []candidate
	for _, c := range commands() {
		out = append(out, candidate{c.name, c.short})
	}
	return out
}

func flagWords(fs *pflag.FlagSet, named bool) []candidate {
	var out []candidate
	fs.VisitAll(func(f *pflag.Flag) {
		_, usage := pflag.UnquoteUsage(f)
		out = append(out, candidate{"--" + f.Name, usage})
	})
	out = append(out, candidate{"--help", "what the command does, and its flags"})
	if !named {
		out = append(out, candidate{"--version", "the version of the program"})
	}
	return out
}

// matching returns the candidates that begin with a word, in either case.
func matching(all []candidate, word string) []candidate {
	var out []candidate
	for _, c := range all {
		if len(c.word) >= len(word) && strings.EqualFold(c.word[:len(word)], word) {
			out = append(out, c)
		}
	}
	return out
}

func prefixed(head string, found []candidate) []candidate {
	for i := range found {
		found[i].word = head + found[i].word
	}
	return found
}
