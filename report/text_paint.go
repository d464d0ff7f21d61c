package report

// palette holds the escape sequences of the styles. The zero value paints nothing.
type palette struct {
	bold, dim, err, warn, note string
}

var colors = palette{
	bold: "\x1b[1m",
	dim:  "\x1b[2m",
	err:  "\x1b[1;31m",
	warn: "\x1b[1;33m",
	note: "\x1b[1;36m",
}

// wrap paints s in a style.
func wrap(style, s string) string {
	if style == "" || s == "" {
		return s
	}
	return style + s + "\x1b[0m"
}

func (c palette) strong(s string) string { return wrap(c.bold, s) }

func (c palette) faint(s string) string { return wrap(c.dim, s) }

// level returns the style of a level.
func (c palette) level(level string) string {
	switch level {
	case levelError:
		return c.err
	case levelWarning:
		return c.warn
	}
	return c.note
}

// Strong paints s as what stands out, if there are to be colours.
func (o Options) Strong(s string) string { return wrap(o.palette().bold, s) }

// Faint paints s as what is of less interest, if there are to be colours.
func (o Options) Faint(s string) string { return wrap(o.palette().dim, s) }

// Level paints s like a level ("error", "warning" or "note"), if there are to be colours.
func (o Options) Level(level, s string) string { return wrap(o.palette().level(level), s) }

func (o Options) palette() palette {
	if o.Color {
		return colors
	}
	return palette{}
}

// link makes text a hyperlink where the terminal is known to understand it.
func (p *printer) link(text, url string) string {
	if !p.o.Hyperlinks || url == "" {
		return text
	}
	return Hyperlink(text, url)
}

// Hyperlink makes text, which may be painted, lead to an address on terminals that know OSC 8:
// https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
func Hyperlink(text, url string) string {
	return linkStart + Clean(url) + "\x1b\\" + text + linkEnd
}
