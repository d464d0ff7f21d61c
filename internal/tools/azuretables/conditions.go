package main

import (
	"fmt"
	"slices"
	"strings"
)

// A hostCondition is one condition of a host. At most one operator member is set.
type hostCondition struct {
	Path       string   `json:"path"`
	Sibling    string   `json:"sibling"`
	Key        string   `json:"key"`
	Note       string   `json:"note"`
	Weak       bool     `json:"weak"`
	Always     bool     `json:"always"`
	Exists     *bool    `json:"exists"`
	Equals     any      `json:"equals"`
	In         []string `json:"in"`
	NotIn      []string `json:"notIn"`
	OnlyIn     []string `json:"onlyIn"`
	AbsentOrIn []string `json:"absentOrIn"`
	Below      string   `json:"below"`
	Regex      string   `json:"regex"`
	Ignore     []string `json:"ignore"`
	InTable    string   `json:"inTable"`
}

func conditionTable(rows [][]string) table {
	return table{file: "host-conditions.tsv", many: true, fields: 9, rows: rows, head: `When a type of hosts.tsv needs an identity: type, when, operator, path, type of another resource, values, ignored texts,
strength, note. When: required, recommended or skip. Values and ignored texts are lists with ";". All comparisons
ignore case. Another resource: the path is read there; it is a child of the host or stands in the same template.
Operators: always, exists, absent, in, not-in (there, and none of them), only-in (all of them), absent-or-in,
contains, prefix, suffix, word (contains it at the start of a word), part (one item of a list with ","),
below (api version), remark (cannot be decided from the template).
In a path: [] every element, * every member, ** any depth.`}
}

func conditionRows(hosts []hostRecord) ([][]string, error) {
	var rows [][]string
	for _, h := range hosts {
		for _, list := range []struct {
			when       string
			conditions []hostCondition
		}{{"required", h.Required}, {"recommended", h.Recommended}, {"skip", h.Skip}} {
			for _, c := range list.conditions {
				row, err := c.row(h.Type, list.when)
				if err != nil {
					return nil, err
				}
				rows = append(rows, row)
			}
		}
	}
	return rows, nil
}

func (c hostCondition) row(host, when string) ([]string, error) {
	op, values, err := c.operator()
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", host, c.Path, err)
	}
	values = withoutCase(values)
	if slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, ";") }) {
		return nil, fmt.Errorf("%s: %s: a value has a semicolon", host, c.Path)
	}
	path := c.Path
	if c.Key != "" {
		path = strings.Replace(path, "*", c.Key, 1)
	}
	strength := ""
	if c.Weak {
		strength = "weak"
	}
	if c.Note == op {
		c.Note = "" // says nothing more
	}
	return []string{host, when, op, path, c.Sibling, strings.Join(values, ";"), strings.Join(c.Ignore, ";"), strength, c.Note}, nil
}

func (c hostCondition) operator() (op string, values []string, err error) {
	switch {
	case c.Always:
		return "always", nil, nil
	case c.Equals != nil:
		return "in", []string{fmt.Sprint(c.Equals)}, nil
	case c.In != nil:
		return "in", c.In, nil
	case c.NotIn != nil:
		return "not-in", c.NotIn, nil
	case c.OnlyIn != nil:
		return "only-in", c.OnlyIn, nil
	case c.AbsentOrIn != nil:
		return "absent-or-in", c.AbsentOrIn, nil
	case c.Below != "":
		return "below", []string{c.Below}, nil
	case c.Regex != "":
		return textOperator(c.Regex)
	case c.Exists != nil && !*c.Exists:
		return "absent", nil, nil
	case c.Exists != nil, c.Sibling != "" && c.Path == "":
		return "exists", nil, nil
	}
	return "remark", nil, nil
}

// withoutCase drops values that differ from an earlier one only in case.
func withoutCase(values []string) []string {
	var out []string
	for _, v := range values {
		if !slices.ContainsFunc(out, func(have string) bool { return strings.EqualFold(have, v) }) {
			out = append(out, v)
		}
	}
	return out
}
