package script_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/script"
)

// written renders commands one in a line, words with | between.
func written(cs []script.Command) string {
	var lines []string
	for _, c := range cs {
		var words []string
		for _, w := range c.Words {
			words = append(words, w.Text)
		}
		lines = append(lines, strings.Join(words, "|"))
	}
	return strings.Join(lines, "\n")
}

func TestCommands(t *testing.T) {
	for _, c := range []struct {
		name string
		lang script.Language
		text string
		want string
	}{
		{"words", script.Shell, "az role assignment create --role 'Owner'", "az|role|assignment|create|--role|Owner"},
		{"separators", script.Shell, "a b; c && d || e | f", "a|b\nc\nd\ne\nf"},
		{"comment", script.Shell, "# a\nb # c\nd#e", "b\nd#e"},
		{"hash in quotes", script.Shell, "a '# b' c", "a|# b|c"},
		{"continued", script.Shell, "a \\\n  b \\\r\n c", "a|b|c"},
		{"substitution", script.Shell, "x=$(az account show)\ny=`az login`", "x=$\naz|account|show\ny=\naz|login"},
		{"substitution in quotes", script.Shell, `echo "id: $(az ad sp list (x))"`, "az|ad|sp|list\nx\necho|id: $(az ad sp list (x))"},
		{"text in quotes is no command", script.Shell, `echo "run az login"`, "echo|run az login"},
		{"a shell within", script.Shell, `bash -c "az login; b"`, "bash|-c|az login; b\naz|login\nb"},
		{"PowerShell within", script.Shell, `powershell.exe -ExecutionPolicy Bypass -Command "New-AzRoleAssignment -x # no"`, "powershell.exe|-ExecutionPolicy|Bypass|-Command|New-AzRoleAssignment -x # no\nNew-AzRoleAssignment|-x"},
		{"here-document", script.Shell, "cat <<EOF > f\naz login\nEOF\nb", "cat|<<EOF|>|f\nb"},
		{"PowerShell comments", script.PowerShell, "<# a\nb #> c # d", "c"},
		{"PowerShell continued", script.PowerShell, "a `\n b", "a|b"},
		{"PowerShell block", script.PowerShell, "if ($x) { New-AzRoleAssignment -a 'b' }", "if\n$x\nNew-AzRoleAssignment|-a|b"},
		{"open quote", script.Shell, "a 'b", "a|b"},
		{"empty", script.Shell, " \n#", ""},
	} {
		if got := written(script.Commands(c.text, c.lang)); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		text, phrase string
		with         []string
		want         string
	}{
		{"az role assignment create --x", "az role assignment create", nil, "az role assignment create"},
		{"sudo AZ Role  Assignment create", "az role assignment create", nil, "AZ Role  Assignment create"},
		{"az role assignment list", "az role assignment create", nil, ""},
		{`echo "az role assignment create"`, "az role assignment create", nil, ""},
		{"az rest --method put --url https://x/roleAssignments/1", "az rest", []string{"roleassignments", "put"}, "az rest"},
		{"az rest --method get --url https://x/roleAssignments/1", "az rest", []string{"roleassignments", "put"}, ""},
		{`bash -c "az login"`, "az login", nil, "az login"},
	} {
		got := ""
		for _, cmd := range script.Commands(c.text, script.Shell) {
			if from, to, ok := cmd.Find(c.phrase, c.with...); ok {
				got = c.text[from:to]
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
}

// FuzzCommands: no panic, and every bare word stands where it says.
func FuzzCommands(f *testing.F) {
	for _, s := range []string{"az login", "a \\\n b", `bash -c "x $(y '` + "`z`" + `')"`, "<# # #> `\n", "cat <<-E\nE", `cmd /c "bash -c 'a'"`} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, power bool) {
		lang := script.Shell
		if power {
			lang = script.PowerShell
		}
		for _, c := range script.Commands(text, lang) {
			for _, w := range c.Words {
				if w.Start < 0 || w.End > len(text) || w.Start >= w.End {
					t.Fatalf("%q: word %q at %d-%d", text, w.Text, w.Start, w.End)
				}
			}
		}
	})
}
