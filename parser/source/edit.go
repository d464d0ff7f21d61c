package source

import "go/token"

// Edit replaces the text from Pos to End, positions in a token.FileSet.
type Edit struct {
	Pos, End token.Pos
	New      string
}
