package rules

// SU001 reports suppressions that silence nothing. That shows only when every
// unit has been judged, so the driver tells it.
var SU001 = ofDriver("SU001")
