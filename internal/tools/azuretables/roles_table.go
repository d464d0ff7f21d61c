package main

import (
	"fmt"
	"strings"
)

func rolesTable() table {
	return table{file: "roles.tsv", fields: 4, head: `Built-in roles by id: id, name, former names (with ";"), permissions.
Permissions are blocks with "|"; a block is actions;notActions;dataActions;notDataActions, each a list with ",",
empty lists at the end left out. "?" before a block: a condition binds it. "-": the permissions are not known.`}
}

// unknownPermissions stands in place of blocks that are not known.
const unknownPermissions = "-"

func (r role) row() []string {
	return []string{r.id, r.name, strings.Join(r.former, ";"), r.permissions()}
}

func (r role) permissions() string {
	if r.unknown {
		return unknownPermissions
	}
	var blocks []string
	for _, b := range r.blocks {
		blocks = append(blocks, b.String())
	}
	return strings.Join(blocks, "|")
}

func (b block) String() string {
	lists := []string{join(b.Actions), join(b.NotActions), join(b.DataActions), join(b.NotDataActions)}
	text := strings.TrimRight(strings.Join(lists, ";"), ";")
	if b.conditioned() {
		return "?" + text
	}
	return text
}

// conditioned says whether the condition is there. It may be a text, or just true.
func (b block) conditioned() bool {
	switch string(b.Condition) {
	case "", "null", "false", `""`:
		return false
	}
	return true
}

func join(list []string) string {
	var clean []string
	for _, item := range list {
		clean = append(clean, strings.TrimSpace(item))
	}
	return strings.Join(clean, ",")
}

// checkRoles finds what the reader in rules/azure could not take apart.
func checkRoles(t table) error {
	for _, row := range t.rows {
		if !guid.MatchString(row[0]) {
			return fmt.Errorf("%s: %q is no lower-case GUID", t.file, row[0])
		}
		for block := range strings.SplitSeq(field(row, 3), "|") {
			if strings.Count(block, ";") > 3 || strings.LastIndexByte(block, '?') > 0 {
				return fmt.Errorf("%s: %s: bad block %q", t.file, row[0], block)
			}
		}
	}
	return nil
}
