package main

import (
	"fmt"
	"io"
)

// normalise reads the tables of the package in dir back, checks and sorts them, and derives again what follows from
// others. A second run changes nothing.
func normalise(dir string, log io.Writer) error {
	read := map[string]*table{}
	for _, t := range allTables() {
		if err := t.read(dir); err != nil {
			return err
		}
		t.sort()
		read[t.file] = &t
	}
	roles := read["roles.tsv"]
	if err := checkRoles(*roles); err != nil {
		return err
	}
	read["credentials.tsv"].addRoleCredentials(*roles)
	packed, actions, err := packRoles(*roles)
	if err != nil {
		return err
	}
	places := places(packed)
	names, policies := roleNamesTable(*roles, places), packPolicies(*read["policies.tsv"], places)
	types := packTypes(*read["resource-types.tsv"])
	for _, t := range []*table{&packed, &actions, &names, &policies, &types} {
		read[t.file] = t
	}
	for _, t := range read {
		if err := t.write(dir); err != nil {
			return err
		}
	}
	fmt.Fprintf(log, "%d tables, %d roles, %d role names\n", len(read), len(roles.rows), len(names.rows))
	return nil
}

// allTables are the tables of the package, without rows, except the ones that are always derived.
func allTables() []table {
	return []table{
		rolesTable(), identityTable(nil), resourceTypeTable(nil), propertiesIdentityTable(nil), credentialTable(nil),
		hostTable(nil), conditionTable(nil), referenceTable(nil), policyTable(policyFile{}),
	}
}
