package report

// Kind says what a rule protects from.
type Kind string

// The kinds of rules.
const (
	Security    Kind = "security"    // somebody could do more than is meant
	Correctness Kind = "correctness" // Azure rejects the deployment, or it fails at run time
)

// Severity grades a finding. The zero value is Info.
type Severity uint8

// The severities, in ascending order.
const (
	Info Severity = iota
	Low
	Medium
	High
)

// String returns "info", "low", "medium" or "high".
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Low:
		return "low"
	case Medium:
		return "medium"
	}
	return "high"
}

// The levels that severities amount to, in the words of SARIF and of compilers.
const (
	levelError   = "error"
	levelWarning = "warning"
	levelNote    = "note"
)

// Level returns what the severity amounts to in SARIF and for exit codes: "error" for High, "warning" for Medium and
// Low, "note" for Info.
func (s Severity) Level() string {
	switch s {
	case Info:
		return levelNote
	case Low, Medium:
		return levelWarning
	}
	return levelError
}

// Rule describes a rule. All of its text is the program's own, none of it depends on a finding.
type Rule struct {
	ID       string      // "RA001"
	Slug     string      // "escalating-role"
	Page     func() Page `json:"-"` // its documentation, which takes time to get; nil if there is none
	URL      string      // absolute address of the page
	Kind     Kind        // unless the finding says otherwise
	Severity Severity    // the grade of a finding unless the rule says otherwise
	Profile  string      // "default", "strict" or "pedantic"
	Tags     []string    // further words to filter by; "cwe-269" is spelled as GitHub wants it in SARIF
	Fixable  bool        // some of its findings carry a fix
}

// Page is the documentation of a rule. Any of it may be empty.
type Page struct {
	Title    string // one short sentence
	Summary  string // one paragraph of plain text
	Help     string // the whole page, as Markdown
	HelpText string // the whole page, as plain text
}

// Position is one place between two characters of a file. All numbers count from 1; the zero value means unknown.
type Position struct {
	Line  int
	Byte  int // column in bytes
	Rune  int // column in Unicode code points
	UTF16 int // column in UTF-16 code units
}

// Line is one source line of a frame, without its line break. Writers print it: secrets must have been blanked out
// before, byte for byte, so that the positions still hold.
type Line struct {
	Number int
	Text   string

	// Before and After are the numbers of bytes of the line that were left out around Text: of the one endless line
	// of minified JSON, the surroundings of the token suffice. Both are 0 for a whole line.
	Before, After int
}

// Place is a range of a file.
type Place struct {
	File    string   // slash-separated path relative to the analysed tree
	Start   int      // byte offset
	End     int      // byte offset, exclusive
	From    Position // of Start
	To      Position // of End
	Message string   // what is to be seen here; may be empty
	Lines   []Line   // the lines to show, in ascending order; may be empty
	Pointer string   // JSON pointer or symbolic path of what stands here
}

// Edit replaces the bytes Start to End (exclusive) of a file.
type Edit struct {
	File  string
	Start int
	End   int
	New   string
	From  Position // of Start
	To    Position // of End
}

// Fix is a set of edits that are applied together.
type Fix struct {
	Message string // what it does: "use the role 'Reader'"
	Safe    bool   // keeps the meaning of a correct template; others need a look at the result
	Edits   []Edit
}

// Resource names the resource a finding is about. All fields may be empty.
type Resource struct {
	Type    string // "Microsoft.Authorization/roleAssignments"
	Name    string // as far as it is known
	Pointer string // JSON pointer of its declaration
	Symbol  string // symbolic name
	ID      string // resource id as far as it is known
	Scope   string // the scope it acts on, as far as it is known
}

// Finding is one thing to tell.
type Finding struct {
	Rule     *Rule
	Kind     Kind
	Severity Severity
	Message  string // one sentence, names in single quotes, without a full stop
	At       Place  // the smallest offending token, on one line

	Related  []Place // other places that matter, each with its Message
	Flow     []Place // the way of a value to At, first stop first; empty if there is none to tell
	Resource Resource
	Chain    []string // the modules that lead to a nested deployment, outermost first
	Fixes    []Fix    // the best first

	Fingerprint string   // identifies the finding across edits of the file
	LineHash    string   // what [LineHashes] says of the line of At
	Count       int      // merged copies; 0 counts as 1
	Sets        []string // the parameter sets it holds in
	Maybe       string   // the condition under which it holds, or ""
}

// The kinds of problems.
const (
	ProblemInput    = "input"    // a file is unreadable or no valid template
	ProblemInternal = "internal" // a defect of the program
	ProblemLimit    = "limit"    // a budget was exceeded
	ProblemNote     = "note"     // worth knowing, nothing is wrong
)

// Problem tells of something that could not be analysed.
type Problem struct {
	Kind     string // one of the Problem constants
	File     string // may be empty
	Position Position
	Message  string
	Hint     string // how to mend it; may be empty
	Rule     string // id of the rule that failed, if it was one
}

// Report is the result of one run of the program.
type Report struct {
	Version    string  // of the program
	TablesDate string  // of its knowledge of Azure
	Rules      []*Rule // all rules there are, also those without a finding
	Findings   []Finding
	Suppressed []Suppressed // sorted like Findings
	Coverage   Coverage
	Fixing     *Fixing // nil unless fixing was asked for
	Problems   []Problem
	Complete   bool // nothing was left out
}

// Repository says which revision of a repository was analysed.
type Repository struct {
	URI      string // absolute address
	Revision string // may be empty
	Branch   string // may be empty
}

// Options choose how a report is written. Writers ignore what does not concern them.
type Options struct {
	Color      bool        // Text: use colours
	Hyperlinks bool        // Text: link rule ids to their pages, for terminals that know OSC 8
	Width      int         // Text: columns of the terminal; 0 means 120
	Verbose    bool        // Text: list what could not be decided, and more about each finding
	Quiet      bool        // Text: findings only, no summary
	Category   string      // SARIF: tells this analysis from others of the same commit; may be empty
	Repository *Repository // SARIF, Markdown: what was analysed, if known
	Folds      []Fold      // Markdown: further sections
}
