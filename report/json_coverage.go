package report

type jsonCoverage struct {
	Files          int               `json:"files"`
	Templates      int               `json:"templates"`
	Units          int               `json:"units"`
	CoveredByBicep int               `json:"coveredByBicep"`
	Identities     jsonTally         `json:"identities"`
	Grants         jsonTally         `json:"grants"`
	Unsupported    []jsonUnsupported `json:"unsupported"`
	Undecided      []jsonUndecided   `json:"undecided"`
}

type jsonTally struct {
	Total         int `json:"total"`
	Decided       int `json:"decided"`
	Parameter     int `json:"parameter"`
	NotDeployed   int `json:"notDeployed"`
	Runtime       int `json:"runtime"`
	NotUnderstood int `json:"notUnderstood"`
	Limit         int `json:"limit"`
}

type jsonUnsupported struct {
	Construct string    `json:"construct"`
	Count     int       `json:"count"`
	File      string    `json:"file"`
	Range     jsonRange `json:"range"`
}

type jsonUndecided struct {
	Kind     string       `json:"kind"`
	State    string       `json:"state"`
	Reason   string       `json:"reason"`
	File     string       `json:"file"`
	Range    jsonRange    `json:"range"`
	Resource jsonResource `json:"resource"`
}

// toJSONCoverage converts for JSON; SARIF carries the same object in its properties.
func toJSONCoverage(c *Coverage) jsonCoverage {
	out := jsonCoverage{
		Files:          c.Files,
		Templates:      c.Templates,
		Units:          c.Units,
		CoveredByBicep: c.Covered,
		Identities:     jsonTally(c.Identities),
		Grants:         jsonTally(c.Grants),
		Unsupported:    make([]jsonUnsupported, len(c.Unsupported)),
		Undecided:      make([]jsonUndecided, len(c.Undecided)),
	}
	for i, u := range c.Unsupported {
		out.Unsupported[i] = jsonUnsupported{u.Construct, u.Count, u.First.File, toJSONRange(u.First.From, u.First.To)}
	}
	for i, u := range c.Undecided {
		out.Undecided[i] = jsonUndecided{
			Kind: u.Kind, State: u.State, Reason: u.Reason,
			File: u.At.File, Range: toJSONRange(u.At.From, u.At.To), Resource: jsonResource(u.Resource),
		}
	}
	return out
}
