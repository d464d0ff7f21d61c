package rules

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// exposure says from where a workload can be reached, as far as its own
// resource tells.
type exposure uint8

const (
	unknownExposure exposure = iota
	internal
	public
)

// exposureOf judges sites, container apps and container groups, which say it
// themselves. Of anything else it is not known.
func exposureOf(r *eval.Resource) exposure {
	switch {
	case r.Is("Microsoft.Web/sites", "Microsoft.Web/sites/slots"):
		return siteExposure(r)
	case r.Is("Microsoft.App/containerApps"):
		return appExposure(r)
	case r.Is("Microsoft.ContainerInstance/containerGroups"):
		return groupExposure(r)
	}
	return unknownExposure
}

// siteExposure: a site is public unless something says otherwise.
// https://learn.microsoft.com/azure/app-service/overview-access-restrictions
func siteExposure(r *eval.Resource) exposure {
	props := r.Get("properties").Object()
	if props == nil || props.Open != nil {
		return unknownExposure
	}
	config := props.Get("siteConfig")
	for _, v := range []value.Value{props.Get("publicNetworkAccess"), config.Get("publicNetworkAccess")} {
		if s, ok := v.Str(); ok && value.FoldEqual(s, "Disabled") {
			return internal
		} else if !ok && !v.IsNull() {
			return unknownExposure
		}
	}
	if !props.Get("hostingEnvironmentProfile").IsNull() || !config.Get("ipSecurityRestrictions").IsNull() || !config.IsNull() && !closed(config) {
		return unknownExposure
	}
	return public
}

// appExposure: a container app without ingress takes no requests at all.
// https://learn.microsoft.com/azure/container-apps/ingress-overview
func appExposure(r *eval.Resource) exposure {
	config := r.Get("properties", "configuration")
	ingress := config.Get("ingress")
	if ingress.IsNull() && closed(config) {
		return internal
	}
	if external, ok := ingress.Get("external").Bool(); ok {
		if !external {
			return internal
		}
		if ingress.Get("ipSecurityRestrictions").IsNull() {
			return public
		}
	}
	return unknownExposure
}

func groupExposure(r *eval.Resource) exposure {
	props := r.Get("properties")
	if s, ok := props.Get("ipAddress", "type").Str(); ok {
		if value.FoldEqual(s, "Public") {
			return public
		}
		return internal
	}
	if closed(props) && props.Get("ipAddress").IsNull() {
		return internal
	}
	return unknownExposure
}

// closed tells whether all members of an object are known by name.
func closed(v value.Value) bool {
	o := v.Object()
	return o != nil && o.Open == nil
}
