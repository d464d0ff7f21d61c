package eval

import (
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// place is an object of what is known of the deployment's place: members with
// values, texts, or functions that make a value. Those with a type are symbols
// below the given name.
func place(key, text string, members ...any) value.Value {
	names := make([]value.Member, len(members)/2)
	for i := range names {
		names[i].Name = members[2*i].(string)
	}
	return value.LazyObject(names, nil, nil, &placeMembers{key, text, members})
}

// placeMembers are the members of a place. Few of them are asked for.
type placeMembers struct {
	key, text string
	members   []any // names and what they have in turn
}

// Force implements [value.Lazy].
func (p *placeMembers) Force(i int) (v value.Value, stays bool) { return p.member(i), true }

func (p *placeMembers) member(i int) value.Value {
	switch v := p.members[2*i+1].(type) {
	case value.Value:
		return v
	case func() value.Value:
		return v()
	case string:
		return value.OfString(v)
	case value.Type:
		name := p.members[2*i].(string)
		return metadata(p.key+"."+name, p.text+"."+name, v, false)
	}
	return value.None
}

// Circular implements [value.Lazy]. None of the members asks for others.
func (p *placeMembers) Circular() value.Value { return value.None }

func (in *Instance) needs(level resourceid.Level, name string) *value.Value {
	in.recordPlace(level == resourceid.ResourceGroup)
	if l := in.Scope.Level; l == resourceid.LevelUnknown || l >= level && l <= resourceid.ResourceGroup {
		return nil
	}
	v := failf("%s() is not available in a deployment to %s", name, in.Scope.Level)
	return &v
}

func resourceGroup(c *call) value.Value {
	in := c.x.in
	if bad := in.needs(resourceid.ResourceGroup, "resourceGroup"); bad != nil {
		return *bad
	}
	if in.group.Kind == value.Missing {
		in.group = in.resourceGroup()
	}
	return in.group
}

func (in *Instance) resourceGroup() value.Value {
	if p := in.Parent; p != nil && p.Parent != nil && p.group.Kind != value.Missing && p.Scope == in.Scope &&
		in.Scope.ResourceGroup.Kind != value.Missing {
		return p.group // of the same group
	}
	key := "rg:" + resourceid.Key(in.scopeID())
	location := metadata(key+".location", "resourceGroup().location", value.TypeString, true)
	if l := in.u.cfg.Location; l != "" && in.Parent == nil {
		location = value.OfString(l)
	}
	return place(key, "resourceGroup()",
		"id", in.scopeID(), "name", in.resourceGroupName(), "type", "Microsoft.Resources/resourceGroups",
		"location", location, "managedBy", value.TypeString, "tags", value.TypeObject,
		"properties", func() value.Value {
			return place(key, "resourceGroup().properties", "provisioningState", "Succeeded")
		})
}

func (in *Instance) resourceGroupName() value.Value {
	if in.Scope.ResourceGroup.Kind != value.Missing {
		return in.Scope.ResourceGroup
	}
	return metadata(in.key+"resourceGroup", "resourceGroup().name", value.TypeString, true)
}

func subscription(c *call) value.Value {
	in := c.x.in
	if bad := in.needs(resourceid.Subscription, "subscription"); bad != nil {
		return *bad
	}
	id := in.subscriptionID()
	return place("sub:"+value.Key(id), "subscription()",
		"id", resourceid.Scope{Subscription: id}.SubscriptionID(), "subscriptionId", id,
		"tenantId", in.u.tenantID(), "displayName", value.TypeString)
}

func (u *unit) tenantID() value.Value { return u.given(u.cfg.Tenant, "tenant", "tenant().tenantId") }

func managementGroup(c *call) value.Value {
	in := c.x.in
	in.recordPlace(false)
	if l := in.Scope.Level; l != resourceid.ManagementGroup && l != resourceid.LevelUnknown {
		return failf("managementGroup() is not available in a deployment to %s", in.Scope.Level)
	}
	name := in.managementGroupName()
	key := "mg:" + value.Key(name)
	details := place(key+".details", "managementGroup().properties.details", "parent", value.TypeObject, "version", value.TypeInt)
	return place(key, "managementGroup()",
		"id", in.scopeID(), "name", name, "type", "Microsoft.Management/managementGroups",
		"properties", place(key, "managementGroup().properties", "tenantId", in.u.tenantID(), "displayName", value.TypeString, "details", details))
}

func tenant(c *call) value.Value {
	id := c.x.in.u.tenantID()
	return place("tenant", "tenant()",
		"id", value.Join(value.OfString("/tenants/"), id), "tenantId", id,
		"countryCode", value.TypeString, "displayName", value.TypeString)
}

func deployment(c *call) value.Value {
	in := c.x.in
	key := in.key + "deployment"
	name := metadata(key+".name", "deployment().name", value.TypeString, true)
	if in.By != nil {
		in.By.recordName()
		name = in.By.Name()
	}
	return place(key, "deployment()",
		"name", name, "location", value.TypeString, "properties", func() value.Value {
			link := place(key+".templatelink", "deployment().properties.templateLink",
				"id", value.TypeString, "uri", in.place("deployment().properties.templateLink.uri"))
			return place(key, "deployment().properties",
				"template", value.TypeObject, "templateLink", link, "templateHash", value.TypeString,
				"parameters", value.TypeObject, "mode", value.TypeString, "provisioningState", value.TypeString)
		})
}

func deployer(c *call) value.Value {
	return place("deployer", "deployer()",
		"objectId", value.TypeString, "tenantId", c.x.in.u.tenantID(), "userPrincipalName", value.TypeString)
}

// environment describes the cloud. Only the public cloud's addresses are
// documented for the function; of others only the name is known.
//
// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment#environment
func environment(c *call) value.Value {
	cloud := c.x.in.u.cfg.Cloud
	if cloud != "" && !value.FoldEqual(cloud, "AzureCloud") {
		v := metadata("environment", "environment()", value.TypeObject, false)
		return value.OfOpenObject([]value.Member{{Name: "name"}}, []value.Value{value.OfString(cloud)}, v.Symbol())
	}
	suffixes := place("", "",
		"acrLoginServer", ".azurecr.io",
		"azureDatalakeAnalyticsCatalogAndJob", "azuredatalakeanalytics.net",
		"azureDatalakeStoreFileSystem", "azuredatalakestore.net",
		"azureFrontDoorEndpointSuffix", "azurefd.net",
		"keyvaultDns", ".vault.azure.net",
		"sqlServerHostname", ".database.windows.net",
		"storage", "core.windows.net")
	audiences := value.OfArray([]value.Value{
		value.OfString("https://management.core.windows.net/"), value.OfString("https://management.azure.com/"),
	})
	return place("", "",
		"name", "AzureCloud",
		"gallery", "https://gallery.azure.com/",
		"graph", "https://graph.windows.net/",
		"portal", "https://portal.azure.com",
		"graphAudience", "https://graph.windows.net/",
		"activeDirectoryDataLake", "https://datalake.azure.net/",
		"batch", "https://batch.core.windows.net/",
		"media", "https://rest.media.azure.net",
		"sqlManagement", "https://management.core.windows.net:8443/",
		"vmImageAliasDoc", "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json",
		"resourceManager", "https://management.azure.com/",
		"authentication", place("", "",
			"loginEndpoint", "https://login.microsoftonline.com/", "audiences", audiences,
			"tenant", "common", "identityProvider", "AAD"),
		"suffixes", suffixes)
}

// newGUID and utcNow differ on each call site, and stay the same within one
// deployment.
func newGUID(c *call) value.Value { return c.once(true) }

func utcNow(c *call) value.Value { return c.once(false) }

func (c *call) once(segment bool) value.Value {
	key := c.x.in.key + c.fn.name + ":" + c.x.site
	if c.x.src != nil {
		key += ":" + value.OfInt(int64(c.x.src.Offset(c.node.Start))).Number()
	}
	return value.OfSymbol(&value.Symbol{
		Reason: value.ReasonTime, Type: value.TypeString, Segment: segment, NotNull: true, Key: key, Text: c.node.Text + "()",
	})
}

func parameters(c *call) value.Value {
	name, bad := c.text(0)
	if bad != nil {
		if !c.args[0].IsKnown() {
			return c.derived()
		}
		return *bad
	}
	for f := c.x.frame; f != nil; f = f.parent {
		if f.kind != funcFrame {
			continue
		}
		for i, n := range f.names {
			if value.FoldEqual(n, name) && i < len(f.values) {
				return f.values[i]
			}
		}
		return failf("the function has no parameter '%s'", name)
	}
	return c.x.in.Parameter(name)
}

func variables(c *call) value.Value {
	name, bad := c.text(0)
	if bad != nil {
		if !c.args[0].IsKnown() {
			return c.derived()
		}
		return *bad
	}
	return c.x.in.Variable(name)
}

// copyIndex is the number of the copy: of the named loop, or of the innermost
// loop over resources or outputs; a lone variable loop may go unnamed.
func copyIndex(c *call) value.Value {
	name, offset := "", value.OfInt(0)
	for i, n := range c.node.Args {
		v := c.x.eval(n)
		if isSecure(v) {
			return failf("copyIndex() takes no secret")
		}
		if s, ok := v.Str(); ok && i == 0 {
			name = s
		} else if v.Kind == value.Int {
			offset = v
		} else if !v.IsKnown() && !isErr(v) {
			return value.Derived("copyindex", value.TypeInt, v)
		} else {
			return failf("copyIndex() takes the name of a loop and an int")
		}
	}
	f := c.x.loopFrame(name)
	if f == nil {
		if name == "" {
			return failf("copyIndex() stands outside of any loop")
		}
		return failf("there is no loop '%s' around copyIndex()", name)
	}
	i, ok := f.value.Int()
	n, _ := offset.Int()
	if !ok {
		if n == 0 {
			return f.value
		}
		return value.Derived("add", value.TypeInt, f.value, offset)
	}
	return value.OfInt(i + n)
}

func (x *evaluator) loopFrame(name string) *frame {
	var inner *frame
	for f := x.frame; f != nil; f = f.parent {
		switch {
		case f.kind != copyFrame && f.kind != outerFrame:
		case name != "" && value.FoldEqual(f.name, name):
			return f
		case name == "" && f.kind == outerFrame:
			return f
		case inner == nil:
			inner = f
		}
	}
	if name != "" {
		return nil
	}
	return inner
}
