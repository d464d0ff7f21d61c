package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/owenrumney/go-sarif/v2/sarif"
)

// messageID names the one message string every rule has.
const messageID = "default"

// ruleList numbers the rules of a run.
type ruleList struct {
	rules []*Rule
	index map[string]uint
}

// newRuleList lists the rules of a report, and after them those that only its findings know.
func newRuleList(r *Report) *ruleList {
	l := &ruleList{index: make(map[string]uint, len(r.Rules))}
	for _, rule := range r.Rules {
		l.add(rule)
	}
	for i := range r.Findings {
		l.add(r.Findings[i].Rule)
	}
	return l
}

func (l *ruleList) add(r *Rule) {
	if _, known := l.index[r.ID]; !known {
		l.index[r.ID] = uint(len(l.rules))
		l.rules = append(l.rules, r)
	}
}

func (l *ruleList) descriptors() []*sarif.ReportingDescriptor {
	out := make([]*sarif.ReportingDescriptor, len(l.rules))
	for i, r := range l.rules {
		out[i] = descriptor(r)
	}
	return out
}

// descriptor describes a rule. GitHub keeps one description for a rule in all repositories and wants all the texts.
func descriptor(r *Rule) *sarif.ReportingDescriptor {
	var page Page
	if r.Page != nil {
		page = r.Page()
	}
	title := cmp.Or(page.Title, r.Slug, r.ID)
	summary := cmp.Or(page.Summary, title)
	help := multiformat(cmp.Or(page.HelpText, summary))
	help.Markdown = filled(page.Help)
	return &sarif.ReportingDescriptor{
		ID:                   r.ID,
		Name:                 filled(clip(pascal(r.Slug), maxName)),
		ShortDescription:     multiformat(clip(title, maxDescription)),
		FullDescription:      multiformat(clip(summary, maxDescription)),
		Help:                 help,
		HelpURI:              filled(r.URL),
		MessageStrings:       &sarif.MessageStrings{messageID: {Text: filled(messageString(title))}},
		DefaultConfiguration: &sarif.ReportingConfiguration{Level: r.Severity.Level()},
		Properties:           ruleProperties(r),
	}
}

// messageString is the template of a rule's messages: its title and, quoted, what the finding has to say. Results
// carry their text besides; the template is for readers that want every text to come from one.
func messageString(title string) string {
	title = strings.NewReplacer("{", "{{", "}", "}}").Replace(strings.TrimRight(title, "."))
	return title + ": '{0}'."
}

func ruleProperties(r *Rule) sarif.Properties {
	p := sarif.Properties{
		"kind":      string(r.Kind),
		"severity":  r.Severity.String(),
		"profile":   r.Profile,
		"slug":      r.Slug,
		"fixable":   r.Fixable,
		"precision": "high", // what is not known is never reported
		"tags":      tags(r),
	}
	if r.Kind == Security {
		if score := securitySeverity(r.Severity); score != "" {
			p["security-severity"] = score
		}
		return p
	}
	p["problem.severity"] = problemSeverity(r.Severity)
	return p
}

// securitySeverity returns the score that GitHub turns into its own grades. It must be sent as a string.
func securitySeverity(s Severity) string {
	switch s {
	case High:
		return "9.0"
	case Medium:
		return "6.5"
	case Low:
		return "3.5"
	}
	return ""
}

func problemSeverity(s Severity) string {
	if s == Info {
		return "recommendation"
	}
	return s.Level()
}

// tags returns the tags of a rule, its kind first, each once.
func tags(r *Rule) []string {
	out := []string{string(cmp.Or(r.Kind, Correctness))}
	for _, t := range r.Tags {
		if lower := strings.ToLower(t); strings.HasPrefix(lower, "cwe-") {
			t = "external/cwe/" + lower
		}
		if len(out) < maxTags && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// pascal turns "escalating-role" into "EscalatingRole". Each of its words has an upper-case letter and something after
// it, as the format demands: a single letter joins the next word, and what begins with a digit the word before.
func pascal(slug string) string {
	var b strings.Builder
	upper := true
	letters := 0 // of the word being written
	for _, r := range slug {
		switch {
		case r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r):
			upper = letters > 1
		case unicode.IsDigit(r) && letters == 0:
			b.WriteString("No" + string(r))
			upper, letters = false, 3
		case unicode.IsLetter(r) && (upper || letters == 0):
			b.WriteRune(unicode.ToUpper(r))
			upper, letters = false, 1
		default:
			b.WriteRune(unicode.ToLower(r))
			letters++
		}
	}
	if name := b.String(); letters == 1 { // nothing follows the last word
		return name[:len(name)-1] + strings.ToLower(name[len(name)-1:])
	}
	return b.String()
}

// clip shortens s to n characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	seen := 0
	for i := range s {
		if seen == n-1 {
			cut := s[:i]
			if rest := s[i:]; len([]rune(rest)) > 1 {
				return cut + "…"
			}
			return s
		}
		seen++
	}
	return s
}
