package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// CR011 reports Linux machines that let their administrator sign in with a
// password, and those to which nobody can sign in as a Microsoft Entra
// identity.
var CR011 = add("CR011", func(p *Pass) {
	var linux []*eval.Resource
	for r := range p.deployed {
		if profile, ok := machineProfile(r); ok && !p.judgeMachinePassword(r, profile) && knownLinux(r, profile) {
			linux = append(linux, r)
		}
	}
	if len(linux) > 0 {
		p.judgeSignIn(linux)
	}
})

// machineProfile is the path of what describes a machine of a resource, with a
// dot behind it.
func machineProfile(r *eval.Resource) (string, bool) {
	switch {
	case r.Is("Microsoft.Compute/virtualMachines"):
		return "properties.", true
	case r.Is("Microsoft.Compute/virtualMachineScaleSets"):
		return "properties.virtualMachineProfile.", true
	case r.Is("Microsoft.AzureFleet/fleets"):
		return "properties.computeProfile.baseVirtualMachineProfile.", true
	}
	return "", false
}

// knownLinux tells whether a machine surely runs Linux: by its configuration,
// its disk, or who publishes its image.
func knownLinux(r *eval.Resource, profile string) bool {
	if found, _ := places(r.Body(), profile+"osProfile.linuxConfiguration"); len(found) > 0 && certain(found[0]) {
		return true
	}
	types, exact := places(r.Body(), profile+"storageProfile.osDisk.osType")
	windows, sure := places(r.Body(), profile+"osProfile.windowsConfiguration")
	if len(types) > 0 || len(windows) > 0 || !exact || !sure {
		return onlyWord(r, profile+"storageProfile.osDisk.osType", "Linux")
	}
	return onlyWord(r, profile+"storageProfile.imageReference.publisher", linuxPublishers...)
}

// linuxPublishers offer images of Linux and of nothing else.
// https://learn.microsoft.com/azure/virtual-machines/linux/endorsed-distros
var linuxPublishers = []string{"Canonical", "RedHat", "OpenLogic", "SUSE", "Debian", "credativ", "kinvolk", "CoreOS", "almalinux", "resf"}

// onlyWord tells whether exactly one value stands at the path, and it is one
// of the words.
func onlyWord(r *eval.Resource, path string, words ...string) bool {
	found, _ := places(r.Body(), path)
	if len(found) != 1 || !certain(found[0]) {
		return false
	}
	s, _ := found[0].Value.Str()
	return slices.ContainsFunc(words, func(w string) bool { return value.FoldEqual(s, w) })
}

// judgeMachinePassword reports a machine that takes passwords, and tells
// whether it did.
// https://learn.microsoft.com/azure/virtual-machines/linux/create-ssh-keys-detailed
func (p *Pass) judgeMachinePassword(r *eval.Resource, profile string) bool {
	path := profile + "osProfile.adminPassword"
	given, _ := places(r.Body(), path)
	for _, at := range given {
		if at.Offered || !secretGiven(at.Value) {
			continue
		}
		for _, open := range passwordsOpen(r, profile) {
			when, ok := at.When.And(open)
			if _, possible := when.And(r.When); !ok || !possible {
				continue
			}
			p.report("password", Finding{
				At: spot(r, strings.Split(path, ".")...), Resource: r, Path: path, When: when,
				Message: fmt.Sprintf("the administrator of '%s' signs in over SSH with a password", called(r)),
				Related: because(r, "the Linux configuration", strings.Split(profile+"osProfile.linuxConfiguration", ".")...),
			})
			return true
		}
	}
	return false
}

// passwordsOpen returns when a machine surely is a Linux one that takes
// passwords: Linux does so unless it is told not to.
func passwordsOpen(r *eval.Resource, profile string) []value.Condition {
	var out []value.Condition
	configurations, exact := places(r.Body(), profile+"osProfile.linuxConfiguration")
	for _, c := range configurations {
		disabled, exact := places(c.Value, "disablePasswordAuthentication")
		if c.Offered {
			continue
		}
		if c.Value.Object() != nil && len(disabled) == 0 && exact {
			out = append(out, c.When)
		}
		for _, d := range disabled {
			text, _ := scalar(d.Value)
			if when, ok := c.When.And(d.When); ok && !d.Offered && value.FoldEqual(text, "false") {
				out = append(out, when)
			}
		}
	}
	if len(configurations) == 0 && exact && knownLinux(r, profile) {
		out = append(out, nil)
	}
	return out
}

// judgeSignIn reports machines without the extension for Microsoft Entra
// sign-ins.
// https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-linux
func (p *Pass) judgeSignIn(linux []*eval.Resource) {
	hosts, known := p.signInExtensions()
	if !known {
		return
	}
	for _, r := range linux {
		profile, _ := machineProfile(r)
		if !r.Is("Microsoft.Compute/virtualMachines", "Microsoft.Compute/virtualMachineScaleSets") || hosts[resourceid.Key(r.ID())] || maybeExists(r) ||
			mayHave(r, profile+"extensionProfile.extensions[].properties.type", signInTypes...) {
			continue
		}
		p.report("no sign-in extension", Finding{
			Resource: r, Path: "properties",
			Message: fmt.Sprintf("'%s' takes no Microsoft Entra sign-ins: it lacks the extension 'AADSSHLoginForLinux'", called(r)),
		})
	}
}

var signInTypes = []string{"AADSSHLoginForLinux", "AADLoginForLinux"}

// signInExtensions returns the ids of the machines with an extension for
// sign-ins, or that may have one; false if it is not known which have.
func (p *Pass) signInExtensions() (hosts map[string]bool, known bool) {
	hosts = map[string]bool{}
	for r := range p.deployed {
		if !r.Is("Microsoft.Compute/virtualMachines/extensions", "Microsoft.Compute/virtualMachineScaleSets/extensions") || !mayHave(r, "properties.type", signInTypes...) {
			continue
		}
		id, ok := facts.HostID(r, r.Type[:strings.LastIndexByte(r.Type, '/')])
		if !ok {
			return nil, false
		}
		hosts[resourceid.Key(id)] = true
	}
	return hosts, true
}
