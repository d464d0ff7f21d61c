package template

import "go/token"

// Level is the scope that a template says it is for.
type Level uint8

// The levels that a $schema names.
const (
	LevelUnknown Level = iota
	TenantLevel
	ManagementGroupLevel
	SubscriptionLevel
	ResourceGroupLevel
)

// Template is one template. Trees are nil where the template has no such
// member.
type Template struct {
	Tree       Tree
	Level      Level
	Symbolic   bool // resources are an object with symbolic names
	Generator  string
	Parameters []*Parameter
	Variables  []*Variable
	Functions  []*Function
	Resources  []*Resource
	Outputs    []*Output

	Definitions Tree
	Unsupported []Construct
}

// Construct is a piece of a template that is not understood.
type Construct struct {
	Name string // what it is, for people
	At   token.Pos
}

// Parameter is the declaration of a parameter.
type Parameter struct {
	Name     string
	At       token.Pos
	Type     string // as written; of the definition if $ref is used
	Secure   bool
	Nullable bool
	Default  Tree
	Allowed  Tree
	Tree     Tree
}

// Variable is a variable: a value, or a loop that makes an array.
type Variable struct {
	Name  string
	At    token.Pos
	Value Tree
	Copy  *Copy
}

// Copy is a loop over a resource, a property, a variable or an output.
type Copy struct {
	Name  string // "" in an output
	Count Tree
	Input Tree // nil for a resource
	Mode  Tree
	Batch Tree
	Tree  Tree
}

// Function is a user-defined function.
type Function struct {
	Name       string // namespace.name
	Parameters []string
	Output     Tree
	Tree       Tree
}

// Output is an output of a template.
type Output struct {
	Name      string
	At        token.Pos
	Type      string
	Secure    bool
	Value     Tree
	Condition Tree
	Copy      *Copy
	Tree      Tree
}

// Entry is a member of a resource.
type Entry struct {
	Name  string
	At    token.Pos // of the name
	Value Tree
}

// Resource is the declaration of a resource.
type Resource struct {
	Symbol   string // its symbolic name, if it has one
	At       token.Pos
	Tree     Tree
	Parent   *Resource // a child stands in its parent's resources
	Children []*Resource
	Existing bool
	Import   string // the alias of an extension's provider, e.g. microsoftGraph
	Copy     *Copy
	Members  []Entry

	Type, APIVersion, Name, Scope, Condition Tree
	Properties, DependsOn                    Tree
	SubscriptionID, ResourceGroup            Tree // of a deployment
}

// Member returns the member called name, nil if there is none.
func (r *Resource) Member(name string) *Entry {
	for i := range r.Members {
		if fold(r.Members[i].Name, name) {
			return &r.Members[i]
		}
	}
	return nil
}
