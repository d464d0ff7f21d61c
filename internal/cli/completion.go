package cli

import (
	"embed"
	"fmt"

	"github.com/spf13/pflag"
)

// scripts are what makes shells ask the program for completions.
//
//go:embed completions
var scripts embed.FS

// shell is a shell that has completions.
type shell struct {
	name, script string
}

func shells() []shell {
	return []shell{
		{"bash", "rolecall.bash"}, {"zsh", "rolecall.zsh"}, {"fish", "rolecall.fish"}, {"powershell", "rolecall.ps1"},
	}
}

func shellNames() []string {
	var names []string
	for _, s := range shells() {
		names = append(names, s.name)
	}
	return names
}

const completionAbout = `Prints a script that makes a shell complete commands, flags, formats, profiles and
rules. To have it in every session:

  bash        echo 'source <(rolecall completion bash)' >> ~/.bashrc
  zsh         echo 'source <(rolecall completion zsh)' >> ~/.zshrc, after compinit;
              or write it to a file _rolecall in a folder of $fpath
  fish        rolecall completion fish > ~/.config/fish/completions/rolecall.fish
  powershell  Add-Content $PROFILE 'rolecall completion powershell | Out-String | Invoke-Expression'`

func completion(*pflag.FlagSet) run {
	return func(s Streams, args []string) int {
		if len(args) != 1 {
			return wrong(s, fmt.Errorf("completion takes a shell: %s", oneOf(shellNames())))
		}
		for _, sh := range shells() {
			if sh.name != args[0] {
				continue
			}
			script, err := scripts.ReadFile("completions/" + sh.script)
			if err != nil {
				panic(err) // it is part of the program
			}
			return write(s, script)
		}
		return wrong(s, fmt.Errorf("there are completions for %s, not for %q", oneOf(shellNames()), args[0]))
	}
}
