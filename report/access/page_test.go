package access

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/rolecall/rolecall/report"
)

func write(t *testing.T, a *Access) string {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, a, report.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	scripts = regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	styles  = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	dataIn  = regexp.MustCompile(`(?s)<script type="application/json" id="data">(.*?)</script>`)
)

// only returns what the one match of a pattern has between its parentheses.
func only(t *testing.T, pattern *regexp.Regexp, doc string) string {
	t.Helper()
	found := pattern.FindAllStringSubmatch(doc, -1)
	if len(found) != 1 {
		t.Fatalf("%s matches %d times", pattern, len(found))
	}
	return found[0][1]
}

// bones returns the page without its scripts and its style.
func bones(doc string) string {
	for _, pattern := range []*regexp.Regexp{scripts, styles, dataIn} {
		doc = pattern.ReplaceAllString(doc, "")
	}
	return doc
}

// TestPagePolicy: the page has leave to run its own script and to use its own style, and for nothing else.
func TestPagePolicy(t *testing.T) {
	for _, a := range []*Access{sample(), attacked(), {}} {
		doc := write(t, a)
		for directive, content := range map[string]string{
			"default-src": "none", "script-src": digest(only(t, scripts, doc)), "style-src": digest(only(t, styles, doc)),
			"require-trusted-types-for": "script", "trusted-types": "none", "base-uri": "none", "form-action": "none",
		} {
			if !strings.Contains(doc, directive+" '"+content+"'") {
				t.Errorf("the policy lacks %s '%s'", directive, content)
			}
		}
	}
}

// TestPageAsksForNothing: no address is in the page but the name of SVG.
func TestPageAsksForNothing(t *testing.T) {
	doc := strings.ReplaceAll(write(t, many(20)), "http://www.w3.org/2000/svg", "")
	if found := regexp.MustCompile(`(?i)[a-z]+://|url\(|@import|\bsrc=`).FindString(doc); found != "" {
		t.Errorf("the page has %q", found)
	}
}

// TestPageText: the script makes text of the data, never markup or code.
func TestPageText(t *testing.T) {
	unsafe := regexp.MustCompile(`(?i)(inner|outer)html|insertadjacent|document\.write|\beval\b|\bFunction\(|srcdoc|setTimeout`)
	if found := unsafe.FindString(pageJS); found != "" {
		t.Errorf("the script has %q", found)
	}
	if n := strings.Count(pageJS, "\n"); n > 500 {
		t.Errorf("the script has %d lines", n)
	}
}

// TestPageHostile: what the page consists of does not depend on what things are called.
func TestPageHostile(t *testing.T) {
	known := words("html head meta link title style body a header h1 p button section details summary ul li code form " +
		"fieldset legend label input span b div select option output main table thead tbody tr th td small wbr script " +
		"svg g path rect text")
	attributes := words("lang charset http-equiv content name rel href class id type hidden aria-label aria-live aria-sort " +
		"role value autocomplete spellcheck open scope data-label data-sort tabindex xmlns viewBox width height x y rx d")
	doc := write(t, attacked())
	root, err := html.Parse(strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	scripts := 0
	for n := range root.Descendants() {
		switch {
		case n.Type == html.CommentNode:
			t.Errorf("there is a comment: %s", n.Data)
		case n.Type == html.ElementNode && !known[n.Data]:
			t.Errorf("there is a %s", n.Data)
		case n.Data == "script":
			scripts++
		}
		for _, a := range n.Attr {
			if n.Type == html.ElementNode && !attributes[a.Key] || a.Key == "href" && a.Val != "#main" && a.Val != "data:," {
				t.Errorf("%s has the attribute %s=%q", n.Data, a.Key, a.Val)
			}
		}
	}
	if scripts != 2 {
		t.Errorf("%d scripts, want 2", scripts)
	}
	if strings.ContainsAny(doc, "\x00\x1b\u202e\u2028\r\ufffe") || strings.Contains(doc, "##") {
		t.Error("a hidden character or a command has come through")
	}
	if strings.ContainsAny(only(t, dataIn, doc), "<>&") {
		t.Error("the data has characters of markup")
	}
}

func words(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// TestPageData: the data says the same as the table, row by row.
func TestPageData(t *testing.T) {
	for _, a := range []*Access{sample(), attacked(), many(300)} {
		doc := write(t, a)
		var d pageData
		if err := json.Unmarshal([]byte(only(t, dataIn, doc)), &d); err != nil {
			t.Fatal(err)
		}
		rows := strings.Split(bones(doc), `<tr><th scope="row"`)[1:]
		if len(rows) != len(a.Grants) || len(d.Grants) != len(a.Grants) {
			t.Fatalf("%d rows and %d grants, want %d", len(rows), len(d.Grants), len(a.Grants))
		}
		for i, g := range d.Grants {
			row := strings.ReplaceAll(rows[i], "<wbr/>", "")
			var m markup
			m.leaf("span", d.Principals[g.Principal].Name, "class", "name")
			m.leaf("span", d.Powers[d.Roles[g.Role].Power], "class", "power "+ink(Power(d.Roles[g.Role].Power)))
			m.leaf("span", d.Roles[g.Role].Name)
			m.leaf("span", d.Scopes[g.Scope].Name)
			m.leaf("code", g.At)
			for _, part := range strings.SplitAfter(m.String(), ">") {
				if !strings.Contains(row, part) {
					t.Errorf("row %d lacks %s: %s", i, part, row)
				}
			}
			for _, n := range []int{d.Principals[g.Principal].Node, g.Node, d.Scopes[g.Scope].Node} {
				if n >= len(d.Nodes) {
					t.Errorf("there is no node %d", n)
				}
			}
		}
	}
}

func TestPageSame(t *testing.T) {
	first := write(t, many(300))
	for range 3 {
		if write(t, many(300)) != first {
			t.Fatal("two pages of the same differ")
		}
	}
}

func TestPageSize(t *testing.T) {
	if n := len(write(t, many(50))); n > 200_000 {
		t.Errorf("the page of 50 grants has %d bytes", n)
	}
}

// TestPageCoverage: what is not decided and what went wrong is on the page, in its text.
func TestPageCoverage(t *testing.T) {
	a := sample()
	a.Complete = false
	a.Problems = append(a.Problems, report.Problem{Kind: report.ProblemInput, File: "broken.json", Message: "is no JSON"})
	doc := bones(write(t, a))
	for _, want := range []string{
		"9 of 12 role grants decided, 2 wait for parameters, 1 known only at run time; 3 of 3 identities decided",
		"3 not decided", "waits for a parameter · parameter &#39;roleId&#39; has no value", "known only at run time",
		"not everything could be analysed", "1 not analysed", "<code>broken.json</code> is no JSON", "<code>main.json:4:5</code>",
	} {
		if !strings.Contains(doc, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// TestPages writes the pages that .ci/page-test opens in a browser, to the folder that ROLECALL_PAGES names.
func TestPages(t *testing.T) {
	folder := os.Getenv("ROLECALL_PAGES")
	if folder == "" {
		t.Skip("ROLECALL_PAGES is not set")
	}
	for name, a := range map[string]*Access{"sample": sample(), "hostile": attacked(), "many": many(2000), "empty": {Complete: true}} {
		if err := os.WriteFile(filepath.Join(folder, name+".html"), []byte(write(t, a)), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name+".svg"), []byte(draw(t, a)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
