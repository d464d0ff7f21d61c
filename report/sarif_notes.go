package report

import (
	"cmp"

	"github.com/owenrumney/go-sarif/v2/sarif"
)

// notice describes a kind of problem in the list of notifications.
type notice struct {
	kind, id, name, title, help, level string
}

func notices() []notice {
	return []notice{
		{ProblemInput, "INPUT", "InvalidInput", "A file could not be analysed.",
			"The file is unreadable or no valid template. Nothing is reported for it.", levelError},
		{ProblemInternal, "INTERNAL", "InternalError", "rolecall failed.",
			"This is a defect of rolecall: please report it at " + homepage + "/issues.", levelError},
		{ProblemLimit, "LIMIT", "LimitExceeded", "A limit was exceeded.",
			"The template is larger or slower to evaluate than rolecall allows. It is judged in part or not at all.", levelError},
		{ProblemNote, "NOTE", "WorthKnowing", "Something worth knowing.",
			"Nothing is wrong, but part of what was given is not what it seems to be.", levelNote},
	}
}

func notificationDescriptors() []*sarif.ReportingDescriptor {
	var out []*sarif.ReportingDescriptor
	for _, n := range notices() {
		out = append(out, &sarif.ReportingDescriptor{
			ID:                   n.id,
			Name:                 filled(n.name),
			ShortDescription:     multiformat(n.title),
			FullDescription:      multiformat(n.title + " " + n.help),
			Help:                 multiformat(n.help),
			HelpURI:              filled(homepage),
			MessageStrings:       &sarif.MessageStrings{messageID: {Text: filled(messageString(n.title))}},
			DefaultConfiguration: &sarif.ReportingConfiguration{Level: n.level},
		})
	}
	return out
}

// invocation tells how the run went. It counts as unsuccessful only if the program itself broke, since services drop
// the results of such a run.
func invocation(r *Report, rules *ruleList, dropped int) *sarif.Invocation {
	success := true
	out := &sarif.Invocation{ExecutionSuccessful: &success}
	tell := func(p *Problem) {
		out.ToolExecutionNotifications = append(out.ToolExecutionNotifications, notification(p, rules))
	}
	limit := func(n int, one, many string) {
		if n > 0 {
			tell(&Problem{Kind: ProblemLimit, Message: Plural(n, one+" was", many+" were") + " left out: GitHub takes no more",
				Hint: "the other formats have them all"})
		}
	}
	for i := range r.Problems {
		p := &r.Problems[i]
		success = success && p.Kind != ProblemInternal
		if i < maxNotices {
			tell(p)
		}
	}
	limit(len(r.Problems)-maxNotices, "notification", "notifications")
	limit(dropped, "finding", "findings")
	return out
}

func notification(p *Problem, rules *ruleList) *sarif.Notification {
	index, kind := noticeOf(p.Kind)
	text := plainText(p.Message)
	if p.Hint != "" {
		text += ": " + plainText(p.Hint)
	}
	id, shown := messageID, escapePlaceholders(text)
	out := &sarif.Notification{
		Descriptor: &sarif.ReportingDescriptorReference{Id: &kind.id, Index: &index},
		Level:      kind.level,
		Message:    &sarif.Message{Text: &shown, ID: &id, Arguments: []string{text}},
	}
	if p.File != "" {
		out.Locations = []*sarif.Location{location(&Place{File: p.File, From: p.Position, To: p.Position})}
	}
	if at, known := rules.index[p.Rule]; known {
		out.AssociatedRule = &sarif.ReportingDescriptorReference{Id: &p.Rule, Index: &at}
	}
	return out
}

// noticeOf finds the description of a kind of problem; unknown kinds are defects.
func noticeOf(kind string) (uint, notice) {
	all := notices()
	kind = cmp.Or(kind, ProblemInternal)
	for i, n := range all {
		if n.kind == kind {
			return uint(i), n
		}
	}
	return 1, all[1]
}
