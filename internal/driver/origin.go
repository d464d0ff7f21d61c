package driver

import (
	"path/filepath"
	"strings"
)

// ours begins the names of all functions that are ours.
const ours = "github.com/rolecall/rolecall/"

// Origin is the place in our code that panicked: the file and line of the first
// of our functions in a stack, behind the runtime's. It is relative to the
// module, wherever and however the program was built.
func Origin(stack []byte) string {
	_, rest, _ := strings.Cut(string(stack), "panic(")
	folder := ""
	for line := range strings.Lines(rest) {
		if folder != "" {
			place, _, _ := strings.Cut(strings.TrimSpace(line), " +")
			return folder + "/" + filepath.Base(place)
		}
		if function, ok := strings.CutPrefix(line, ours); ok {
			folder, _, _ = strings.Cut(function, ".")
		}
	}
	return "an unknown place"
}
