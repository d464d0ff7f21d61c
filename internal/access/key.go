package access

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// keyOf is a text that a principal of which only the value is known shares with
// the same principals. What is to be filled in, or failed, may be another one
// in each place.
func keyOf(p facts.Principal, known bool, g *facts.Grant) string {
	key := p.Key()
	if key == "" {
		key = value.Key(p.Value)
	}
	s := p.Value.Symbol()
	failed := s != nil && (s.Reason == value.ReasonError || s.Reason == value.ReasonLimit)
	if failed || !known && p.Value.Kind == value.String {
		key += " ‹" + resourceid.Key(g.Resource.ID()) + value.Show(g.Entry.Get("principalIdDisplayName")) + "›"
	}
	return key
}

// key is a short text that the same principals share. What a key says of
// unknown parts holds within one root only; nobody can tell that the same
// parameter of two templates gets the same value.
func (r *reader) key(kind, key string) string {
	key = kind + " " + withoutOffsets(value.Fold(r.Plain(key)))
	if key == kind+" " || strings.Contains(key, "‹") {
		key += "\x00" + r.Root
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:8])
}

// withoutOffsets takes the places of loops out of a key: they change whenever
// something is written before the loop.
func withoutOffsets(key string) string {
	const mark = "copyindex"
	parts := strings.Split(key, mark)
	for i := range parts[1:] {
		parts[i+1] = strings.TrimLeft(parts[i+1], "0123456789")
	}
	return strings.Join(parts, mark)
}
