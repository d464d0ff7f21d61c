package report

import (
	"io"
	"strconv"
	"strings"
)

// Azure writes logging commands that Azure Pipelines shows as issues of the job: 10 errors and 10 warnings, the worst
// ones. The rest follows as lines of the log, and so do notes, for which the service has no command.
//
// Whether the step fails is left to the exit code, so there is no task.complete. The commands and what is escaped in
// them are those of https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands and
// https://github.com/microsoft/azure-pipelines-agent/blob/master/src/Microsoft.VisualStudio.Services.Agent/Command.cs
func Azure(w io.Writer, r *Report, _ Options) error {
	return annotate(w, r, "Azure Pipelines", azureCommand)
}

func azureCommand(a *annotation) (string, bool) {
	if a.level == levelNote {
		return "", false
	}
	var b strings.Builder
	b.WriteString("##vso[task.logissue type=" + a.level)
	if a.at.File != "" {
		at := a.at.From.known()
		b.WriteString(";sourcepath=" + azureEscape(Clean(a.at.File)) + ";linenumber=" + strconv.Itoa(at.Line) +
			";columnnumber=" + strconv.Itoa(at.Rune))
	}
	if a.rule != nil {
		b.WriteString(";code=" + azureEscape(Clean(a.rule.ID)))
	}
	b.WriteString("]" + azureEscape(Clean(a.text)))
	return b.String(), true
}

func azureEscape(s string) string {
	return strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A", ";", "%3B", "]", "%5D").Replace(s)
}
