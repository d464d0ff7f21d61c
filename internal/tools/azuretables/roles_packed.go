package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The program does not embed roles.tsv: most actions stand in it several times. It embeds two tables that follow from
// it, the actions and the roles with places in them.

const (
	placeDigits = 4
	placeBase   = 36
)

// packRoles returns the actions that roles name, and the roles with the place of each action instead of itself: the
// offset of its line in the file of the actions, in digits of a fixed number.
func packRoles(roles table) (packed, actions table, err error) {
	actions = table{file: "role-actions.tsv", fields: 1, cased: true, shared: true, head: `What built-in roles permit, each action once. A line shares its beginning with one above. Derived from roles.tsv.`}
	packed = table{file: "roles-packed.tsv", fields: 4, head: fmt.Sprintf(`Built-in roles, as in roles.tsv, with places in role-actions.tsv instead of actions: offsets of %d digits with base
%d, not separated. Derived from roles.tsv.`, placeDigits, placeBase)}
	known := map[string]bool{}
	for _, row := range roles.rows {
		for _, action := range strings.FieldsFunc(field(row, 3), separates) {
			if action != unknownPermissions && !known[action] {
				known[action] = true
				actions.rows = append(actions.rows, []string{action})
			}
		}
	}
	actions.sort()
	places := places(actions)
	for _, row := range roles.rows {
		row = slices.Clone(row)
		if len(row) > 3 && row[3] != unknownPermissions {
			row[3] = packBlocks(row[3], places)
		}
		packed.rows = append(packed.rows, row)
	}
	if size := int64(len(actions.String())); size > maxPlace() {
		return packed, actions, fmt.Errorf("%s: %d bytes, %d digits reach %d", actions.file, size, placeDigits, maxPlace())
	}
	return packed, actions, nil
}

func separates(r rune) bool { return strings.ContainsRune("|;,?", r) }

// places are the offsets of the rows in the text of a table with one field, spelled.
func places(t table) map[string]string {
	out := map[string]string{}
	at := len(table{head: t.head}.String())
	for i, line := range t.lines() {
		digits := strconv.FormatInt(int64(at), placeBase)
		out[t.rows[i][0]] = strings.Repeat("0", max(0, placeDigits-len(digits))) + digits
		at += len(line) + 1
	}
	return out
}

// packBlocks replaces the actions of permissions, and the commas between them.
func packBlocks(blocks string, places map[string]string) string {
	var b strings.Builder
	for blocks != "" {
		end := cmp.Or(strings.IndexFunc(blocks, separates)+1, len(blocks)+1) - 1
		b.WriteString(places[blocks[:end]])
		if end < len(blocks) && blocks[end] != ',' {
			b.WriteByte(blocks[end])
		}
		blocks = blocks[min(end+1, len(blocks)):]
	}
	return b.String()
}

func maxPlace() int64 {
	n := int64(1)
	for range placeDigits {
		n *= placeBase
	}
	return n
}
