package cli

import (
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// terminal returns the descriptor of a stream that is a terminal.
func terminal(w io.Writer) (int, bool) {
	if o, ok := w.(*outlet); ok {
		w = o.Writer
	}
	f, ok := w.(*os.File)
	if !ok {
		return 0, false
	}
	fd := int(f.Fd())
	return fd, term.IsTerminal(fd)
}

// width is the number of columns of a terminal, 0 if there is none.
func width(w io.Writer) int {
	if fd, ok := terminal(w); ok {
		if n, _, err := term.GetSize(fd); err == nil {
			return n
		}
	}
	return 0
}

// colored decides on colours of a stream: the flag, then the environment, then
// whether anyone can see them.
func colored(when string, w io.Writer) bool {
	fd, ok := terminal(w)
	return paints(when, ok && understandsEscapes(fd), os.Getenv)
}

// paints follows the conventions of https://no-color.org,
// https://force-color.org and https://bixense.com/clicolors. Who wants none
// goes before who wants some.
func paints(when string, terminal bool, env func(string) string) bool {
	switch {
	case when == "always":
		return true
	case when == "never" || env("NO_COLOR") != "":
		return false
	case isSet(env("FORCE_COLOR")) || isSet(env("CLICOLOR_FORCE")):
		return true
	}
	return terminal && env("TERM") != "dumb" && env("CLICOLOR") != "0"
}

// isSet reads a variable that is on unless it says otherwise.
func isSet(value string) bool {
	return value != "" && value != "0" && value != "false"
}

// linked decides on hyperlinks of a stream that has colours.
func linked(w io.Writer) bool {
	_, ok := terminal(w)
	return links(ok, os.Getenv)
}

// links tells whether a terminal is known to make hyperlinks of OSC 8.
// FORCE_HYPERLINK says it is, or, with 0, that it is not. Others show the text
// or, if they are old, rubbish; so a terminal that is not known gets none, and
// one behind tmux or screen neither.
//
// Sources: https://github.com/Alhadis/OSC8-Adoption and
// https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
func links(terminal bool, env func(string) string) bool {
	if force := env("FORCE_HYPERLINK"); force != "" {
		return isSet(force)
	}
	name := env("TERM")
	if !terminal || env("CI") != "" || name == "dumb" || strings.HasPrefix(name, "screen") || strings.HasPrefix(name, "tmux") {
		return false
	}
	for _, known := range []string{"kitty", "ghostty", "alacritty", "foot", "wezterm", "contour"} {
		if strings.Contains(name, known) {
			return true
		}
	}
	switch env("TERM_PROGRAM") {
	case "iTerm.app", "WezTerm", "ghostty", "vscode", "Hyper", "mintty", "rio":
		return true
	}
	vte, _ := strconv.Atoi(env("VTE_VERSION")) // GNOME and its like, which had a flaw before 0.50.1
	return vte >= 5001 || env("WT_SESSION") != "" || env("KONSOLE_VERSION") != "" || env("DOMTERM") != ""
}
