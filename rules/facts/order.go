package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// Waits tells whether the deployment of r begins only when that of other has
// ended, over any number of resources between. Yes is sure, also when the two
// are never deployed together. No says that nothing in the templates leads
// from r to other. It is Maybe if a way is not known, or not always there:
//
//   - an entry of dependsOn, or what a reference() reads, is not known;
//   - a reference() or list*() names a resource by its id, for which Azure
//     promises no order, or stands where it may not be evaluated;
//   - a resource on the way is not always deployed.
//
// A child waits for its parent only if it says so. What a nested deployment
// holds waits for what the deployment waits for, and who waits for the
// deployment waits for all in it. Existing resources are never waited for.
//
// https://learn.microsoft.com/azure/azure-resource-manager/templates/resource-dependency
func (a *Access) Waits(r, other *eval.Resource) value.Tri {
	if r == other || r.Existing || other.Existing {
		return value.No
	}
	if outermost(r.Instance) != outermost(other.Instance) {
		return value.Maybe
	}
	when, together := r.When.And(other.When)
	if !together {
		return value.Yes
	}
	if a.order == nil {
		a.order = newOrder(a.Unit.Deployment)
	}
	s := waySearch{order: a.order, goal: other, when: when, around: append(other.Modules(), other)}
	if s.from(r, true) {
		return value.Yes
	}
	if s.from(r, false) {
		return value.Maybe
	}
	return value.No
}

// outermost returns the outermost instance that is deployed with in: an embedded
// template is deployed by itself.
func outermost(in *eval.Instance) *eval.Instance {
	for in.Parent != nil && in.Parent.Embedded == in.Embedded {
		in = in.Parent
	}
	return in
}

// order is the dependency graph of a unit, worked out where it is asked for.
type order struct {
	own       map[*eval.Instance]*roster
	edges     map[*eval.Resource]waitEdges
	variables map[variableKey][]stateRead
}

// waitEdges lead from a resource to those that it waits for itself.
type waitEdges struct {
	sure, perhaps []*eval.Resource
	open          bool // it may wait for any
}

func newOrder(d *eval.Deployment) *order {
	o := &order{own: map[*eval.Instance]*roster{}, edges: map[*eval.Resource]waitEdges{}, variables: map[variableKey][]stateRead{}}
	for _, r := range d.Resources {
		in := o.own[r.Instance]
		if in == nil {
			in = &roster{}
			o.own[r.Instance] = in
		}
		in.all = append(in.all, r)
	}
	return o
}

// waySearch looks for a way to a resource.
type waySearch struct {
	order  *order
	goal   *eval.Resource
	around []*eval.Resource // the goal and the deployments that hold it
	when   value.Condition  // what holds if both ends are deployed
}

// from tells whether a way leads from r to the goal: only by what is sure, or
// by anything.
func (s *waySearch) from(r *eval.Resource, sure bool) bool {
	queue := append(r.Modules(), r)
	seen := map[*eval.Resource]bool{}
	for _, m := range queue {
		seen[m] = true // who holds r is not waited for
	}
	for len(queue) > 0 {
		e := s.order.of(queue[0])
		queue = queue[1:]
		next := e.sure
		if !sure {
			if e.open {
				return true
			}
			next = append(e.perhaps[:len(e.perhaps):len(e.perhaps)], e.sure...)
		}
		for _, n := range next {
			if seen[n] {
				continue
			}
			seen[n] = true
			if s.reached(n) {
				return true
			}
			if !sure || s.always(n) {
				queue = append(queue, n)
			}
		}
	}
	return false
}

// reached tells whether n is the goal, or a deployment that holds it.
func (s *waySearch) reached(n *eval.Resource) bool {
	for _, a := range s.around {
		if a == n {
			return true
		}
	}
	return false
}

// always tells whether n is deployed whenever both ends are.
func (s *waySearch) always(n *eval.Resource) bool {
	switch {
	case n.Existing || n.State == eval.Certain || n.State == eval.Conditional:
		return true
	case n.State == eval.NotDeployed || n.Symbolic || len(n.When) == 0:
		return false
	}
	both, ok := s.when.And(n.When)
	return ok && len(both) == len(s.when)
}
