package discover

import (
	"bytes"
	"strings"
)

// HeadSize is the number of bytes that decide for nearly every file.
const HeadSize = 8 << 10

// Classify tells what a file is by its name and the first bytes of its text
// ([HeadSize] are a good number; the whole text is welcome). A suffix of Bicep
// is taken as it is. All else is read as JSON: by its $schema, whatever the
// host and date; else by its shape. Byte order marks, UTF-16 behind such a
// mark and comments are understood.
//
// Text that ends before it decides, or is broken, is [Unknown].
func Classify(name string, head []byte) Kind {
	switch _, f := splitName(name); f {
	case bicepFormat:
		return Bicep
	case bicepParamFormat:
		return BicepParam
	}
	var s shape
	return s.classify(plain(head))
}

// shape is what has been seen of the outermost object of a file.
type shape struct {
	contentVersion bool
	resources      bool
	parameters     bool
	otherSchema    bool
}

func (s *shape) classify(text []byte) Kind {
	c := cursor{src: text}
	if !c.enter('{') {
		if c.peek() == 0 {
			return Unknown // nothing but comments so far
		}
		return NotTemplate
	}
	for key := range c.members {
		if k := s.member(&c, key); k != Unknown {
			return k
		}
	}
	if !c.enter('}') {
		return Unknown
	}
	return s.whole()
}

// member looks at one member of the outermost object; Unknown means go on.
func (s *shape) member(c *cursor, key []byte) Kind {
	switch {
	case isKey(key, "$schema"):
		k := schemaKind(c.text())
		s.otherSchema = s.otherSchema || k == Unknown
		return k
	case isKey(key, "resources"):
		s.resources = c.peek() == '[' || c.peek() == '{'
		if hasResource(c) && !s.otherSchema {
			return Template
		}
	case isKey(key, "properties"):
		if hasPolicy(c) {
			return Policy
		}
	case isPolicy(c, key):
		return Policy
	case isKey(key, "contentVersion"):
		s.contentVersion = true
	case isKey(key, "parameters"):
		s.parameters = c.peek() == '{'
	}
	return Unknown
}

// whole judges an object that was seen to its end.
func (s *shape) whole() Kind {
	switch {
	case s.otherSchema || !s.contentVersion:
		return NotTemplate
	case s.resources:
		return Template
	case s.parameters:
		return Parameters
	}
	return NotTemplate
}

// schemaKind judges the value of $schema by its last path segment; Unknown if
// it is a schema of something else.
func schemaKind(uri []byte) Kind {
	uri, _, _ = bytes.Cut(uri, []byte("#"))
	name := bytes.TrimSpace(uri[bytes.LastIndexByte(uri, '/')+1:])
	for _, scope := range [...]string{"subscription", "managementGroup", "tenant"} {
		if len(name) > len(scope) && isKey(name[:len(scope)], scope) {
			name = name[len(scope):]
			break
		}
	}
	switch {
	case isKey(name, "deploymentTemplate.json"):
		return Template
	case isKey(name, "deploymentParameters.json"):
		return Parameters
	case isKey(name, "policyDefinition.json"), isKey(name, "policySetDefinition.json"):
		return Policy
	}
	return Unknown
}

// hasResource reports whether the value at c, the resources of a template as an
// array or an object, holds one that is written as Azure wants it.
func hasResource(c *cursor) bool {
	for range c.items {
		if isResource(c) {
			return true
		}
	}
	return false
}

// isResource asks for a type and an API version. A type has a slash or is an
// expression; this leaves out Kubernetes objects and the like.
func isResource(c *cursor) bool {
	var typed, versioned bool
	if !c.enter('{') {
		return false
	}
	for key := range c.members {
		switch {
		case isKey(key, "type"):
			text := c.text()
			typed = bytes.IndexByte(text, '/') >= 0 || bytes.HasPrefix(text, []byte("["))
		case isKey(key, "apiVersion"):
			versioned = true
		}
		if typed && versioned {
			return true
		}
	}
	return false
}

func hasPolicy(c *cursor) bool {
	if !c.enter('{') {
		return false
	}
	for key := range c.members {
		if isPolicy(c, key) {
			return true
		}
	}
	return false
}

// isPolicy reports whether a member, the value of which is at c, makes a policy
// definition (a rule) or an initiative (a list of objects).
func isPolicy(c *cursor, key []byte) bool {
	if isKey(key, "policyRule") {
		return c.peek() == '{'
	}
	if !isKey(key, "policyDefinitions") || c.peek() != '[' {
		return false
	}
	list := *c
	list.enter('[')
	return list.peek() == '{'
}

// isKey compares without case, as Azure does, and without allocating.
func isKey(key []byte, want string) bool {
	return len(key) == len(want) && strings.EqualFold(string(key), want)
}
