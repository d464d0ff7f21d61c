package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A node is one entry of a types.json of bicep-types-az; nodes refer to each other by index.
// https://github.com/Azure/bicep-types/blob/main/src/Bicep.Types/Concrete
type node struct {
	Kind           string          `json:"$type"`
	Name           string          `json:"name"`
	Value          string          `json:"value"`
	Body           *ref            `json:"body"`
	Properties     map[string]prop `json:"properties"`
	BaseProperties map[string]prop `json:"baseProperties"`
	Elements       json.RawMessage `json:"elements"`
	Additional     *ref            `json:"additionalProperties"`
	ResourceType   string          `json:"resourceType"`
	Readable       int             `json:"readableScopes"`
	Writable       int             `json:"writableScopes"`
}

type ref struct {
	Ref string `json:"$ref"`
}

type prop struct {
	Type  ref `json:"type"`
	Flags int `json:"flags"`
}

// Flags of a property.
const (
	propRequired = 1
	propReadOnly = 2
)

// A typeFile is a parsed types.json.
type typeFile []node

// readCatalogue walks a folder for files named types.json. The index beside them only repeats what they say.
func readCatalogue(dir string) (*catalogue, error) {
	c := newCatalogue()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() != "types.json" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var file typeFile
		if err := json.Unmarshal(data, &file); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		c.add(file)
		return nil
	})
	if err == nil && len(c.types) == 0 {
		return nil, fmt.Errorf("%s: no resource type in any types.json", dir)
	}
	return c, err
}

// at follows a reference within the file; anything else leads to an empty node.
func (f typeFile) at(r ref) node {
	n, err := strconv.Atoi(strings.TrimPrefix(r.Ref, "#/"))
	if err != nil || n < 0 || n >= len(f) {
		return node{}
	}
	return f[n]
}

// members gives the properties of an object that all its variants share.
func (n node) members() map[string]prop {
	if n.BaseProperties != nil {
		return n.BaseProperties
	}
	return n.Properties
}

// variants are the objects that a discriminator chooses from.
func (f typeFile) variants(n node) []node {
	var refs map[string]ref
	if n.Kind != "DiscriminatedObjectType" || json.Unmarshal(n.Elements, &refs) != nil {
		return nil
	}
	var out []node
	for _, r := range refs {
		out = append(out, f.at(r))
	}
	return out
}

// member looks a property up in the object and in its variants.
func (f typeFile) member(n node, name string) (prop, bool) {
	if p, ok := n.members()[name]; ok {
		return p, true
	}
	for _, v := range f.variants(n) {
		if p, ok := f.member(v, name); ok {
			return p, true
		}
	}
	return prop{}, false
}

// literals collects the texts that a type allows, and whether it allows any text.
func (f typeFile) literals(n node) (values []string, open bool) {
	switch n.Kind {
	case "StringLiteralType":
		return []string{n.Value}, false
	case "UnionType":
		var refs []ref
		if json.Unmarshal(n.Elements, &refs) != nil {
			return nil, true
		}
		for _, r := range refs {
			more, anything := f.literals(f.at(r))
			values, open = append(values, more...), open || anything
		}
		return values, open
	}
	return nil, true
}
