package rules

// SU002 reports suppressions that do not count: without a reason, for a rule
// that does not exist, or malformed. The driver tells it, which reads them.
var SU002 = ofDriver("SU002")
