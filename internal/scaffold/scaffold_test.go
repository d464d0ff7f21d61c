package scaffold

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/internal/config"
)

const schemaFile = "../../docs/rolecall.schema.json"

// setting is the start of a line that holds a setting which is turned off:
// prose has one space after the slashes.
var setting = regexp.MustCompile(`(?m)^  //([^ ]|  )`)

// uncommented is the configuration with every setting made.
func uncommented() string {
	text := setting.ReplaceAllString(Configuration.Content("0.1.0"), "  $1")
	return regexp.MustCompile(`(?m)^ *//.*\n`).ReplaceAllString(text, "")
}

// roles is the file that the configuration names.
func roles(string) ([]byte, error) {
	return []byte(`[{"name": "00000000-0000-0000-0000-000000000001", "roleName": "Orders", "permissions": [{"actions": ["*/read"]}]}]`), nil
}

func TestConfiguration(t *testing.T) {
	for name, text := range map[string]string{"as written": Configuration.Content("0.1.0"), "with all settings": uncommented()} {
		if _, err := config.Parse("rolecall.json", []byte(text), roles); err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
}

// TestSchema: with all settings made, the configuration is what the schema
// wants, and it leaves out no key that the schema has.
func TestSchema(t *testing.T) {
	var doc any
	if err := json.Unmarshal([]byte(uncommented()), &doc); err != nil {
		t.Fatal(err)
	}
	schema, err := jsonschema.NewCompiler().Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Error(err)
	}
	text, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	gjson.GetBytes(text, "properties").ForEach(func(key, _ gjson.Result) bool {
		if _, ok := doc.(map[string]any)[key.String()]; !ok {
			t.Errorf("the configuration does not show %q", key)
		}
		return true
	})
}

func TestVersion(t *testing.T) {
	for _, f := range []File{Configuration, Hook, Workflow} {
		text := f.Content("1.2.3")
		if strings.Contains(text, "{version}") {
			t.Errorf("%s has no version", f.Path)
		}
		if f != Configuration && !strings.Contains(text, "v1.2.3") {
			t.Errorf("%s does not name the version", f.Path)
		}
	}
}

func TestWriteKeeps(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, step := range []struct {
		content, want string
		force, fails  bool
	}{
		{content: "one", want: "one"},
		{content: "two", want: "one", fails: true},
		{content: "three", want: "three", force: true},
	} {
		err := Write(root, "a/b/c.txt", step.content, step.force)
		if (err != nil) != step.fails {
			t.Errorf("writing %q: %v", step.content, err)
		}
		if got, _ := root.ReadFile("a/b/c.txt"); string(got) != step.want {
			t.Errorf("after %q there is %q, want %q", step.content, got, step.want)
		}
	}
	if err := Write(root, "../out.txt", "x", false); err == nil {
		t.Error("a file outside of the root was written")
	}
}
