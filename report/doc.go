// Package report turns findings into what people and machines read: text with code frames, JSON, SARIF 2.1.0, and what
// build services show beside a change.
//
// It knows nothing of templates and reads no files: every place it is given carries its positions and the source
// lines it wants shown. The writers leave the [Report] untouched and print the same bytes for the same report.
//
// # Text
//
// The first line of a finding is "file:line:column: level: message [ID slug]", where level is error, warning or note
// and the column counts characters (Unicode code points), which is what editors and problem matchers expect. Notes of
// severity [Info] stay on that one line, all others are followed by a frame of the source.
//
// Whatever comes from a template passes through [Clean] or its equal for source lines, so that no name in a pull
// request can move the cursor, colour the log or give commands to a build agent.
//
// # JSON
//
// [JSON] writes one object. Lines and columns count from 1, columns in UTF-16 code units (as in SARIF and the Language
// Server Protocol), ends are exclusive; the start and end of an edit are byte offsets. Lists are never null.
//
//	{
//	  "version": "1.2.3",           the program
//	  "tables": "2026-01-31",       the date of its knowledge of Azure
//	  "findings": [{
//	    "rule": "RA001", "slug": "escalating-role",
//	    "kind": "security",         or "correctness"
//	    "severity": "high",         or "medium", "low", "info"
//	    "level": "error",           or "warning", "note"
//	    "message": "…", "file": "infra/main.json",
//	    "range": {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 9}},
//	    "resource": {"type", "name", "pointer", "symbol", "id", "scope"},
//	    "modules": ["…"],           the way to a nested deployment, outermost first
//	    "condition": "…",           when the finding holds only under a condition
//	    "related": [{"file", "range", "message"}],
//	    "fixes": [{"message", "safe": true, "edits": [{"file", "start", "end", "range", "text"}]}],
//	    "fingerprint": "…",         the same while the finding stays the same, wherever its line moves
//	    "count": 1,                 copies that were merged into this finding
//	    "parameterSets": ["…"]      the parameter sets it holds in
//	  }],
//	  "suppressed": [{              the same members, and two more
//	    "by": "comment",            or "metadata", "configuration", "baseline"
//	    "reason": "…"
//	  }],
//	  "fixed": [{                   only with --fix: findings that are no more
//	    "rule", "slug", "file", "message",
//	    "fix": "…",                 what was done
//	    "safe": true
//	  }],
//	  "coverage": {
//	    "files", "templates", "units", "coveredByBicep": numbers,
//	    "identities", "grants": {"total", "decided", "parameter", "notDeployed", "runtime", "notUnderstood", "limit"},
//	    "unsupported": [{"construct", "count", "file", "range"}],
//	    "undecided": [{"kind", "state", "reason", "file", "range", "resource"}]
//	  },
//	  "errors": [{"kind": "input", "internal" or "limit", "file", "line", "column", "message", "hint", "rule"}],
//	  "complete": true              false if something could not be analysed
//	}
//
// # SARIF
//
// [SARIF] writes one run with every rule, made for GitHub code scanning and for the SARIF multitool's checks.
//
// # Build services
//
// [GitHub] and [Azure] write commands that the services show as annotations, [GitLab] a Code Quality report, and
// [Markdown] a summary for a job or a pull request. Services keep but some of what they are given: the worst comes
// first, and what they would drop is told in the log.
package report
