package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// A typeRecord is one resource type.
type typeRecord struct {
	name     string
	writable int
	flags    string
}

func resourceTypeTable(records []typeRecord) table {
	t := table{file: "resource-types.tsv", fields: 3, head: `Resource types: type, scopes where it can be written, flags.
Scopes are a sum: 1 tenant, 2 management group, 4 subscription, 8 resource group, 16 another resource (extension).
Flags: e extension, i writable identity at the root, r cannot be written, x retired.`}
	for _, r := range records {
		t.rows = append(t.rows, []string{r.name, strconv.Itoa(r.writable), r.flags})
	}
	return t
}

// packTypes is the table of resource types as the program embeds it.
func packTypes(t table) table {
	t.file, t.shared = "resource-types-packed.tsv", true
	t.head = "Resource types, as in resource-types.tsv. A line shares its beginning with one above. Derived from resource-types.tsv."
	return t
}

func resourceTypeRecords(file string, derived *catalogue) ([]typeRecord, error) {
	if file == "" {
		if derived == nil {
			return nil, nil
		}
		return derived.typeRecords(), nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var types map[string]resourceTypeTuple
	if err := json.Unmarshal(data, &types); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var records []typeRecord
	for name, t := range types {
		records = append(records, typeRecord{name, t.writable, t.flags})
	}
	return records, nil
}

// A resourceTypeTuple is [writable scopes, readable scopes, newest stable, newest preview, flags].
type resourceTypeTuple struct {
	writable int
	flags    string
}

func (t *resourceTypeTuple) UnmarshalJSON(data []byte) error {
	var readable int
	var stable, preview string
	return json.Unmarshal(data, &[]any{&t.writable, &readable, &stable, &preview, &t.flags})
}

// typeRecords unites the scopes of all versions. Only full history tells which types are retired.
func (c *catalogue) typeRecords() []typeRecord {
	var records []typeRecord
	for _, name := range c.sortedTypes() {
		e := c.types[name]
		latest, _ := e.newest(func(typeVersion) bool { return true })
		r := typeRecord{name: latest.name}
		readable, identity := 0, false
		for _, v := range e.versions {
			r.writable |= v.writable
			readable |= v.readable
			identity = identity || v.identity != nil
		}
		r.flags = typeFlags(readable, r.writable, identity)
		records = append(records, r)
	}
	return records
}

func typeFlags(readable, writable int, identity bool) string {
	var b strings.Builder
	if (readable|writable)&16 != 0 {
		b.WriteByte('e')
	}
	if identity {
		b.WriteByte('i')
	}
	if writable == 0 {
		b.WriteByte('r')
	}
	return b.String()
}
