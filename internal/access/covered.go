package access

import (
	"strings"

	"github.com/rolecall/rolecall/report"
	model "github.com/rolecall/rolecall/report/access"
)

// statement is what the source says, whatever the values of parameters.
type statement struct {
	root, file string
	start      int
	chain      int
	role       string // "" stands for any
}

// told are the statements of the units whose parameters are given. What a unit
// that waits for parameters says of the same statement says less, and is no
// deployment of its own.
type told map[statement]bool

func statements(units []taken) told {
	out := told{}
	for _, u := range units {
		if u.waits {
			continue
		}
		for _, g := range u.grants {
			out[of(u.root, g.At, len(g.Chain), g.Role.Name)] = true
			out[of(u.root, g.At, len(g.Chain), "")] = true
		}
		for _, id := range u.identities {
			out[of(u.root, id.At, 0, "")] = true
		}
	}
	return out
}

func of(root string, at report.Place, chain int, role string) statement {
	return statement{root, at.File, at.Start, chain, role}
}

// cover tells whether the statement of a grant is told with the same role. One
// whose role is not known may be any of those that are told.
func (t told) cover(g model.Grant) bool {
	role := g.Role.Name
	if strings.Contains(role, "‹") {
		role = ""
	}
	return t[of(g.Root, g.At, len(g.Chain), role)]
}

func (t told) identity(root string, id model.Identity) bool { return t[of(root, id.At, 0, "")] }
