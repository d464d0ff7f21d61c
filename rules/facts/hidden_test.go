package facts_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/rules/facts"
)

// TestHiddenKey: an access key is told nowhere, and no segment of it either,
// which is what a message tells of an id.
func TestHiddenKey(t *testing.T) {
	const segment = "cFtzB28ZLspKcE5Ypg9gZIkCAVrEyUmTrfEwN4xSVubbpGtc"
	const key = "0vyeXeM06dTHL3hcsE2vumHFr9Vv3WGubBg/" + segment + "/Q=="
	h := facts.NewHidden(access(t, `"resources": [{"type": "Microsoft.Network/connections", "apiVersion": "2024-05-01", "name": "c", "properties": {"sharedKey": "`+key+`"}}]`))
	for _, told := range []string{"the key " + key, "the segment '" + segment + "'"} {
		if got := h.Scrub(told); strings.Contains(got, segment) {
			t.Errorf("%s is told as %s", told, got)
		}
	}
}

// TestHiddenArgument: what a nested template is given for a secure parameter is
// hidden, and what it is given for others is shown.
func TestHiddenArgument(t *testing.T) {
	a := access(t, `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "n", "properties": {"mode": "Incremental",
		"expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"secret": {"value": "Pa55-w0rd"}, "plain": {"value": "blu3-sky5"}},
		"template": {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
			"parameters": {"secret": {"type": "secureString"}, "plain": {"type": "string"}}, "resources": []}}}]`)
	f := a.Unit.Files[0]
	shown := facts.NewHidden(a).Blank(f, 0, len(f.Text))
	if strings.Contains(shown, "Pa55-w0rd") || !strings.Contains(shown, "blu3-sky5") {
		t.Errorf("the arguments are shown as %s", shown)
	}
}

// TestHiddenDefault: of the default of a secure parameter the texts are
// hidden; one that only names other values is shown.
func TestHiddenDefault(t *testing.T) {
	for written, hidden := range map[string]bool{
		`"[parameters('other')]"`:                      false,
		`"[concat('Pa55-w0rd', parameters('other'))]"`: true,
		`"Pa55-w0rd"`:   true,
		`["Pa55-w0rd"]`: true,
		`{}`:            false,
	} {
		a := access(t, `"parameters": {"other": {"type": "securestring"}, "p": {"type": "secureObject", "defaultValue": `+written+`}}, "resources": []`)
		f := a.Unit.Files[0]
		start := strings.Index(f.Text, written)
		shown := facts.NewHidden(a).Blank(f, start, start+len(written))
		want := written
		if hidden {
			want = strings.Repeat("*", len(written))
		}
		if shown != want {
			t.Errorf("%s is shown as %s", written, shown)
		}
	}
}
