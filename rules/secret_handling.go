package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// CR012 reports secrets that a deployment keeps or shows in plain text:
// parameters for passwords that are not secure, defaults of secure parameters,
// secure values in outputs, in plain parameters and settings or in templates of
// the outer scope, and deployments that log their content.
var CR012 = add("CR012", func(p *Pass) {
	h := secretHandling{Pass: p, seen: map[value.Span]bool{}, keys: map[value.Span]bool{}}
	for r := range p.deployed {
		for _, s := range facts.SecretValues(r) {
			h.password(s)
		}
		if r.Is("Microsoft.Resources/deployments") {
			h.debug(r)
		}
	}
	flows, ids := p.Access.Flows(), p.byID()
	for i := range flows {
		if f := &flows[i]; f.Source.Kind == facts.ListResult && ids.tellsKey(f) {
			h.keys[f.At] = true
		}
	}
	for i := range flows {
		h.flow(&flows[i])
	}
	h.parameterFiles()
})

type secretHandling struct {
	*Pass
	seen map[value.Span]bool
	keys map[value.Span]bool // where CR005 speaks of a key
}

// tell reports what is exposed at a place, once.
func (h *secretHandling) tell(f Finding) {
	if f.At.IsValid() && !h.seen[f.At] {
		h.seen[f.At] = true
		h.report("exposed", f)
	}
}

// flow judges where a secret arrives. Keys in outputs and in settings are
// CR005's.
func (h *secretHandling) flow(f *facts.Flow) {
	if f.Source.Kind == facts.WrittenOut || f.Source.Kind == facts.SecureParameter && !secretPart(f.Source) {
		return
	}
	switch s := f.Sink; {
	case s.Output != nil:
		h.output(f)
	case s.Argument() != "":
		h.argument(f)
	case facts.OuterScope(s.Instance):
		h.outerScope(f)
	default:
		h.setting(f)
	}
}

// noSecret tells whether what a secure parameter holds is as a rule no secret,
// by its name: names and ids, and the token by which quickstart templates fetch
// their files.
func noSecret(name string) bool {
	for _, end := range []string{"name", "id", "thumbprint", "login"} {
		if _, ends := cutSuffixFold(name, end); ends {
			return true
		}
	}
	return containsFold(name, "username") || containsFold(name, "_artifactsLocation")
}

// secretPart tells whether a secure parameter, or the member of it that is
// read, is a secret by its name.
func secretPart(c facts.Credential) bool {
	if len(c.Path) == 0 {
		return !noSecret(c.Name)
	}
	member := c.Path[len(c.Path)-1]
	for _, word := range []string{"pass", "pwd", "secret", "key", "token", "credential", "connectionString"} {
		if containsFold(member, word) {
			return !noSecret(member)
		}
	}
	return false
}

// secretOrigin says what a secret is.
func secretOrigin(c facts.Credential) string {
	if c.Kind == facts.ListResult {
		return listedAs(c) + " of " + keyOwner(c)
	}
	return fmt.Sprintf("the value of the secure parameter '%s'", c.Name)
}

func (h *secretHandling) output(f *facts.Flow) {
	if f.Source.Kind != facts.SecureParameter || h.keys[f.At] {
		return
	}
	h.tell(Finding{
		At: f.At, Resource: f.Sink.Instance.By, Path: "outputs." + f.Sink.Output.Name, When: f.When, Flow: way(f),
		Message: fmt.Sprintf("the output '%s' shows %s to everyone who may read the deployment", f.Sink.Output.Name, secretOrigin(f.Source)),
	})
}

// argument judges an argument for a parameter of a nested deployment that is
// not secure: at the parameter, where it is mended.
func (h *secretHandling) argument(f *facts.Flow) {
	nested := f.Sink.Resource.Nested
	param := parameterNamed(nested.Template, f.Sink.Argument())
	if param == nil || param.Secure || facts.OuterScope(nested) || secureType(nested.Template, param.Tree, f.Sink.Steps[min(4, len(f.Sink.Steps)):]) {
		return
	}
	at, fixes := h.makeSecure(param)
	h.tell(Finding{
		At: at, Resource: f.Sink.Resource, Path: "parameters." + param.Name + ".type", When: f.When, Flow: way(f), Fixes: fixes,
		Message: fmt.Sprintf("the parameter '%s' of '%s' gets %s but is not secure: the deployment history keeps its value", param.Name, called(f.Sink.Resource), secretOrigin(f.Source)),
		Related: []Related{{f.At, "here it is given"}},
	})
}

// outerScope judges a template that its parent evaluates.
func (h *secretHandling) outerScope(f *facts.Flow) {
	by := f.Sink.Instance.By
	at := Head(by)
	h.tell(Finding{
		At: at, Resource: by, Path: "properties.expressionEvaluationOptions.scope", When: f.When, Flow: way(f),
		Message: fmt.Sprintf("the template of '%s' is kept with %s in it: let it be evaluated in the inner scope, and pass a secure parameter", called(by), secretOrigin(f.Source)),
		Related: []Related{{f.At, "here it stands"}},
	})
}

// setting judges a property that can be read as plain text.
func (h *secretHandling) setting(f *facts.Flow) {
	if f.Source.Kind != facts.SecureParameter || h.keys[f.At] {
		return
	}
	if k := keySinkOf(f.Sink); k != nil && k.read {
		h.tell(Finding{
			At: f.At, Resource: f.Sink.Resource, Path: f.Sink.Path(), When: f.When, Flow: way(f),
			Message: fmt.Sprintf("%s shows %s in plain text: %s", k.describe(f.Sink), secretOrigin(f.Source), hidden(f.Sink.Resource)),
		})
	}
}

// hidden says where a resource keeps secrets.
func hidden(r *eval.Resource) string {
	switch {
	case r.Is(extensions...), r.Is(scaleSets...):
		return "use 'protectedSettings'"
	case r.Is(containerApps...):
		return "use 'secretRef'"
	case r.Is(runCommands...):
		return "use 'protectedParameters'"
	case r.Is("Microsoft.ContainerInstance/containerGroups", "Microsoft.Resources/deploymentScripts"):
		return "use 'secureValue'"
	}
	return "keep it in a vault"
}

// debug judges the log of a nested deployment.
func (h *secretHandling) debug(r *eval.Resource) {
	for _, alt := range firing(r.Get("properties", "debugSetting", "detailLevel"), func(v value.Value) bool {
		s, _ := v.Str()
		return containsFold(s, "requestContent") || containsFold(s, "responseContent")
	}) {
		h.report("logged", Finding{
			At: spot(r, "properties", "debugSetting", "detailLevel"), Resource: r, Path: "properties.debugSetting.detailLevel", When: alt.When,
			Message: fmt.Sprintf("the deployment '%s' logs what it sends and gets, secrets among it", called(r)),
		})
	}
}

// parameterFiles judges the files that give values to the root template. Keys
// by themselves are CR006's.
func (h *secretHandling) parameterFiles() {
	for _, v := range h.secureTexts() {
		if v.file && !noSecret(v.param.Name) && looksChosen(v.text) && !facts.IsAccessKey(v.text) && len(facts.SecretsIn(v.text)) == 0 {
			h.tell(Finding{
				At: treeSpan(v.tree), Path: "parameters." + v.param.Name,
				Message: fmt.Sprintf("%s stands in the file in plain text: refer to a secret in Key Vault", v),
			})
		}
	}
}
