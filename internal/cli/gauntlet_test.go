package cli_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/cli"
	"github.com/rolecall/rolecall/internal/gauntlet"
)

// TestGauntletFormats holds that the gauntlet writes every format there is: the
// error about a word that is none lists them.
func TestGauntletFormats(t *testing.T) {
	check, grants := gauntlet.Names()
	for command, names := range map[string][]string{"check": check, "grants": grants} {
		var told bytes.Buffer
		cli.Main([]string{command, "--format", "none-of-them", "."}, cli.Streams{In: strings.NewReader(""), Out: &told, Err: &told})
		last := len(names) - 1
		if want := strings.Join(names[:last], ", ") + " or " + names[last]; !strings.Contains(told.String(), want) {
			t.Errorf("%s: the gauntlet knows %s, the program says %s", command, want, told.String())
		}
	}
}
