package template

// Loader brings the documents that a template refers to. Implementations
// read only below the analysed tree.
type Loader interface {
	// Load returns the document at the slash-separated path relative to the
	// analysed tree, or an error that says why it cannot be had. The same
	// path yields the same document within a unit.
	Load(path string) (Document, error)
}

// Document is a loaded file.
type Document struct {
	Path string
	Tree Tree
}
