package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
)

// CR002 reports storage accounts that let in account keys, keys and passwords
// of their local users, and disks that anyone with a link may download.
var CR002 = add("CR002", func(p *Pass) {
	ids, users := p.byID(), p.storageUsers()
	for r := range p.deployed {
		switch {
		case r.Is(storageAccounts):
			p.judgeStorage(ids, users, r)
		case r.Is(storageAccounts + "/localUsers"):
			p.judgeLocalUser(r)
		case r.Is("Microsoft.Compute/disks"):
			p.judgeDisk(ids, r)
		}
	}
})

const storageAccounts = "Microsoft.Storage/storageAccounts"

// https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent
var sharedKey = authSwitch{on: storageAccounts, path: "properties.allowSharedKeyAccess", bad: "true", good: "false", since: "2019-04-01", absent: true}

// https://learn.microsoft.com/azure/virtual-machines/disks-secure-upload-download
var diskDownload = authSwitch{on: "Microsoft.Compute/disks", path: "properties.dataAccessAuthMode", bad: "None", good: "AzureActiveDirectory", since: "2021-12-01", absent: true}

func (p *Pass) judgeStorage(ids byID, users *storageUsers, r *eval.Resource) {
	explicit := sharedKey.explicit(p, r)
	absent := len(explicit) == 0 && sharedKey.silent(p, ids, r)
	if len(explicit) == 0 && !absent || users.needKey(r) {
		return
	}
	who, at := users.byIdentity(r)
	for _, place := range explicit {
		f := sharedKey.explicitFinding(p, r, place)
		f.Message = fmt.Sprintf("'allowSharedKeyAccess' is true: '%s' accepts account keys beside Microsoft Entra identities", called(r))
		if who != "" {
			f.Related = append(f.Related, Related{at, who + " signs in by identity"})
		}
		p.report("explicit", f)
	}
	if !absent {
		return
	}
	f := Finding{
		Resource: r, Path: "properties.allowSharedKeyAccess",
		Message: fmt.Sprintf("without 'allowSharedKeyAccess' '%s' accepts account keys beside Microsoft Entra identities", called(r)),
	}
	if who == "" || users.lists() {
		p.report("absent", f)
		return
	}
	f.Message = fmt.Sprintf("without 'allowSharedKeyAccess' '%s' accepts account keys, though %s signs in by identity", called(r), who)
	f.Related = []Related{{at, who + " signs in by identity"}}
	p.report("used by identity", f)
}

// judgeLocalUser judges the local users of SFTP and file shares.
// https://learn.microsoft.com/azure/storage/blobs/secure-file-transfer-protocol-support-authorize-access
func (p *Pass) judgeLocalUser(r *eval.Resource) {
	for _, secret := range []struct{ path, what string }{
		{"properties.hasSshPassword", "a password"},
		{"properties.hasSharedKey", "a shared key"},
	} {
		found, _ := places(r.Body(), secret.path)
		for _, at := range found {
			if on, known := at.Value.Bool(); !known || !on || at.Offered {
				continue
			}
			p.report("local user", Finding{
				At: spot(r, strings.Split(secret.path, ".")...), Resource: r, Path: secret.path, When: at.When,
				Message: fmt.Sprintf("the local user '%s' signs in with %s", called(r), secret.what),
				Related: because(r, "the choice", strings.Split(secret.path, ".")...),
			})
		}
	}
}

func (p *Pass) judgeDisk(ids byID, r *eval.Resource) {
	if mayHave(r, "properties.networkAccessPolicy", "DenyAll") {
		return // nobody downloads it
	}
	diskDownload.reportAll(p, ids, r, "disk",
		fmt.Sprintf("'%s' can be downloaded by anyone who has a link: 'dataAccessAuthMode' does not ask for a sign-in", called(r)))
}
