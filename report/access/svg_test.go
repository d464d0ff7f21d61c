package access

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/golden"
	"github.com/rolecall/rolecall/report"
)

func draw(t *testing.T, a *Access) string {
	t.Helper()
	var b bytes.Buffer
	if err := SVG(&b, a, report.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// elements parses XML strictly and calls visit with each element.
func elements(t *testing.T, doc string, visit func(xml.StartElement)) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(doc)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			visit(e)
		}
	}
}

func TestSVG(t *testing.T) {
	golden.Check(t, "testdata/sample.svg", draw(t, sample()))
	golden.Check(t, "testdata/empty.svg", draw(t, &Access{Complete: true}))
}

// TestSVGHostile: what a picture consists of does not depend on what things are called.
func TestSVGHostile(t *testing.T) {
	known := map[string]string{
		"svg": "xmlns class role aria-label viewBox width height", "style": "", "title": "", "g": "class", "path": "class d",
		"rect": "class x y width height rx", "text": "class x y",
	}
	doc := draw(t, attacked())
	elements(t, doc, func(e xml.StartElement) {
		attributes, ok := known[e.Name.Local]
		if !ok {
			t.Errorf("there is a %s", e.Name.Local)
		}
		for _, a := range e.Attr {
			if !strings.Contains(" "+attributes+" ", " "+a.Name.Local+" ") {
				t.Errorf("%s has the attribute %s", e.Name.Local, a.Name.Local)
			}
		}
	})
	if strings.ContainsAny(doc, "\x1b\u202e\u2028\r\ufffe") || strings.Contains(doc, "##") {
		t.Error("a hidden character or a command has come through")
	}
}

func TestSVGSame(t *testing.T) {
	first := draw(t, many(300))
	for range 5 {
		if draw(t, many(300)) != first {
			t.Fatal("two pictures of the same differ")
		}
	}
}

// TestSVGLeftOut: a picture of many grants is small, has the worst ones, and says what it lacks.
func TestSVGLeftOut(t *testing.T) {
	doc := draw(t, many(2000))
	nodes := strings.Count(doc, `<g class="node`)
	if nodes < drawn-10 || nodes > drawn {
		t.Errorf("%d nodes", nodes)
	}
	s := pick(many(2000), drawn)
	want := "2000 grants to 667 principals; drawn: the " + strconv.Itoa(len(s.grants)) + " of the greatest power, left out: " + strconv.Itoa(s.left)
	if len(s.grants)+s.left != 2000 || !strings.Contains(doc, want) {
		t.Errorf("the picture does not say %q", want)
	}
	for _, g := range s.grants {
		if g.Role.Power != PowerEscalate {
			t.Errorf("%s is drawn and some %s is not", g.Role.Power, PowerEscalate)
		}
	}
}

// TestSVGConditions: exactly what leads to and from a role under a condition is dashed.
func TestSVGConditions(t *testing.T) {
	a := sample()
	if n := strings.Count(draw(t, a), `class="edge p3 dashed"`); n != 2 {
		t.Errorf("%d dashed edges, want 2", n)
	}
	for i := range a.Grants {
		a.Grants[i].Condition = ""
	}
	if strings.Contains(draw(t, a), `dashed"`) {
		t.Error("dashed edges without a condition")
	}
}

// TestContrast: text is legible in both modes, by https://www.w3.org/TR/WCAG22/#contrast-minimum.
func TestContrast(t *testing.T) {
	shades := map[string]shade{}
	for _, s := range palette {
		shades[s.name] = s
	}
	check := func(text, back string) {
		x, y := shades[text], shades[back]
		for _, pair := range [][2]string{{x.light, y.light}, {x.dark, y.dark}} {
			if c := contrast(t, pair[0], pair[1]); c < 4.5 {
				t.Errorf("%s on %s (%v): %.2f, want 4.5", text, back, pair, c)
			}
		}
	}
	for _, text := range []string{"ink", "soft", "link"} {
		check(text, "page")
		check(text, "card")
	}
	for p := range PowerEscalate + 1 {
		for _, back := range []string{"page", "card", "t" + strconv.Itoa(int(p))} {
			check(ink(p), back)
		}
		check("ink", "t"+strconv.Itoa(int(p)))
	}
}
