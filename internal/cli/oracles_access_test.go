package cli_test

import (
	"encoding/csv"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// isCSV holds that every row has the columns of the first, and that no
// spreadsheet takes a cell for a formula.
func isCSV(t *testing.T, out string) {
	t.Helper()
	isTable(t, strings.ReplaceAll(out, "\r\n", "\n"))
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a formula under %s: %q", rows[0][i], cell)
			}
		}
	}
}

// mermaidLine is a line of our flowcharts: text stands in quotes only, and has
// nothing in it but what cannot end them, and our line break.
var mermaidLine = regexp.MustCompile("^(flowchart LR|  (n[0-9]+|left)(\\[|\\(\\[|\\[\\[)\"([^\"<>&#`%\\\\;\\[\\]{}()|]|#[0-9]+;|<br>)*\"(\\]|\\]\\)|\\]\\])(:::[a-z]+)?|  n[0-9]+ -\\.?-?> n[0-9]+|  classDef [a-z]+ [a-z0-9#:, -]+)$")

// isMermaid holds that there is nothing but boxes and arrows of ours.
func isMermaid(t *testing.T, out string) {
	t.Helper()
	isText(t, out)
	for line := range strings.Lines(out) {
		if !mermaidLine.MatchString(strings.TrimSuffix(line, "\n")) {
			t.Errorf("no line of a flowchart: %q", line)
		}
	}
	if len(out) > 50_000 || strings.Count(out, "->") > 500 {
		t.Errorf("%d characters and %d arrows are more than Mermaid draws", len(out), strings.Count(out, "->"))
	}
}

// isSVG holds that a picture is XML that runs nothing and asks for nothing.
func isSVG(t *testing.T, out string) {
	t.Helper()
	isText(t, out)
	for d := xml.NewDecoder(strings.NewReader(out)); ; {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "svg", "g", "path", "rect", "text", "title", "style":
		default:
			t.Errorf("the element <%s>", start.Name.Local)
		}
		for _, a := range start.Attr {
			if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || strings.Contains(a.Name.Local, "href") {
				t.Errorf("the attribute %s=%q", a.Name.Local, a.Value)
			}
		}
	}
}

// isHTML holds that a page has our elements only, two scripts of ours among
// them, and nothing that runs or asks for something by an attribute.
func isHTML(t *testing.T, out string) {
	t.Helper()
	isTable(t, out)
	allowed := strings.Fields("html head meta link title style body header main section div form fieldset legend label input select option button " +
		"output details summary ul li wbr h1 h2 p b a small span code table thead tbody tr th td script svg g path rect text")
	scripts := 0
	for _, n := range elements(t, out) {
		if n.Data == "script" {
			scripts++
		}
		if !slices.Contains(allowed, n.Data) && !strings.EqualFold(n.Data, "!-- html") {
			t.Errorf("the element <%s>", n.Data)
		}
		for _, a := range n.Attr {
			runs := strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "action" || a.Key == "srcdoc"
			if runs || a.Key == "href" && a.Val != "data:," && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "https://github.com/rolecall/rolecall") {
				t.Errorf("the attribute %s=%q", a.Key, a.Val)
			}
		}
	}
	if scripts != 2 {
		t.Errorf("%d scripts", scripts)
	}
}
