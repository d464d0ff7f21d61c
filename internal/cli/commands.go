package cli

import "github.com/rolecall/rolecall/internal/names"

// The headings of the list of commands.
const (
	judging = "judge templates"
	looking = "look into them"
	knowing = "rules and set-up"
)

// commands are all commands, in the order of help. A command of a later
// release is added here only.
func commands() []command {
	return []command{
		{
			name: "check", args: "[PATH …]", short: "lint files or folders",
			about: checkAbout, group: judging, takes: files, setup: check,
		},
		{
			name: "lock", args: "[PATH …]", short: "write who gets what where, or hold templates to it",
			about: lockAbout, group: judging, takes: files, setup: lockAccess,
		},
		{
			name: "grants", args: "[PATH …]", short: "tell who gets what where",
			about: grantsAbout, group: looking, takes: files, setup: grants,
		},
		{
			name: "diff", args: "OLD [NEW] [-- PATH …]", short: "tell how access changes between two revisions or folders",
			about: diffAbout, group: looking, takes: files, setup: diff,
		},
		{
			name: "expand", args: "FILE", short: "print what would be deployed, as JSON",
			about: expandAbout, group: looking, takes: files, setup: expand,
		},
		{
			name: "eval", args: "[EXPR]", short: "evaluate template expressions",
			about: evalAbout, group: looking, setup: evaluate,
		},
		{
			name: "init", args: "[DIR]", short: "write a commented configuration and the hook file",
			about: initAbout, group: knowing, takes: folders, setup: initialise,
		},
		{
			name: "rules", short: "list all rules",
			about: rulesAbout, group: knowing, setup: listRules,
		},
		{
			name: "explain", args: "RULE", short: "print the page of a rule",
			about: explainAbout, group: knowing, takes: ruleIDs, setup: explain,
		},
		{
			name: "help", args: "[COMMAND]", short: "tell what a command does, and its flags",
			about: helpAbout, group: knowing, takes: commandNames, setup: help,
		},
		{
			name: "completion", args: "SHELL", short: "print a script that completes commands, flags and rules",
			about: completionAbout, group: knowing, takes: shellWords, setup: completion,
		},
		{
			name: "version", short: "print the version and the date of the tables",
			about: versionAbout, group: knowing, setup: printVersion,
		},
	}
}

func commandNamed(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

// nearestCommand returns the command that a word seems to mean, "" if none.
func nearestCommand(word string) string {
	var known []string
	for _, c := range commands() {
		known = append(known, c.name)
	}
	return names.Nearest(word, known...)
}
