package report

import (
	"strconv"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"
)

// resultMessage returns the message of a result: the finding's sentence, then a link to each related location. GitHub
// shows related locations only if the text links to them. What is the rule's message string takes the same text.
func resultMessage(f *Finding) sarif.Message {
	text := withLinks(clip(plainText(f.sentence()), maxMessage), f.Related)
	id, shown := messageID, escapePlaceholders(text)
	return sarif.Message{Text: &shown, ID: &id, Arguments: []string{text}}
}

// withLinks appends links to the places, numbered from 1, as far as there is room.
func withLinks(text string, places []Place) string {
	var b strings.Builder
	b.WriteString(text)
	room := maxMessage - len([]rune(text))
	separator := ": see "
	for i, p := range places[:min(len(places), maxRelated)] {
		link := separator + "[" + linkText(p) + "](" + strconv.Itoa(i+1) + ")"
		room -= len([]rune(link))
		if room < 0 {
			break
		}
		b.WriteString(link)
		separator = ", "
	}
	return b.String()
}

// linkText returns the text of a link to a place, in which brackets must be escaped.
func linkText(p Place) string {
	text := p.Message
	if text == "" {
		text = p.File + ":" + strconv.Itoa(p.From.known().Line)
	}
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`).Replace(plainText(text))
}

// plainText makes others' text fit for a message: one line, no backticks (GitHub drops them) and nothing that reads as
// a link, image or HTML element.
func plainText(s string) string {
	return strings.NewReplacer("`", "'", "](", "] (", "<", "‹", ">", "›").Replace(Clean(s))
}

// escapePlaceholders doubles the braces of what would read as a placeholder for an argument, such as {0}.
func escapePlaceholders(s string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			break
		}
		rest := strings.TrimLeft(s[open+1:], "0123456789")
		end := len(s) - len(rest)
		b.WriteString(s[:open])
		if end > open+1 && strings.HasPrefix(rest, "}") {
			b.WriteString("{" + s[open:end] + "}}")
			end++
		} else {
			b.WriteString(s[open:end])
		}
		s = s[end:]
	}
	return b.String() + s
}
