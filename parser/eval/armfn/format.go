package armfn

import (
	"fmt"
	"strconv"
	"strings"
)

// FormatArg is one argument of Format.
type FormatArg struct {
	// Text is the converted form of an argument that is not an integer.
	Text string
	// Int is the value of an integer argument.
	Int int64
	// IsInt tells that Int holds the argument.
	IsInt bool
}

// Format fills a composite format string: {index[,alignment][:spec]}, with {{
// and }} for braces. Format specifiers apply to integers only. A malformed
// string or an index without an argument is an error; a specifier that is not
// handled and a result beyond the size of a template wrap ErrUnknown.
func Format(layout string, args []FormatArg) (string, error) {
	pieces, err := FormatPieces(layout)
	if err != nil {
		return "", err
	}
	if err := checkIndexes(pieces, len(args)); err != nil {
		return "", err
	}
	var out strings.Builder
	for _, p := range pieces {
		text := p.Literal
		if p.Arg >= 0 {
			if text, err = formatPlaceholder(p, args[p.Arg]); err != nil {
				return "", err
			}
		}
		if out.Len()+len(text) > maxText {
			return "", unknown("format", "the result is larger than a template may be")
		}
		out.WriteString(text)
	}
	return out.String(), nil
}

// checkIndexes checks that every placeholder has one of count arguments.
func checkIndexes(pieces []Piece, count int) error {
	for _, p := range pieces {
		if p.Arg >= count {
			return fmt.Errorf("format: placeholder {%d} has no argument, there are %d", p.Arg, count)
		}
	}
	return nil
}

// formatPlaceholder returns the text of one placeholder.
func formatPlaceholder(p Piece, arg FormatArg) (string, error) {
	text := arg.Text
	if arg.IsInt {
		var err error
		if text, err = formatInt(arg.Int, p.Spec); err != nil {
			return "", err
		}
	}
	if p.Align < 0 {
		return text + padding(" ", -p.Align-UTF16Len(text)), nil
	}
	return padding(" ", p.Align-UTF16Len(text)) + text, nil
}

// formatInt applies a numeric format specifier.
func formatInt(n int64, spec string) (string, error) {
	if spec == "" {
		return strconv.FormatInt(n, 10), nil
	}
	if strings.Trim(spec, "0") == "" {
		return padDigits(n, len(spec)), nil
	}
	if isLetter(spec[0]) && len(spec) <= 3 && (len(spec) == 1 || allDigits(spec[1:])) {
		precision := -1
		if len(spec) > 1 {
			precision, _ = strconv.Atoi(spec[1:])
		}
		if text, ok := standardInt(n, spec[0], precision); ok {
			return text, nil
		}
	}
	return "", unknown("format", "the specifier %q of an integer is not handled", spec)
}

// standardInt applies a standard specifier; precision -1 means none was given.
// It reports false for a specifier it does not handle.
func standardInt(n int64, kind byte, precision int) (string, bool) {
	switch kind {
	case 'd', 'D':
		return padDigits(n, precision), true
	case 'x', 'X':
		text := strconv.FormatInt(n, 16)
		if kind == 'X' {
			text = strings.ToUpper(text)
		}
		return padding("0", precision-len(text)) + text, n >= 0
	case 'n', 'N':
		return fraction(groupThousands(n), precision), precision >= 0
	case 'f', 'F':
		return fraction(strconv.FormatInt(n, 10), precision), precision >= 0
	case 'g', 'G':
		return strconv.FormatInt(n, 10), precision <= 0
	}
	return "", false
}

// padDigits returns n with at least width digits, not counting the sign.
func padDigits(n int64, width int) string {
	digits := strconv.FormatUint(magnitude(n), 10)
	digits = padding("0", width-len(digits)) + digits
	if n < 0 {
		return "-" + digits
	}
	return digits
}

// groupThousands returns n with a comma before every third digit.
func groupThousands(n int64) string {
	digits := strconv.FormatUint(magnitude(n), 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if n < 0 {
		return "-" + digits
	}
	return digits
}

// fraction appends as many decimal zeros as precision asks for.
func fraction(integer string, precision int) string {
	if precision <= 0 {
		return integer
	}
	return integer + "." + padding("0", precision)
}
