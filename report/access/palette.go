package access

import (
	_ "embed"
	"fmt"
	"strings"
)

// shade is a colour in the light and in the dark.
type shade struct {
	name, light, dark string
}

// palette holds every colour there is. Of a power, "p" is for text and lines and "t" is what its text stands on.
var palette = []shade{
	{"page", "#fafaf8", "#14161a"},
	{"card", "#ffffff", "#1c1f25"},
	{"ink", "#1d2129", "#e6e8ec"},
	{"soft", "#575d69", "#a3aab8"},
	{"rule", "#dcdee3", "#343942"},
	{"edge", "#8d95a3", "#757e8e"},
	{"link", "#1d5fae", "#7fb4f5"},
	{"p8", "#a4133c", "#ff9bb0"}, {"t8", "#fde8ec", "#43141f"},
	{"p7", "#a33a08", "#ffa876"}, {"t7", "#fdebdf", "#3d220f"},
	{"p6", "#7d5100", "#ecc05a"}, {"t6", "#fbf1d6", "#352a0b"},
	{"p5", "#8a2888", "#f09be9"}, {"t5", "#f9e8f7", "#391837"},
	{"p4", "#5f35b0", "#c0aaff"}, {"t4", "#efeafb", "#2a2048"},
	{"p3", "#1d5aa5", "#8abbf7"}, {"t3", "#e5effb", "#152b49"},
	{"p2", "#0a676b", "#6ccfca"}, {"t2", "#def2f1", "#0f3033"},
	{"p1", "#475160", "#b3bccb"}, {"t1", "#edf0f4", "#272c35"},
	{"p0", "#595959", "#b8b8b8"}, {"t0", "#f5f5f5", "#242424"},
}

//go:embed page/graph.css
var graphCSS string

// ink names the class of a power, which gives it its colours.
func ink(p Power) string {
	return fmt.Sprintf("p%d", p)
}

// variables returns the palette as properties of CSS that follow the mode. What has the class of a power finds its
// colours under --p and --t.
func variables() string {
	var b strings.Builder
	b.WriteString(":root{")
	for _, s := range palette {
		fmt.Fprintf(&b, "--%s:light-dark(%s,%s);", s.name, s.light, s.dark)
	}
	b.WriteString("}\n")
	for p := range PowerEscalate + 1 {
		fmt.Fprintf(&b, ".p%d{--p:var(--p%[1]d);--t:var(--t%[1]d)}\n", p)
	}
	return b.String()
}

// graphStyle returns the style of the graph, with variables for the colours.
func graphStyle() string {
	var b strings.Builder
	b.WriteString(graphCSS)
	for p := range PowerEscalate + 1 {
		fmt.Fprintf(&b, ".graph .p%d .box{fill:var(--t%[1]d);stroke:var(--p%[1]d)}"+
			".graph .p%[1]d .note,.graph .p%[1]d .bar{fill:var(--p%[1]d)}.graph .edge.p%[1]d{stroke:var(--p%[1]d)}\n", p)
	}
	return b.String()
}

// pictureStyle returns the style of a picture that stands alone. Programs that draw SVG outside of a browser know
// neither variables nor light-dark(), and skip what is for the dark.
func pictureStyle() string {
	var light, dark []string
	for _, s := range palette {
		light = append(light, "var(--"+s.name+")", s.light)
		dark = append(dark, "var(--"+s.name+")", s.dark)
	}
	style := graphStyle()
	return strings.NewReplacer(light...).Replace(style) +
		"@media (prefers-color-scheme:dark){\n" + strings.NewReplacer(dark...).Replace(style) + "}\n"
}
