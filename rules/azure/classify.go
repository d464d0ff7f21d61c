package azure

// Classify says in which classes of risk the blocks of a role definition put it: once for blocks that hold without a
// condition, and once for blocks that a condition binds. What such a condition lets through is not judged here.
func Classify(blocks []Permissions) (unconditioned, conditioned Class) {
	for i := range classNames {
		class := Class(1) << i
		if evidence(blocks, class, false) != "" {
			unconditioned |= class
		}
		if evidence(blocks, class, true) != "" {
			conditioned |= class
		}
	}
	return unconditioned, conditioned
}

// Grants names one operation that puts the blocks into a class, for a message such as "it can write role assignments".
// Where the role has a pattern that is wider than any operation one could name (in [Broad], [DataRead] and [DataWrite],
// or in [Credential] for an unknown provider) it is that pattern. A block without a condition is preferred. The answer
// is empty if the blocks are not in the class; of several classes at once, the first that applies counts.
func Grants(blocks []Permissions, class Class) (action string) {
	for _, conditioned := range []bool{false, true} {
		for i := range classNames {
			one := class & (1 << i)
			if action := evidence(blocks, one, conditioned); action != "" {
				return action
			}
		}
	}
	return ""
}

// evidence is what puts the blocks with, or without, a condition into one class.
func evidence(blocks []Permissions, class Class, conditioned bool) string {
	if class == Broad {
		return broadEvidence(blocks, conditioned)
	}
	for _, p := range blocks {
		if p.Condition != conditioned {
			continue
		}
		if action := p.evidence(class); action != "" {
			return action
		}
	}
	return ""
}

func (p Permissions) evidence(class Class) string {
	switch class {
	case Escalate:
		return p.firstAllowed(escalateOperations)
	case Credential:
		return p.credentialEvidence()
	case CodeExecution:
		if op := p.firstAllowed(codeOperations); op != "" {
			return op
		}
		return p.firstAllowedData(codeDataOperations)
	case Identity:
		return p.firstAllowed(identityOperations)
	case DataRead:
		return p.dataEvidence(readVerbs, isDataRead)
	case DataWrite:
		return p.dataEvidence(writeVerbs, isDataWrite)
	case Policy:
		return p.firstAllowed(policyOperations)
	}
	return ""
}

func (p Permissions) firstAllowed(operations []string) string {
	if len(p.Actions) == 0 {
		return ""
	}
	for _, op := range operations {
		if p.Allows(op) {
			return op
		}
	}
	return ""
}

func (p Permissions) firstAllowedData(operations []string) string {
	if len(p.DataActions) == 0 {
		return ""
	}
	for _, op := range operations {
		if p.AllowsData(op) {
			return op
		}
	}
	return ""
}
