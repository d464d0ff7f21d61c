package cli

import (
	"github.com/rolecall/rolecall/internal/access"
	"github.com/rolecall/rolecall/report"
	model "github.com/rolecall/rolecall/report/access"
)

// mostBoxes is how many boxes a graph in a summary has: more are hard to
// read.
const mostBoxes = 60

// folds are the sections of a summary on who gets what where.
func (c *checking) folds(r *report.Report) []report.Fold {
	a := access.From(c.judged, r)
	access.InWords(a)
	if len(a.Grants)+len(a.Identities) == 0 {
		return nil
	}
	return []report.Fold{
		{Title: "Who gets what where", Body: func(room int) string { return model.MarkdownTable(a, room) }},
		{Title: "The same as a graph", Body: func(room int) string { return mermaidFence(a, room) }},
	}
}

// mermaidFence is a graph with as many boxes as there is room for.
func mermaidFence(a *model.Access, room int) string {
	for boxes := mostBoxes; boxes > 2; boxes = boxes * 3 / 4 {
		if s := "```mermaid\n" + model.MermaidGraph(a, boxes) + "```\n"; len(s) <= room {
			return s
		}
	}
	return ""
}
