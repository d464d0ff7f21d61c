package access

// String returns the power in two words, as they stand beside every colour: what a role of this power does at worst.
func (p Power) String() string {
	switch p {
	case PowerNone:
		return "limited"
	case PowerReadData:
		return "reads data"
	case PowerWriteData:
		return "writes data"
	case PowerCode:
		return "runs code"
	case PowerCredential:
		return "gets keys"
	case PowerPolicy:
		return "sets policies"
	case PowerBroad:
		return "broad control"
	case PowerEscalate:
		return "grants access"
	}
	return "unknown"
}
