package cli

import "github.com/rolecall/rolecall/report"

// exit is the exit code that a report deserves.
func (c *checking) exit(r *report.Report) int {
	switch {
	case c.f.exitZero:
		return exitClean
	case !r.Complete:
		return exitFailed
	}
	for i := range r.Findings {
		if c.fails(&r.Findings[i]) {
			return exitFindings
		}
	}
	return exitClean
}

// fails tells whether a finding makes the run fail: by --fail-on, else by the
// configuration of the file that it stands in.
func (c *checking) fails(f *report.Finding) bool {
	level := c.f.failOn
	if cfg := c.options.Configs.For(f.At.File); cfg != nil && cfg.FailOn != "" && !c.f.failOnGiven {
		level = cfg.FailOn
	}
	switch level {
	case "never":
		return false
	case "error":
		return f.Severity >= report.High
	case "note":
		return true
	}
	return f.Severity >= report.Low
}
