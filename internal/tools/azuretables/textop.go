package main

import (
	"fmt"
	"regexp/syntax"
	"strings"
)

// textOperator turns a regular expression of the host list into an operator and its texts, so that the analyzer needs
// no regular expressions. It takes those that list texts, with an anchor before or behind all of them. A run of blanks
// counts as one blank, and a class of characters at the end is dropped, which only widens the match.
func textOperator(pattern string) (op string, values []string, err error) {
	if inner, ok := strings.CutPrefix(pattern, "(^|,)"); ok {
		if inner, ok = strings.CutSuffix(inner, "(,|$)"); ok {
			return "part", strings.Split(inner, "|"), nil
		}
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", nil, err
	}
	op, re = anchor(re)
	values, err = texts(re)
	if err != nil {
		return "", nil, fmt.Errorf("%q: %w", pattern, err)
	}
	return op, values, nil
}

// anchor takes an anchor off a concatenation.
func anchor(re *syntax.Regexp) (string, *syntax.Regexp) {
	if re.Op != syntax.OpConcat {
		return "contains", re
	}
	rest := *re
	last := len(re.Sub) - 1
	switch {
	case re.Sub[0].Op == syntax.OpBeginText:
		rest.Sub = re.Sub[1:]
		return "prefix", &rest
	case re.Sub[0].Op == syntax.OpWordBoundary:
		rest.Sub = re.Sub[1:]
		return "word", &rest
	case re.Sub[last].Op == syntax.OpEndText:
		rest.Sub = re.Sub[:last]
		return "suffix", &rest
	}
	return "contains", re
}

// texts lists what the expression matches.
func texts(re *syntax.Regexp) ([]string, error) {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 {
			return []string{strings.ToLower(string(re.Rune))}, nil
		}
		return []string{string(re.Rune)}, nil
	case syntax.OpEmptyMatch:
		return []string{""}, nil
	case syntax.OpCapture:
		return texts(re.Sub[0])
	case syntax.OpAlternate:
		return alternatives(re.Sub)
	case syntax.OpConcat:
		return concatenations(re.Sub)
	case syntax.OpPlus:
		if re.Sub[0].String() == `[\t\n\f\r ]` || re.Sub[0].String() == `\s` {
			return []string{" "}, nil
		}
	case syntax.OpCharClass:
		return characters(re)
	}
	return nil, fmt.Errorf("cannot list the texts of %s", re)
}

func alternatives(subs []*syntax.Regexp) ([]string, error) {
	var out []string
	for _, sub := range subs {
		more, err := texts(sub)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

func concatenations(subs []*syntax.Regexp) ([]string, error) {
	out := []string{""}
	for i, sub := range subs {
		more, err := texts(sub)
		if err != nil && i == len(subs)-1 && i > 0 {
			return out, nil // a class at the end
		}
		if err != nil {
			return nil, err
		}
		out = product(out, more)
	}
	return out, nil
}

func product(heads, tails []string) []string {
	var out []string
	for _, head := range heads {
		for _, tail := range tails {
			out = append(out, head+tail)
		}
	}
	return out
}

// characters lists a small class, such as the parser makes of single-letter alternatives.
func characters(re *syntax.Regexp) ([]string, error) {
	var out []string
	for i := 0; i < len(re.Rune); i += 2 {
		for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
			if len(out) == 8 {
				return nil, fmt.Errorf("the class %s is too large", re)
			}
			out = append(out, string(r))
		}
	}
	return out, nil
}
