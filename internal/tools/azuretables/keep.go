package main

import "strings"

// keepCommitted carries over what people, other sources or full history have said and type files do not tell: it is for
// tables that come from -types alone. Rows that are missing now stay as they were, for another source may have them
// still. Of the others stay those flags that are in keep, and whatever field would be empty. The flags are in field flags.
func keepCommitted(t *table, dir string, flags int, keep string) {
	old := table{file: t.file}
	if old.read(dir) != nil {
		return // the first run
	}
	rows := map[string]int{}
	for i, row := range t.rows {
		rows[fold(row[0])] = i
	}
	for _, row := range old.rows {
		for len(row) <= flags {
			row = append(row, "")
		}
		i, still := rows[fold(row[0])]
		if still {
			t.rows[i][flags] = mergeFlags(t.rows[i][flags], row[flags], keep)
			keepFields(t.rows[i], row, flags)
			continue
		}
		t.rows = append(t.rows, row)
	}
}

// keepFields fills the fields that the type files leave empty, but not the flags.
func keepFields(row, old []string, flags int) {
	for i := range row {
		if row[i] == "" && i != flags {
			row[i] = field(old, i)
		}
	}
}

// mergeFlags adds the letters of old that are in keep. S, U and B say "elsewhere", which s, u and b make pointless.
func mergeFlags(flags, old, keep string) string {
	for _, letter := range old {
		here := strings.ToLower(string(letter))
		if strings.ContainsRune(keep, letter) && !strings.ContainsRune(flags, letter) &&
			!(here != string(letter) && strings.Contains(flags, here)) {
			flags += string(letter)
		}
	}
	return flags
}
