package sample

import (
	"fmt"
	"strings"
)

// JSON is the template as main.json.
func (s Shape) JSON() Set {
	w := &writer{Shape: s}
	set := Set{Root: "main.json", Files: map[string]string{}}
	if s.Linked {
		module := &writer{Shape: Shape{Resources: group}}
		module.template("\n  \"$schema\": \""+schema+"\",", 0)
		set.Files["module.json"] = module.String()
	}
	w.template("\n  \"$schema\": \""+schema+"\",", s.Depth)
	set.Files["main.json"] = w.String()
	return set
}

const schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"

// writer writes templates as the Bicep compiler does, but that nested ones are
// not indented deeper: their size grows with their number only.
type writer struct {
	strings.Builder
	Shape
	first bool // nothing stands in the object yet
}

// template writes one template and, depth times, another within.
func (w *writer) template(head string, depth int) {
	w.WriteString("{" + head + "\n  \"languageVersion\": \"2.0\",\n  \"contentVersion\": \"1.0.0.0\",\n")
	w.parameters()
	w.variables()
	w.WriteString("  \"resources\": {")
	w.first = true
	for i := range w.Resources {
		w.resource(i)
	}
	// The main template alone is filled up, and uses the module.
	if depth == w.Depth {
		for i := range w.Uses {
			w.use(i)
		}
		for i := w.Resources; w.Len() < w.Bytes-600; i++ {
			w.resource(i)
		}
	}
	if depth > 0 {
		w.deployment(fmt.Sprintf("level%d", depth), fmt.Sprintf("level-%d", depth))
		w.WriteString("        \"template\": ")
		w.template("", depth-1)
		w.WriteString("\n      }\n    }")
	}
	w.WriteString("\n  },\n  \"outputs\": {\n    \"name\": {\n      \"type\": \"string\",\n      \"value\": \"[parameters('name')]\"\n    }\n  }\n}")
}

func (w *writer) parameters() {
	w.WriteString(`  "parameters": {
    "name": {
      "type": "string",
      "minLength": 3,
      "metadata": {
        "description": "Required. What all names of this deployment begin with."
      }
    },
    "location": {
      "type": "string",
      "defaultValue": "[resourceGroup().location]",
      "metadata": {
        "description": "Optional. Where everything is created; that of the \"resource group\" if not given."
      }
    },
    "tags": {
      "type": "object",
      "nullable": true
    }`)
	if w.Copies > 0 {
		w.WriteString(",\n    \"roleAssignments\": {\n      \"type\": \"array\",\n      \"defaultValue\": [")
		for i := range w.Copies {
			fmt.Fprintf(w, "%s\n        {\n          \"principalId\": %q,\n          \"roleDefinitionIdOrName\": %q\n        }", comma(i), principal(i), roles[i%len(roles)].name)
		}
		w.WriteString("\n      ]\n    }")
	}
	w.WriteString("\n  },\n")
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

func (w *writer) variables() {
	w.WriteString("  \"variables\": {")
	if w.Copies > 0 {
		w.WriteString(`
    "copy": [
      {
        "name": "formattedRoleAssignments",
        "count": "[length(coalesce(parameters('roleAssignments'), createArray()))]",
        "input": "[union(coalesce(parameters('roleAssignments'), createArray())[copyIndex('formattedRoleAssignments')], createObject('roleDefinitionId', coalesce(tryGet(variables('builtInRoleNames'), coalesce(parameters('roleAssignments'), createArray())[copyIndex('formattedRoleAssignments')].roleDefinitionIdOrName), if(contains(coalesce(parameters('roleAssignments'), createArray())[copyIndex('formattedRoleAssignments')].roleDefinitionIdOrName, '/providers/Microsoft.Authorization/roleDefinitions/'), coalesce(parameters('roleAssignments'), createArray())[copyIndex('formattedRoleAssignments')].roleDefinitionIdOrName, subscriptionResourceId('Microsoft.Authorization/roleDefinitions', coalesce(parameters('roleAssignments'), createArray())[copyIndex('formattedRoleAssignments')].roleDefinitionIdOrName)))))]"
      }
    ],`)
	}
	w.WriteString("\n    \"builtInRoleNames\": {")
	for i, r := range roles {
		fmt.Fprintf(w, "%s\n      %q: \"[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '%s')]\"", comma(i), r.name, r.id)
	}
	w.WriteString("\n    },\n    \"prefix\": \"[toLower(format('{0}{1}', parameters('name'), uniqueString(resourceGroup().id)))]\"\n  },\n")
}

// member begins a member of the resources.
func (w *writer) member(name string) {
	if !w.first {
		w.WriteByte(',')
	}
	w.first = false
	fmt.Fprintf(w, "\n    %q: {\n", name)
}

// deployment begins one, up to its template.
func (w *writer) deployment(symbol, name string) {
	w.member(symbol)
	fmt.Fprintf(w, `      "type": "Microsoft.Resources/deployments",
      "apiVersion": "2025-04-01",
      "name": "[format('{0}-%s', uniqueString(deployment().name, parameters('location')))]",
      "properties": {
        "mode": "Incremental",
`, name)
	if symbol[0] != 'u' || !w.Linked { // a linked template has its own scope anyway
		w.WriteString("        \"expressionEvaluationOptions\": {\n          \"scope\": \"inner\"\n        },\n")
	}
	fmt.Fprintf(w, `        "parameters": {
          "name": {
            "value": "[format('{0}-%[1]s', parameters('name'))]"
          },
          "location": {
            "value": "[parameters('location')]"
          }
        },
`, name)
}

// use writes use i of the module.
func (w *writer) use(i int) {
	w.deployment(fmt.Sprintf("use%d", i), fmt.Sprintf("use-%d", i))
	if w.Linked {
		w.WriteString("        \"templateLink\": {\n          \"relativePath\": \"module.json\"\n        }\n      }\n    }")
		return
	}
	module := &writer{Shape: Shape{Resources: group}}
	module.template("", 0)
	w.WriteString("        \"template\": " + module.String() + "\n      }\n    }")
}
