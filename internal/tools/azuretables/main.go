// Azuretables writes the tables that package rules/azure embeds: built-in roles and their names, identity support of
// resource types, resource types, hosts of workloads, properties that name an identity, and operations that hand out
// credentials.
//
// A refresh takes public inputs:
//
//	az role definition list --output json > roles.json
//	git clone --depth 1 https://github.com/Azure/bicep-types-az
//	go run -C internal/tools ./azuretables -roles "$PWD/roles.json" -types "$PWD/bicep-types-az/generated" \
//	    -date 2026-08-22 -out ../../rules/azure
//
// Only tables for which an input is given are written. Of the committed tables stays what these inputs do not tell: roles
// of narrow scopes, former names, doubts, kinds that only the documentation has, and types of other sources. What an -identity or a
// -resource-types file says wins over what -types derives; with both, the program prints how far the two agree.
//
// Afterwards, and in go generate, -normalise reads the committed tables back: it validates them, sorts them, and writes
// again what follows from other tables. It needs no input and no network.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

type options struct {
	roles         fileList
	roleNames     string
	types         string
	identity      string
	resourceTypes string
	hosts         string
	references    string
	date          string
	out           string
	normalise     string
}

// A fileList is a flag that may be given more than once.
type fileList []string

func (l *fileList) String() string     { return fmt.Sprint(*l) }
func (l *fileList) Set(s string) error { *l = append(*l, s); return nil }

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "azuretables:", err)
		os.Exit(1)
	}
}

func run(args []string, log io.Writer) error {
	opts, err := parseFlags(args)
	if err != nil {
		return err
	}
	if opts.normalise != "" {
		return normalise(opts.normalise, log)
	}
	return generate(opts, log)
}

func parseFlags(args []string) (options, error) {
	var o options
	fs := flag.NewFlagSet("azuretables", flag.ContinueOnError)
	fs.Var(&o.roles, "roles", "role definitions as JSON `FILE`; may be repeated, a later file adds what earlier ones lack")
	fs.StringVar(&o.roleNames, "role-names", "", "former role names as JSON `FILE`; without it those of the committed table stay")
	fs.StringVar(&o.types, "types", "", "the folder `DIR` named generated of bicep-types-az")
	fs.StringVar(&o.identity, "identity", "", "identity support already derived, as JSON `FILE`")
	fs.StringVar(&o.resourceTypes, "resource-types", "", "resource types already derived, as JSON `FILE`")
	fs.StringVar(&o.hosts, "hosts", "", "hosts of workloads and their conditions as JSON `FILE`")
	fs.StringVar(&o.references, "references", "", "properties that name an identity, as JSON `FILE`")
	fs.StringVar(&o.date, "date", "", "the `YYYY-MM-DD` of the inputs")
	fs.StringVar(&o.out, "out", "", "the folder `DIR` of package rules/azure")
	fs.StringVar(&o.normalise, "normalise", "", "validate and rewrite the tables of the package in `DIR`, then stop")
	if err := fs.Parse(args); err != nil {
		return o, err
	}
	if fs.NArg() > 0 {
		return o, fmt.Errorf("unexpected argument %q", fs.Arg(0))
	}
	return o, o.check()
}

func (o options) check() error {
	if o.normalise != "" {
		return nil
	}
	if o.out == "" {
		return fmt.Errorf("name the package folder with -out (or -normalise)")
	}
	if _, err := time.Parse(time.DateOnly, o.date); err != nil {
		return fmt.Errorf("-date wants the day of the inputs as YYYY-MM-DD: %w", err)
	}
	return nil
}
