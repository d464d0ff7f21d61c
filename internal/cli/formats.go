package cli

import (
	"io"

	"github.com/rolecall/rolecall/report"
)

// format is a way to write what check found.
type format struct {
	name, about string
	write       func(io.Writer, *report.Report, report.Options) error

	hashes     bool // it wants the hashes of lines
	repository bool // it names the repository
	access     bool // it shows who gets what where
}

// formats are all formats of check. Help, errors and completions read them here.
func formats() []format {
	return []format{
		{name: "text", about: "for people, with the source", write: report.Text},
		{name: "json", about: "all that is known, for programs", write: report.JSON},
		{name: "sarif", about: "SARIF 2.1.0, for code scanning", write: report.SARIF, hashes: true, repository: true},
		{name: "github", about: "annotations of a GitHub workflow", write: report.GitHub},
		{name: "github-output", about: "numbers of findings, as outputs of a step of a GitHub workflow", write: report.GitHubOutput},
		{name: "azure", about: "issues of an Azure Pipelines job", write: report.Azure},
		{name: "gitlab", about: "a Code Quality report", write: report.GitLab},
		{name: "markdown", about: "a summary for a job or a pull request", write: report.Markdown, repository: true, access: true},
	}
}

// formatNames lists the names of the formats.
func formatNames() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

func formatNamed(name string) (format, error) {
	for _, f := range formats() {
		if f.name == name {
			return f, nil
		}
	}
	return format{}, &choiceError{"format", name, formatNames()}
}
