package facts

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/script"
	"github.com/rolecall/rolecall/parser/value"
)

// Script is code that a resource brings with it, as far as its text is known.
type Script struct {
	Resource *eval.Resource
	Path     []string        // of the property that holds it
	At       value.Span      // of the value
	Text     string          // an unknown part is one mark that no command has
	Exact    bool            // the text stands as it is at At: offsets in it are offsets in the value
	Language script.Language // by whose rules it is read
	External bool            // only an address is known, or the text cannot be read
	When     value.Condition
}

// hole stands for an unknown part of a script.
const hole = "\x00"

// scriptPlace is a property that holds a script, or the address of one.
type scriptPlace struct {
	resourceType string
	path         string // "[]" behind a name is every element
	form         scriptForm
}

type scriptForm uint8

const (
	plain    scriptForm = iota
	encoded             // base64, perhaps
	external            // an address
)

// scriptPlaces is where templates carry scripts.
var scriptPlaces = []scriptPlace{
	{"Microsoft.Resources/deploymentScripts", "properties.scriptContent", plain},
	{"Microsoft.Resources/deploymentScripts", "properties.primaryScriptUri", external},
	{"Microsoft.Compute/virtualMachines/runCommands", "properties.source.script", plain},
	{"Microsoft.Compute/virtualMachines/runCommands", "properties.source.scriptUri", external},
	{"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands", "properties.source.script", plain},
	{"Microsoft.HybridCompute/machines/runCommands", "properties.source.script", plain},
	{"Microsoft.HybridCompute/machines/runCommands", "properties.source.scriptUri", external},
	{"Microsoft.Compute/virtualMachines/extensions", "properties.settings.commandToExecute", plain},
	{"Microsoft.Compute/virtualMachines/extensions", "properties.protectedSettings.commandToExecute", plain},
	{"Microsoft.Compute/virtualMachines/extensions", "properties.settings.script", encoded},
	{"Microsoft.Compute/virtualMachines/extensions", "properties.protectedSettings.script", encoded},
	{"Microsoft.HybridCompute/machines/extensions", "properties.settings.commandToExecute", plain},
	{"Microsoft.HybridCompute/machines/extensions", "properties.protectedSettings.commandToExecute", plain},
	{"Microsoft.Compute/virtualMachineScaleSets/extensions", "properties.settings.commandToExecute", plain},
	{"Microsoft.Compute/virtualMachineScaleSets/extensions", "properties.protectedSettings.commandToExecute", plain},
	{"Microsoft.Compute/virtualMachineScaleSets", "properties.virtualMachineProfile.extensionProfile.extensions[].properties.settings.commandToExecute", plain},
	{"Microsoft.Compute/virtualMachineScaleSets", "properties.virtualMachineProfile.extensionProfile.extensions[].properties.protectedSettings.commandToExecute", plain},
	{"Microsoft.Compute/virtualMachineScaleSets", "properties.virtualMachineProfile.osProfile.customData", encoded},
	{"Microsoft.Compute/virtualMachineScaleSets", "properties.virtualMachineProfile.userData", encoded},
	{"Microsoft.Compute/virtualMachines", "properties.osProfile.customData", encoded},
	{"Microsoft.Compute/virtualMachines", "properties.userData", encoded},
	{"Microsoft.Automation/automationAccounts/runbooks", "properties.publishContentLink.uri", external},
}

// Scripts returns the scripts of the resources that are or may be deployed.
func (a *Access) Scripts() []Script {
	if a.scripts != nil {
		return a.scripts
	}
	a.scripts = []Script{}
	for _, r := range a.Unit.Deployment.Resources {
		if r.Existing || r.State == eval.NotDeployed {
			continue
		}
		for _, place := range scriptPlaces {
			if r.Is(place.resourceType) {
				a.scripts = append(a.scripts, place.read(r)...)
			}
		}
	}
	return a.scripts
}

func (s scriptPlace) read(r *eval.Resource) []Script {
	var out []Script
	path := strings.Split(strings.ReplaceAll(s.path, "[]", ".[]"), ".")
	for _, alt := range along(value.Alternative{Value: r.Body()}, path) {
		one := Script{Resource: r, Path: path, At: alt.Value.At, When: alt.When, Language: languageOf(r)}
		one.External = s.form == external
		one.take(alt.Value, s.form)
		out = append(out, one)
	}
	return out
}

// along returns what stands at the path, null left out.
func along(at value.Alternative, path []string) []value.Alternative {
	var out []value.Alternative
	for _, alt := range at.Value.Alternatives() {
		when, feasible := at.When.And(alt.When)
		if !feasible || alt.Offered || alt.Value.IsNull() {
			continue
		}
		if len(path) == 0 {
			out = append(out, value.Alternative{Value: alt.Value, When: when})
			continue
		}
		next := []value.Value{alt.Value.Get(path[0])}
		if path[0] == "[]" {
			next = nil
			if a := alt.Value.Array(); a != nil {
				next = a.All()
			}
		}
		for _, v := range next {
			out = append(out, along(value.Alternative{Value: v, When: when}, path[1:])...)
		}
	}
	return out
}

// take reads the text of a value.
func (s *Script) take(v value.Value, form scriptForm) {
	if form == external {
		return
	}
	if inner := v.Symbol(); form == encoded && inner != nil && value.FoldEqual(inner.Op, "base64") && len(inner.Args) == 1 {
		v = inner.Args[0]
	}
	text, known := v.Str()
	s.Exact = known
	switch {
	case known && form == encoded:
		if raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text)); err == nil && utf8.Valid(raw) {
			text, s.Exact = string(raw), false
		}
	case !known:
		text = withHoles(v)
	}
	s.Text = text
	if s.Language == script.Shell && strings.Contains(strings.ToLower(text[:min(len(text), 200)]), "powershell") && s.Resource.Is("Microsoft.Compute/virtualMachines") {
		s.Language = script.PowerShell
	}
}

// withHoles joins the literal parts of a text.
func withHoles(v value.Value) string {
	var b strings.Builder
	for _, p := range v.Parts() {
		if p.Hole != nil {
			b.WriteString(hole)
		} else {
			b.WriteString(p.Literal)
		}
	}
	return b.String()
}

func languageOf(r *eval.Resource) script.Language {
	if s, ok := r.Get("kind").Str(); ok && r.Is("Microsoft.Resources/deploymentScripts") && value.FoldEqual(s, "AzurePowerShell") {
		return script.PowerShell
	}
	if r.Is("Microsoft.Compute/virtualMachines/runCommands", "Microsoft.HybridCompute/machines/runCommands") {
		return script.PowerShell // also fit for the commands of a shell: only quotes and line ends differ
	}
	return script.Shell
}
