package azure

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestFold compares texts in ASCII without case.
func TestFold(t *testing.T) {
	const order = "!09@[`abyz{\x7f" // each below the next, with capitals for letters
	for i := range len(order) {
		for j := range len(order) {
			upper := strings.ToUpper(order[i : i+1])
			got := compareFold(upper, order[j:j+1])
			if (got < 0) != (i < j) || (got > 0) != (i > j) || equalFold(upper, order[j:j+1]) != (i == j) {
				t.Errorf("compareFold(%q, %q) = %d", upper, order[j], got)
			}
		}
	}
	for _, c := range []struct {
		s, x           string
		prefix, suffix bool
	}{
		{"abc", "", true, true},
		{"", "", true, true},
		{"", "a", false, false},
		{"abc", "AB", true, false},
		{"abc", "BC", false, true},
		{"abc", "ABC", true, true},
		{"abc", "abcd", false, false},
		{"abc", "xabc", false, false},
	} {
		if p, s := hasPrefixFold(c.s, c.x), hasSuffixFold(c.s, c.x); p != c.prefix || s != c.suffix {
			t.Errorf("%q and %q: %v, %v", c.s, c.x, p, s)
		}
	}
	if compareFold("ab", "abc") >= 0 || compareFold("abc", "AB") <= 0 || compareFold("", "") != 0 {
		t.Error("a beginning does not come first")
	}
}

// TestFields reads lines of tables.
func TestFields(t *testing.T) {
	a, b, c := "x", "x", "x"
	cutFields("1\t2", &a, &b, &c)
	if a != "1" || b != "2" || c != "" {
		t.Errorf("got %q, %q, %q", a, b, c)
	}
	if got := splitList("", ";"); got != nil {
		t.Errorf("an empty list is %q", got)
	}
	if got := splitList("a;b", ";"); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("got %q", got)
	}
	if got := slices.Collect(table("# head\n\na\n#x\nb").lines()); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("got %q", got)
	}
	for line := range table("a\nb\n").lines() {
		if line != "a" {
			t.Error("the lines go on behind a break")
		}
		break
	}
	if h := discriminators("a=1&b=2;c=3"); len(h) != 2 || !slices.Equal(h[0], []Discriminator{{"a", "1"}, {"b", "2"}}) || !slices.Equal(h[1], []Discriminator{{"c", "3"}}) {
		t.Errorf("got %v", h)
	}
}

// TestFlags reads each flag of the tables.
func TestFlags(t *testing.T) {
	for flags, want := range map[string]Support{
		"s": {System: true}, "u": {User: true}, "b": {Both: true}, "?": {BothUnknown: true},
		"S": {AlsoSystem: true}, "U": {AlsoUser: true}, "B": {AlsoBoth: true},
		"o": {Open: true}, "t": {TypeRequired: true}, "i": {IdentityRequired: true}, "a": {LegacyArray: true},
		"d": {DocumentedOnly: true}, "q": {Doubtful: true}, "x": {Retired: true}, "": {}, "z": {},
		"sx": {System: true, Retired: true},
	} {
		var got Support
		got.setFlags(flags)
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("%q: %+v", flags, got)
		}
	}
	counts := map[string]int{}
	count := func(name string, on bool) {
		if on {
			counts[name]++
		}
	}
	for line := range hosts.lines() {
		h, _ := HostOf(firstField(line))
		count("system", h.System)
		count("user", h.User)
		count("both", h.Both)
		count("both unknown", h.BothUnknown)
		count("retired", h.Retired)
	}
	for line := range resourceTypes.lines() {
		info, _ := ResourceType(firstField(line))
		count("extension", info.Extension)
		count("identity", info.RootIdentity)
		count("read only", info.ReadOnly)
		count("gone", info.Retired)
		for i, scope := range []uint8{ScopeTenant, ScopeManagementGroup, ScopeSubscription, ScopeResourceGroup, ScopeResource} {
			count(fmt.Sprint("scope ", i), info.WritableScopes&scope != 0)
		}
	}
	for line := range hostConditions.lines() {
		fields := strings.Split(line, "\t")
		count("condition "+fields[1], true)
	}
	const want = "map[both:103 both unknown:5 condition recommended:32 condition required:203 condition skip:214 extension:262 gone:157 identity:340 read only:889 retired:1 scope 0:170 scope 1:118 scope 2:193 scope 3:2480 scope 4:167 system:132 user:125]"
	if got := fmt.Sprint(counts); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestConditionsOfHosts: each row of the table comes to be a condition with all
// that it says.
func TestConditionsOfHosts(t *testing.T) {
	var rows, read []string
	for line := range hostConditions.lines() {
		fields := append(strings.Split(line, "\t"), "", "", "", "", "", "", "", "")[:9]
		fields[7] = fmt.Sprint(fields[7] == "weak")
		rows = append(rows, strings.Join(fields, "\t"))
	}
	for line := range hosts.lines() {
		h, _ := HostOf(firstField(line))
		for i, list := range [][]Condition{h.Required, h.Recommended, h.Skip} {
			for _, c := range list {
				read = append(read, strings.Join([]string{h.Type, []string{"required", "recommended", "skip"}[i], string(c.Op), c.Path, c.Sibling,
					strings.Join(c.Values, ";"), strings.Join(c.Ignore, ";"), fmt.Sprint(c.Weak), c.Note}, "\t"))
			}
		}
	}
	slices.Sort(rows)
	slices.Sort(read)
	if !slices.Equal(rows, read) {
		for i := range min(len(rows), len(read)) {
			if rows[i] != read[i] {
				t.Fatalf("%q is read as %q", rows[i], read[i])
			}
		}
		t.Errorf("%d rows, %d conditions", len(rows), len(read))
	}
}

// TestWords: a word starts where no letter, digit or underscore stands before.
func TestWords(t *testing.T) {
	c := Condition{Op: OpWord, Values: []string{"az"}}
	for before, want := range map[string]bool{
		"": true, " ": true, "-": true, "/": true, ":": true, "`": true, "{": true, "\n": true, "^": true,
		"a": false, "z": false, "A": false, "Z": false, "0": false, "9": false, "_": false,
	} {
		if got := c.Holds(before + "az"); got != want {
			t.Errorf("behind %q: %v", before, got)
		}
		if got := c.Holds("xaz" + before + "az"); before != "" && got != want {
			t.Errorf("second, behind %q: %v", before, got)
		}
	}
	if c.Holds("") || c.Holds("a") || c.Holds("b z") {
		t.Error("what is not there is found")
	}
	for op, want := range map[Op]bool{
		OpAlways: true, OpExists: true, OpAbsent: false, OpIn: true, OpNotIn: false, OpOnlyIn: true, OpAbsentOrIn: true, OpContains: true,
		OpPrefix: true, OpSuffix: true, OpWord: true, OpPart: true, OpBelow: true, OpRemark: false, "other": false,
	} {
		if got := (Condition{Op: op, Values: []string{"y", "X"}}).Holds("x"); got != want {
			t.Errorf("%s: %v", op, got)
		}
		if got := (Condition{Op: op}).Holds("x"); got != (op == OpAlways || op == OpExists || op == OpNotIn) {
			t.Errorf("%s of no value: %v", op, got)
		}
	}
	if !(Condition{Op: OpIn, Values: []string{"ad"}, Ignore: []string{"B", "c"}}).Holds("AbCcDb") {
		t.Error("what is ignored counts")
	}
}
