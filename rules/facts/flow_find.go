package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

func (a *Access) findFlows(names *flowNames) []Flow {
	var out []Flow
	for _, r := range a.Unit.Deployment.Resources {
		if !r.Existing && r.State != eval.NotDeployed {
			out = append(out, names.properties(r)...)
		}
	}
	for _, in := range instancesOf(a.Unit.Deployment) {
		for _, o := range in.Template.Outputs {
			out = append(out, names.output(in, o)...)
		}
	}
	return out
}

// properties finds the credentials in the properties of a resource.
func (n *flowNames) properties(r *eval.Resource) []Flow {
	t := r.Decl.Properties
	if t == nil {
		return nil
	}
	wanted := taintList | taintWritten
	if r.Nested != nil || r.Is(plainSinks...) || OuterScope(r.Instance) {
		wanted |= taintSecure
	}
	if n.in(treeSpan(t))&wanted == 0 {
		return nil
	}
	w := flowWalker{n: n, wanted: wanted, whole: treeSpan(r.Decl.Tree), sink: Sink{Instance: r.Instance, Resource: r}}
	w.tree(flowPlace{v: r.Get("properties"), at: treeSpan(t), steps: []string{"properties"}}, t)
	return w.out
}

// OuterScope tells whether a template is evaluated by the one that deploys it,
// so that what it holds is known before it is deployed, and kept with it.
// https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates#expression-evaluation-scope-in-nested-templates
func OuterScope(in *eval.Instance) bool {
	_, own := in.Template.Tree.(*template.JSON)
	return !own && in.By != nil && in.Embedded == "" && in.By.Is("Microsoft.Resources/deployments")
}

// plainSinks are types with properties that are no place for the value of a
// secure parameter. Only these are searched for such values, for most of them
// go where they belong.
var plainSinks = []string{
	"Microsoft.App/containerApps",
	"Microsoft.App/jobs",
	"Microsoft.Compute/virtualMachines/extensions",
	"Microsoft.Compute/virtualMachineScaleSets",
	"Microsoft.Compute/virtualMachineScaleSets/extensions",
	"Microsoft.ContainerInstance/containerGroups",
	"Microsoft.HybridCompute/machines/extensions",
	"Microsoft.Resources/deploymentScripts",
	"Microsoft.Web/sites",
	"Microsoft.Web/sites/config",
	"Microsoft.Web/sites/slots",
	"Microsoft.Web/sites/slots/config",
}

// output finds the credentials in an output.
func (n *flowNames) output(in *eval.Instance, o *template.Output) []Flow {
	if o.Secure || n.in(treeSpan(o.Tree)) == 0 {
		return nil
	}
	v, ok := in.Output(o.Name)
	if !ok {
		return nil
	}
	w := flowWalker{n: n, wanted: taintList | taintSecure | taintWritten, whole: treeSpan(o.Tree), sink: Sink{Instance: in, Output: o}}
	at := flowPlace{v: v, at: treeSpan(o.Tree)}
	if o.Copy == nil && o.Value != nil {
		at.at = treeSpan(o.Value)
		w.tree(at, o.Value)
	} else {
		w.value(at)
	}
	return w.out
}

func treeSpan(t template.Tree) value.Span {
	start, end := t.Span()
	return value.Span{Start: int32(start), End: int32(end)}
}
