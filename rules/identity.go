package rules

import (
	"sort"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// identityCase is one alternative of what the identity member of a resource
// says.
type identityCase struct {
	Absent  bool               // there is no block, or it is null
	Block   *value.ObjectValue // nil if there is none or it is not known
	Type    value.Value        // one alternative of identity.type
	Kinds   facts.Kinds        // of Type
	Known   bool               // Type is a text that names kinds
	When    value.Condition
	Offered bool // no choice of the template, or not surely possible
}

// identityCases returns what the identity of a resource may be, leaving out
// what the resource's own condition rules out.
func identityCases(r *eval.Resource) []identityCase {
	var out []identityCase
	for _, alt := range r.Get("identity").Alternatives() {
		if _, feasible := alt.When.And(r.When); !feasible {
			continue
		}
		c := identityCase{Block: alt.Value.Object(), Absent: alt.Value.IsNull(), When: alt.When, Offered: alt.Offered || guessed(alt.When)}
		if c.Block == nil {
			out = append(out, c)
			continue
		}
		out = append(out, typeCases(c, r.When)...)
	}
	return out
}

func typeCases(c identityCase, context value.Condition) []identityCase {
	t := c.Block.Get("type")
	if t.Kind == value.Missing && c.Block.Open != nil {
		t = value.OfSymbol(c.Block.Open)
	}
	var out []identityCase
	for _, alt := range t.Alternatives() {
		when, feasible := c.When.And(alt.When)
		if _, possible := when.And(context); !feasible || !possible {
			continue
		}
		one := c
		one.Type, one.When, one.Offered = alt.Value, when, c.Offered || alt.Offered || guessed(when)
		if s, ok := alt.Value.Str(); ok && alt.Value.Flags&value.Secure == 0 && strings.TrimSpace(s) != "" && !isPlaceholder(s) {
			one.Kinds, one.Known = facts.NewKinds(s, alt.Value.At, when, one.Offered), true
		}
		out = append(out, one)
	}
	return out
}

// guessed tells whether a condition asks for something that is not the
// caller's to choose, but only not known in full here: whether an object with
// unknown members is empty.
func guessed(when value.Condition) bool {
	for _, l := range when {
		if aboutOpen(value.OfSymbol(l.Of), 0) {
			return true
		}
	}
	return false
}

func aboutOpen(v value.Value, depth int) bool {
	if o := v.Object(); o != nil {
		return o.Open != nil
	}
	if a := v.Array(); a != nil {
		return a.Open != nil
	}
	s := v.Symbol()
	if s == nil || depth > 8 {
		return false
	}
	for _, arg := range s.Args {
		if aboutOpen(arg, depth+1) {
			return true
		}
	}
	return false
}

// joined is the condition under which both hold. It is false if they exclude
// each other, and also if neither follows from the other: that two choices of
// a caller meet is not the doing of the template.
func joined(a, b value.Condition) (value.Condition, bool) {
	when, feasible := a.And(b)
	return when, feasible && len(when) <= max(len(a), len(b))
}

// isPlaceholder tells whether a text stands for one that is to be filled in:
// as in the skeletons of the documentation, in the parameter files of the
// quickstarts, or an expression that a template further inside evaluates.
func isPlaceholder(s string) bool {
	return value.FoldEqual(s, "string") || strings.ContainsAny(s, "<>{}") ||
		strings.HasPrefix(s, "GEN-") || strings.HasPrefix(s, "GET-PREREQ-") ||
		strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]")
}

// maybeExists tells whether a resource without an identity may have one
// already: what a policy deploys, and what is called by a part of an id that
// is given, is as a rule there and only changed.
func maybeExists(r *eval.Resource) bool {
	if r.Instance.Embedded == "policy definition" {
		return true
	}
	for _, p := range r.Name().Parts() {
		if p.Hole != nil && containsFold(p.Hole.Text, "split(") {
			return true
		}
	}
	s, ok := r.Name().Str()
	return ok && isPlaceholder(s)
}

// called is how messages call a resource.
func called(r *eval.Resource) string {
	if s := title(r); s != "" {
		return s
	}
	return r.Type
}

// judgeable returns what is known of the identity of a resource type; false
// if it is not enough to object to anything.
func (p *Pass) judgeable(resourceType string) (azure.Support, bool) {
	s, ok := p.Access.Tables().Support(resourceType)
	return s, ok && !s.DocumentedOnly && !s.Doubtful
}

// spot is the place in the text of a resource that stands for the member at a
// path: the value, or its name if it is an object or array. What is written
// elsewhere is represented by the member that leads there.
func spot(r *eval.Resource, path ...string) value.Span {
	v := r.Body()
	outer, at := v.At, Head(r)
	for _, name := range path {
		o := v.Object()
		if o == nil || o.Index(name) < 0 {
			return at
		}
		i := o.Index(name)
		v = o.At(i)
		if !inside(v.At, outer) {
			return at
		}
		outer, at = v.At, v.At
		if (isContainer(v) || v.Kind == value.Choice) && inside(o.Names[i].At, r.Body().At) {
			at = o.Names[i].At
		}
	}
	return at
}

// isContainer tells whether v, or an alternative of it, is an object or array.
func isContainer(v value.Value) bool {
	for _, alt := range v.Alternatives() {
		if alt.Value.Kind == value.Object || alt.Value.Kind == value.Array {
			return true
		}
	}
	return false
}

func inside(inner, outer value.Span) bool {
	return inner.IsValid() && inner.Start >= outer.Start && inner.End <= outer.End
}

// mapKey is a key of identity.userAssignedIdentities with its value.
type mapKey struct {
	Key   value.Value // an id, with holes and unknown ones among them
	At    value.Span  // of the key, or of the member that leads to it
	From  value.Span  // of the key if it is written elsewhere
	Value value.Value
	Named bool // known by its name only: the map is the result of an expression
}

// mapKeys returns the keys of a map of identities in the order in which they
// are written, those that are not fully known or stand twice among them.
func (p *Pass) mapKeys(r *eval.Resource, m value.Value) []mapKey {
	o := m.Object()
	var out []mapKey
	for i, n := range o.Names {
		out = append(out, p.mapKey(r, value.OfString(n.Name), n.At, o.At(i)))
	}
	for i, u := range o.Unnamed {
		out = append(out, p.mapKey(r, u.Name, u.At, o.UnnamedAt(i)))
	}
	for _, n := range o.Repeated {
		out = append(out, p.mapKey(r, value.OfString(n.Name), n.At, value.None))
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].written() < out[j].written() })
	return out
}

func (p *Pass) mapKey(r *eval.Resource, key value.Value, at value.Span, v value.Value) mapKey {
	k := mapKey{Key: key, Value: v, At: at}
	if nodeAt(p.Unit, at).IsZero() {
		k.Named = true
	}
	if k.Named || !inside(at, r.Body().At) {
		k.At = spot(r, "identity", "userAssignedIdentities")
		if !k.Named {
			k.From = at
		}
	}
	return k
}

// written is the position at which the key is written.
func (k mapKey) written() int32 {
	if k.From.IsValid() {
		return k.From.Start
	}
	return k.At.Start
}

// hostID is the id of the resource of the given type that r is a child of, see
// [facts.HostID].
func hostID(r *eval.Resource, hostType string) (value.Value, bool) { return facts.HostID(r, hostType) }

// byID finds the resources of a type that are deployed with an id. There may
// be several: one that is deployed twice, or under conditions. The ids are
// worked out when they are asked for.
type byID struct {
	p     *Pass
	types map[string]map[string][]*eval.Resource
}

func (p *Pass) byID() byID { return p.ids }

func (b byID) find(resourceType string, id value.Value) []*eval.Resource {
	if id.Kind != value.String && id.Kind != value.Text {
		return nil
	}
	name := value.Fold(resourceType)
	ids := b.types[name]
	if ids == nil {
		ids = map[string][]*eval.Resource{}
		for r := range b.p.deployed {
			if value.FoldEqual(r.Type, resourceType) {
				key := resourceid.Key(r.ID())
				ids[key] = append(ids[key], r)
			}
		}
		b.types[name] = ids
	}
	return ids[resourceid.Key(id)]
}

// hosts returns the resources of the type that r belongs to.
func (b byID) hosts(r *eval.Resource, hostType string) []*eval.Resource {
	if value.FoldEqual(r.Type, hostType) {
		return []*eval.Resource{r}
	}
	id, ok := hostID(r, hostType)
	if !ok {
		return nil
	}
	var out []*eval.Resource
	for _, h := range b.find(hostType, id) {
		if _, together := h.When.And(r.When); together {
			out = append(out, h)
		}
	}
	return out
}

// elsewhere tells whether another deployment of the same resource has, or may
// have, an identity.
func (b byID) elsewhere(r *eval.Resource) bool {
	for _, other := range b.find(r.Type, r.ID()) {
		if _, together := other.When.And(r.When); other == r || !together {
			continue
		}
		for _, c := range identityCases(other) {
			if !c.Absent && !(c.Known && c.Kinds.None()) {
				return true
			}
		}
	}
	return false
}
