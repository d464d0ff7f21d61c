package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	render "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
)

// agentCommand returns the command that a build agent finds in a line, as
// the runner of GitHub does (src/Runner.Common/ActionCommand.cs, all names
// taken for known) and the agent of Azure Pipelines (Command.cs).
func agentCommand(line string) string {
	if trimmed := strings.TrimLeft(line, " \t\r\n\v\f\u00a0\u0085"); strings.HasPrefix(trimmed, "::") && strings.Contains(trimmed[2:], "::") {
		return trimmed
	}
	lower := strings.ToLower(line)
	for _, open := range []string{"##[", "##vso["} {
		if i := strings.Index(lower, open); i >= 0 {
			return line[i:]
		}
	}
	return ""
}

var (
	painted    = regexp.MustCompile("\x1b\\[[0-9;]*m")
	hyperlinks = regexp.MustCompile("\x1b\\]8;;(https://github\\.com/rolecall/rolecall/[A-Za-z0-9/.-]*)?\x1b\\\\")
)

// inRepository are addresses of rules, and of files in the repository.
var inRepository = regexp.MustCompile(`^https://github\.com/(o/%22|rolecall/rolecall/blob/)[A-Za-z0-9/._~%!$&'*+,;=:@-]*(#L[0-9]+)?$`)

// isPainted is text in colours, with links to the pages of rules.
func isPainted(t *testing.T, out string) {
	t.Helper()
	if !painted.MatchString(out) {
		t.Error("there is no colour")
	}
	isText(t, hyperlinks.ReplaceAllString(painted.ReplaceAllString(out, ""), ""))
}

func isJSON(t *testing.T, out string) {
	t.Helper()
	isText(t, out)
	if !json.Valid([]byte(out)) {
		t.Errorf("it is no JSON: %.200q", out)
	}
}

// isSARIF holds that messages are harmless where they are read as Markdown.
func isSARIF(t *testing.T, out string) {
	t.Helper()
	isJSON(t, out)
	for _, path := range []string{"runs.0.results.#.message.text", "runs.0.invocations.0.toolExecutionNotifications.#.message.text"} {
		all := gjson.Get(out, path).Array()
		if len(all) == 0 {
			t.Errorf("there are no messages at %s", path)
		}
		for _, text := range all {
			page := htmlOf(t, text.String(), goldmark.New())
			for _, n := range elements(t, page) {
				numbered := n.Data == "a" && regexp.MustCompile(`^[0-9]+$`).MatchString(n.Attr[0].Val)
				if slices.Contains([]string{"a", "img", "script"}, n.Data) && !numbered {
					t.Errorf("<%s> in the message %q", n.Data, text)
				}
			}
		}
	}
	provenance := gjson.Get(out, "runs.0.versionControlProvenance.0.repositoryUri").String()
	if !regexp.MustCompile(`^https://github\.com/[A-Za-z0-9/._~%!$&'()*+,;=:@-]*$`).MatchString(provenance) {
		t.Errorf("the repository is %q", provenance)
	}
}

// isGitHub holds that every command is one of ours. The data of a command ends
// with the line.
func isGitHub(t *testing.T, out string) {
	t.Helper()
	commands := 0
	var rest strings.Builder
	for line := range strings.Lines(out) {
		name, properties, data := runnerCommand(strings.TrimSuffix(line, "\n"))
		if name == "" {
			rest.WriteString(line)
			continue
		}
		commands++
		if !slices.Contains([]string{"error", "warning", "notice"}, name) {
			t.Errorf("the command %q in %q", name, line)
		}
		for key, value := range properties {
			if !slices.Contains([]string{"file", "line", "endLine", "col", "endColumn", "title"}, key) {
				t.Errorf("the property %q in %q", key, line)
			}
			if key == "title" && !regexp.MustCompile(`^(rolecall|[A-Z]{2}[0-9]{3} [a-z0-9-]+)$`).MatchString(value) {
				t.Errorf("the title %q", value)
			}
			isText(t, value)
		}
		isText(t, data)
	}
	if commands == 0 || commands > 30 {
		t.Errorf("%d commands", commands)
	}
	isText(t, rest.String())
}

// runnerCommand reads a command as ActionCommand.TryParseV2 does.
func runnerCommand(line string) (name string, properties map[string]string, data string) {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "::") {
		return "", nil, ""
	}
	info, data, ok := strings.Cut(line[2:], "::")
	if !ok {
		return "", nil, ""
	}
	unescape := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	name, list, _ := strings.Cut(info, " ")
	properties = map[string]string{}
	for _, p := range strings.Split(strings.TrimSpace(list), ",") {
		if key, value, ok := strings.Cut(p, "="); ok {
			properties[key] = unescape.Replace(value)
		}
	}
	return name, properties, strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%").Replace(data)
}

// isAzure holds that every command is a task.logissue of ours.
func isAzure(t *testing.T, out string) {
	t.Helper()
	commands := 0
	var rest strings.Builder
	for line := range strings.Lines(out) {
		properties, data, ok := vsoCommand(strings.TrimSuffix(line, "\n"))
		if !ok {
			rest.WriteString(line)
			continue
		}
		commands++
		if kind := properties["type"]; kind != "error" && kind != "warning" {
			t.Errorf("the type %q in %q", kind, line)
		}
		for key, value := range properties {
			if !slices.Contains([]string{"type", "sourcepath", "linenumber", "columnnumber", "code"}, key) {
				t.Errorf("the property %q in %q", key, line)
			}
			isText(t, value)
		}
		isText(t, data)
	}
	if commands == 0 || commands > 20 {
		t.Errorf("%d commands", commands)
	}
	isText(t, rest.String())
}

// vsoCommand reads a line that begins with a command as Command.TryParse does.
func vsoCommand(line string) (properties map[string]string, data string, ok bool) {
	rest, ok := strings.CutPrefix(line, "##vso[task.logissue ")
	if !ok {
		return nil, "", false
	}
	list, data, ok := strings.Cut(rest, "]")
	unescape := strings.NewReplacer("%3B", ";", "%0D", "\r", "%0A", "\n", "%5D", "]", "%AZP25", "%")
	properties = map[string]string{}
	for _, p := range strings.Split(list, ";") {
		key, value, _ := strings.Cut(p, "=")
		properties[key] = unescape.Replace(value)
	}
	return properties, unescape.Replace(data), ok
}

// isMarkdown holds that the page leads to the repository, and fits.
func isMarkdown(t *testing.T, out string) {
	t.Helper()
	if page := isPage(t, out); !strings.Contains(page, `<a href="https://github.com/o/`) {
		t.Error("nothing leads to the repository")
	}
}

// isPage holds that the page, as GitHub renders it, has our elements only, and
// returns it.
func isPage(t *testing.T, out string) string {
	t.Helper()
	isText(t, out)
	page := htmlOf(t, out, goldmark.New(goldmark.WithExtensions(extension.GFM)))
	allowed := strings.Fields("h2 p strong em ul li table thead tbody tr th td br a details summary code pre")
	for _, n := range elements(t, page) {
		if !slices.Contains(allowed, n.Data) {
			t.Errorf("the element <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "href" && inRepository.MatchString(a.Val) || a.Key == "align" || a.Key == "class" {
				continue
			}
			t.Errorf("the attribute %s=%q", a.Key, a.Val)
		}
	}
	active := regexp.MustCompile(`(^|[^\w])(@\w|#\d)`)
	for text := range strings.Lines(texts(t, page)) {
		if found := active.FindString(text); found != "" {
			t.Errorf("%q in %q", found, text)
		}
	}
	if n := len([]rune(out)); n >= 65536 {
		t.Errorf("%d characters do not fit into a comment", n)
	}
	return page
}

// htmlOf renders Markdown, HTML in it as it is.
func htmlOf(t *testing.T, text string, markdown goldmark.Markdown) string {
	t.Helper()
	markdown.Renderer().AddOptions(render.WithUnsafe())
	var b bytes.Buffer
	if err := markdown.Convert([]byte(text), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// elements returns the tokens of HTML that open elements, and comments as if
// they were some.
func elements(t *testing.T, page string) []html.Token {
	var out []html.Token
	tokens(t, page, func(tok html.Token) {
		switch tok.Type {
		case html.StartTagToken, html.SelfClosingTagToken:
			out = append(out, tok)
		case html.CommentToken, html.DoctypeToken:
			out = append(out, html.Token{Data: fmt.Sprintf("!-- %s", tok.Data)})
		}
	})
	return out
}

// texts returns what a page shows outside of links and code, one text a line.
func texts(t *testing.T, page string) string {
	var b strings.Builder
	within := 0
	tokens(t, page, func(tok html.Token) {
		quiet := tok.Data == "a" || tok.Data == "code" || tok.Data == "pre"
		switch {
		case tok.Type == html.StartTagToken && quiet:
			within++
		case tok.Type == html.EndTagToken && quiet:
			within--
		case tok.Type == html.TextToken && within == 0:
			b.WriteString(strings.ReplaceAll(tok.Data, "\n", " ") + "\n")
		}
	})
	return b.String()
}

func tokens(t *testing.T, page string, each func(html.Token)) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(page))
	for z.Next() != html.ErrorToken {
		each(z.Token())
	}
	if z.Err() != io.EOF {
		t.Error(z.Err())
	}
}
