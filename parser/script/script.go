// Package script reads shell and PowerShell text as far as is needed to find
// the commands in it: their words, without comments, each with its place. It
// runs nothing and resolves no variables.
package script

import "strings"

// Language says by whose rules a script is read.
type Language uint8

// The languages. They differ in comments, in how a line goes on, and in what
// quotes mean.
const (
	Shell Language = iota
	PowerShell
)

// Word is a part of a command.
type Word struct {
	Text   string // without quotes
	Start  int    // byte offset in the script
	End    int
	Quoted bool
}

// Command is a run of words up to the end of a line, or a separator.
type Command struct{ Words []Word }

// maxDepth bounds scripts within scripts.
const maxDepth = 4

// Commands returns the commands of a script in order, those in substitutions
// and in the arguments of -c, -Command and the like among them.
func Commands(text string, lang Language) []Command {
	return commands(text, 0, lang, 0)
}

func commands(text string, base int, lang Language, depth int) []Command {
	r := reader{text: text, lang: lang}
	r.read()
	var out []Command
	for _, c := range r.out {
		inner := nested(c)
		for i := range c.Words {
			c.Words[i].Start += base
			c.Words[i].End += base
		}
		out = append(out, c)
		if inner >= 0 && depth < maxDepth {
			w := c.Words[inner]
			out = append(out, commands(w.Text, w.Start+1, language(c, lang), depth+1)...)
		}
	}
	return out
}

// nested is the index of the word of a command that is a script itself, or -1.
func nested(c Command) int {
	for i, w := range c.Words[:max(len(c.Words)-1, 0)] {
		if !w.Quoted && isOneOf(w.Text, "-c", "-command", "/c", "-lc", "-ec") && c.Words[i+1].Quoted && interpreter(c.Words[:i]) != "" {
			return i + 1
		}
	}
	return -1
}

// interpreter is the last word that names a shell.
func interpreter(words []Word) string {
	for i := len(words) - 1; i >= 0; i-- {
		name := strings.TrimSuffix(strings.ToLower(words[i].Text), ".exe")
		if j := strings.LastIndexAny(name, `/\`); j >= 0 {
			name = name[j+1:]
		}
		if isOneOf(name, "sh", "bash", "dash", "zsh", "powershell", "pwsh", "cmd") {
			return name
		}
	}
	return ""
}

func language(c Command, lang Language) Language {
	switch interpreter(c.Words) {
	case "powershell", "pwsh":
		return PowerShell
	case "":
		return lang
	}
	return Shell
}

func isOneOf(s string, list ...string) bool {
	for _, l := range list {
		if strings.EqualFold(s, l) {
			return true
		}
	}
	return false
}
