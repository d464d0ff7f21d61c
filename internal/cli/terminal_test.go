package cli

import "testing"

// environment makes variables of "NAME=value" pairs.
func environment(pairs map[string]string) func(string) string {
	return func(name string) string { return pairs[name] }
}

func TestPaints(t *testing.T) {
	for _, c := range []struct {
		when     string
		terminal bool
		env      map[string]string
		want     bool
	}{
		{"auto", true, nil, true},
		{"auto", false, nil, false},
		{"auto", true, map[string]string{"TERM": "dumb"}, false},
		{"auto", true, map[string]string{"NO_COLOR": "1"}, false},
		{"auto", true, map[string]string{"NO_COLOR": ""}, true},
		{"auto", true, map[string]string{"NO_COLOR": "1", "FORCE_COLOR": "1"}, false},
		{"auto", false, map[string]string{"FORCE_COLOR": "1"}, true},
		{"auto", false, map[string]string{"FORCE_COLOR": "0"}, false},
		{"auto", true, map[string]string{"FORCE_COLOR": "0"}, true},
		{"auto", false, map[string]string{"CLICOLOR_FORCE": "1"}, true},
		{"auto", true, map[string]string{"CLICOLOR": "0"}, false},
		{"auto", false, map[string]string{"CLICOLOR": "1"}, false},
		{"auto", false, map[string]string{"CI": "true", "GITHUB_ACTIONS": "true"}, false},
		{"always", false, map[string]string{"NO_COLOR": "1"}, true},
		{"never", true, map[string]string{"FORCE_COLOR": "1"}, false},
	} {
		if got := paints(c.when, c.terminal, environment(c.env)); got != c.want {
			t.Errorf("paints(%s, %v, %v) = %v", c.when, c.terminal, c.env, got)
		}
	}
}

func TestLinks(t *testing.T) {
	for _, c := range []struct {
		terminal bool
		env      map[string]string
		want     bool
	}{
		{true, nil, false},
		{true, map[string]string{"TERM": "xterm-256color"}, false},
		{true, map[string]string{"TERM": "xterm-kitty"}, true},
		{false, map[string]string{"TERM": "xterm-kitty"}, false},
		{true, map[string]string{"TERM": "xterm-256color", "VTE_VERSION": "6800"}, true},
		{true, map[string]string{"TERM": "xterm-256color", "VTE_VERSION": "4205"}, false},
		{true, map[string]string{"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, true},
		{true, map[string]string{"TERM": "screen-256color", "TERM_PROGRAM": "vscode"}, false},
		{true, map[string]string{"TERM": "tmux-256color", "VTE_VERSION": "6800"}, false},
		{true, map[string]string{"WT_SESSION": "0"}, true},
		{true, map[string]string{"WT_SESSION": "0", "CI": "true"}, false},
		{true, map[string]string{"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, false},
		{false, map[string]string{"FORCE_HYPERLINK": "1"}, true},
	} {
		if got := links(c.terminal, environment(c.env)); got != c.want {
			t.Errorf("links(%v, %v) = %v", c.terminal, c.env, got)
		}
	}
}
