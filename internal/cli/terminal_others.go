//go:build !windows

package cli

// understandsEscapes reports whether a terminal acts on escape sequences.
func understandsEscapes(int) bool { return true }
