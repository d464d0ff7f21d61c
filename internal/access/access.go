// Package access reads out of templates who gets what where: it turns the
// facts of each unit into the plain rows of package report/access, and merges
// those of copies and parameter sets. It judges nothing.
package access

import (
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/report"
	model "github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules/facts"
)

// Of evaluates the files and returns the access that they give. The rules of
// the options are not run. It is sorted and the same on every run; the report
// is what the driver tells of the run, without findings.
func Of(o driver.Options) (*model.Access, *report.Report) {
	units, r := driver.Each(o, read)
	return whole(units, r), r
}

// Also makes an analysis take the access beside its findings, for [From].
func Also(u *driver.Unit) any { return read(u) }

// From returns the access that an analysis took by [Also]. The report is that
// of the analysis.
func From(a *driver.Analysis, r *report.Report) *model.Access {
	return whole(driver.Taken[taken](a), r)
}

func whole(units []taken, r *report.Report) *model.Access {
	return &model.Access{
		TablesDate: r.TablesDate, Coverage: r.Coverage, Problems: r.Problems, Complete: r.Complete,
		Grants: merged(units), Identities: identities(units),
	}
}

// taken is what one unit yields.
type taken struct {
	root       string
	sets       int
	waits      bool // it has no parameter file and cannot be deployed without one
	grants     []model.Grant
	identities []model.Identity
}

// reader turns the facts of a unit into rows.
type reader struct {
	*driver.Unit
	access *facts.Access
	set    string // "" if there is only one
	known  map[string]model.Principal
}

func read(u *driver.Unit) taken {
	set, of := u.Sets()
	if of < 2 {
		set = ""
	}
	r := &reader{Unit: u, access: u.Access, set: set, known: map[string]model.Principal{}}
	out := taken{root: u.Root, sets: of, waits: u.Defaults() && r.waits()}
	for g := range r.access.GrantsOn(planes...) {
		out.grants = append(out.grants, r.rows(g, r.roles(g))...)
	}
	out.grants = append(out.grants, r.federated()...)
	out.grants = append(out.grants, r.requested()...)
	out.identities = r.identities()
	return out
}

// waits tells whether a parameter of the root must be given and is not.
func (r *reader) waits() bool {
	root := r.access.Unit.Deployment.Root
	if root == nil {
		return false
	}
	for _, p := range root.Template.Parameters {
		if p.Default == nil && !p.Nullable && missing(root.Parameter(p.Name)) {
			return true
		}
	}
	return false
}

// missing tells whether the value of a parameter is not given: it is unknown, or
// one of those that are allowed.
func missing(v value.Value) bool {
	if s := v.Symbol(); s != nil {
		return s.Reason == value.ReasonParameter
	}
	return v.Alternatives()[0].Offered
}

// planes are those whose grants facts read.
var planes = []facts.Plane{
	facts.RBAC, facts.PIMActive, facts.PIMEligible, facts.Lighthouse, facts.LighthouseEligible, facts.ManagedApplication,
	facts.KeyVaultPolicy, facts.Cosmos, facts.Kusto, facts.Redis, facts.DatabaseAdmin, facts.GraphAppRole, facts.OtherPlane,
}
