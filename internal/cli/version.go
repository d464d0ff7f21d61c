package cli

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/rules/azure"
)

// release is the version of the source. Builds of a release set it anew.
var release = "0.1.0"

func version() string {
	v := release
	if info, ok := debug.ReadBuildInfo(); ok && !strings.Contains(v, "+") {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				return v + "+" + s.Value[:12]
			}
		}
	}
	return v
}

func versionLine() string {
	return "rolecall " + version() + ", tables of Azure roles and resource types of " + azure.TablesDate
}

const versionAbout = `Prints the version of the program, and the date of what it knows of Azure.`

func printVersion(*pflag.FlagSet) run {
	return func(s Streams, _ []string) int {
		fmt.Fprintln(s.Out, versionLine())
		return exitClean
	}
}
