package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// machine says what was measured on, in one sentence.
func (p *programs) machine() string {
	return fmt.Sprintf("%s, %d cores, %s/%s, %s%s. Minimum of %d interleaved runs (%d of short ones), files in the page cache, all rules on; text is written, of compiled modules SARIF.",
		processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), load(), p.runs, 8*p.runs)
}

// processor is its model name where Linux tells.
func processor() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "a processor of unknown make"
}

// load warns of other work on the machine.
func load() string {
	text, _ := os.ReadFile("/proc/loadavg")
	first, _, _ := strings.Cut(string(text), " ")
	if n, err := strconv.ParseFloat(first, 64); err == nil && n > float64(runtime.NumCPU()) {
		return fmt.Sprintf(", busy with other work (load %.0f: wall times are not to be trusted)", n)
	}
	return ""
}

func table(w io.Writer, goals []goal) {
	slices.SortStableFunc(goals, func(a, b goal) int { return number(a.id) - number(b.id) })
	fmt.Fprintln(w, "| goal | what | measured | must | target | reaches | beside it |\n|---|---|---|---|---|---|---|")
	for _, g := range goals {
		sign := "≤"
		if g.atLeast {
			sign = "≥"
		}
		fmt.Fprintf(w, "| %s | %s | %s %s | %s %s | %s %s | %s | %s |\n", g.id, g.what, figure(g.value), g.unit,
			sign, bound(g.must), sign, bound(g.target), g.verdict(), g.beside)
	}
}

func number(id string) int {
	n, _ := strconv.Atoi(id[1:])
	return n
}

// figure has two digits that count at least, and no more behind the point than tell something.
func figure(f float64) string {
	switch {
	case f >= 100 || f <= -100:
		return strconv.FormatFloat(f, 'f', 0, 64)
	case f >= 10 || f <= -10:
		return strconv.FormatFloat(f, 'f', 1, 64)
	}
	return strconv.FormatFloat(f, 'f', 2, 64)
}

func bound(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func growthTable(w io.Writer, all []grown) {
	fmt.Fprintln(w, "\n| what grows | to | input | CPU ms | peak MiB | last eightfold: CPU | memory | exponent | |\n|---|---|---|---|---|---|---|---|---|")
	for _, g := range all {
		var to, input, cpu, peak []string
		for _, s := range g.steps {
			to = append(to, thousands(s.n))
			input = append(input, size(s.bytes))
			cpu = append(cpu, figure(ms(s.cpu)))
			peak = append(peak, figure(mib(s.peak)))
		}
		verdict := "linear"
		if g.ratio() > most || g.memory() > most {
			verdict = "**more than linear**"
		}
		fmt.Fprintf(w, "| %s | %s %s | %s | %s | %s | %.1fx | %.1fx | %.2f | %s |\n", g.Name, strings.Join(to, ", "), g.Unit, strings.Join(input, ", "),
			strings.Join(cpu, ", "), strings.Join(peak, ", "), g.ratio(), g.memory(), exponent(g.ratio()), verdict)
	}
}

// thousands writes 50000 as 50,000.
func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}

// size writes a number of bytes.
func size(n int) string {
	if n < 1_000_000 {
		return figure(float64(n)/1e3) + " kB"
	}
	return figure(float64(n)/1e6) + " MB"
}
