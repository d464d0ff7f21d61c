package main

import (
	"io"
	"path/filepath"
	"testing"
)

const hostFile = `[
	{"type": "Contoso.Shop/tills", "class": "code", "strength": "recommended", "why": "counts coins",
		"identity": "user preferred: many of them", "identityOn": "Contoso.Shop/shops or Contoso.Shop/vans that carry it", "note": "closed on Sunday",
		"support": {"system": true, "user": true, "both": null}, "retired": true,
		"requiredWhen": [{"path": "properties.*.id", "key": "safe", "exists": true}, {"note": "always", "always": true},
			{"sibling": "Contoso.Shop/tills/drawers", "weak": true}, {"path": "properties.open", "equals": true}],
		"recommendedWhen": [{"path": "properties.script", "regex": "\\b(az|azd)\\s+", "ignore": ["az version"], "note": "a command"}],
		"skipWhen": [{"path": "kind", "in": ["Toy", "toy", "Old"]}, {"path": "properties.x", "exists": false}, {"note": "otherwise"}]},
	{"type": "contoso.Shop/signs", "class": "service", "strength": "optional", "why": "lights up", "note": {"for": "editors"}, "support": null}
]`

func TestHosts(t *testing.T) {
	dir := t.TempDir()
	args := []string{"-hosts", writeFile(t, dir, "hosts.json", hostFile), "-types", writeTypes(t, dir),
		"-references", writeFile(t, dir, "references.json", referenceFile),
		"-roles", writeFile(t, dir, "roles.json", `[]`), "-date", "2026-01-02", "-out", filepath.Join(dir, "out")}
	if err := run(args, io.Discard); err != nil {
		t.Fatal(err)
	}
	checkTable(t, dir, "hosts.tsv", []string{
		"contoso.Shop/signs\tservice\toptional\t\t\t\tlights up",
		"Contoso.Shop/tills\tcode\trecommended\tuser\tsu?x\tContoso.Shop/shops;Contoso.Shop/vans\tcounts coins\tclosed on Sunday; user: many of them",
	})
	const till = "Contoso.Shop/tills\t"
	checkTable(t, dir, "host-conditions.tsv", []string{
		till + "required\texists\tproperties.safe.id",
		till + "required\talways",
		till + "required\texists\t\tContoso.Shop/tills/drawers\t\t\tweak",
		till + "required\tin\tproperties.open\t\ttrue",
		till + "recommended\tword\tproperties.script\t\taz ;azd \taz version\t\ta command",
		till + "skip\tin\tkind\t\tToy;Old",
		till + "skip\tabsent\tproperties.x",
		till + "skip\tremark\t\t\t\t\t\totherwise",
	})
}
