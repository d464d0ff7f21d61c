package access

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The columns of the graph, from left to right.
const (
	hostColumn = iota
	principalColumn
	roleColumn
	scopeColumn
	columnCount
)

// columnNames are the headings of the columns.
var columnNames = [columnCount]string{"Host", "Principal", "Role", "Scope"}

// hostLimit is how many hosts of one principal are drawn; the others are one node.
const hostLimit = 6

// node is a box of the graph.
type node struct {
	column int
	label  string // what it is
	note   string // the small line below
	title  string // the whole, for a tooltip
	power  Power  // of a role
	faint  bool   // a principal that is not known, or granted nothing
}

// link is an edge from a node to one of the next column.
type link struct {
	from, to int
}

// line is how a link looks.
type line struct {
	power  Power // of the grant; the links from hosts have none
	plain  bool  // from a host
	dashed bool  // the grant has a condition
	title  string
}

// path is a grant in the graph.
type path struct {
	hosts                  []int
	principal, role, scope int
}

// graph is who gets what where, as a picture: host, principal, role, scope. Roles that several principals hold share a
// node only if each of them holds the role on every scope the node leads to, so that each way through the picture is a
// grant that there is.
type graph struct {
	nodes   []node
	columns [columnCount][]int // nodes from top to bottom
	links   []link
	lines   map[link]line
	paths   []path // of the grants, in their order
	idle    []path // of the identities without a grant
	keys    map[string]int
}

// newGraph makes the graph of grants and of identities that are granted nothing.
func newGraph(grants []*Grant, idle []*Identity) *graph {
	g := &graph{lines: map[link]line{}, keys: map[string]int{}, paths: make([]path, len(grants))}
	for _, i := range worstFirst(grants) {
		g.paths[i].principal, g.paths[i].hosts = g.principal(&grants[i].Principal, false)
		g.paths[i].scope = g.scope(&grants[i].Scope)
	}
	g.roles(grants)
	for _, i := range idle {
		var p path
		p.principal, p.hosts = g.principal(&i.Principal, true)
		g.idle = append(g.idle, p)
	}
	g.arrange()
	return g
}

// worstFirst returns the indices of the grants by power, the greatest first.
func worstFirst(grants []*Grant) []int {
	order := make([]int, len(grants))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(grants[b].Role.Power, grants[a].Role.Power)
	})
	return order
}

// add returns the node with this key, made at its first use.
func (g *graph) add(key string, n node) int {
	key = strconv.Itoa(n.column) + "\x00" + key
	if i, ok := g.keys[key]; ok {
		return i
	}
	i := len(g.nodes)
	g.keys[key] = i
	g.nodes = append(g.nodes, n)
	g.columns[n.column] = append(g.columns[n.column], i)
	return i
}

// connect links two nodes.
func (g *graph) connect(from, to int, l line) {
	k := link{from, to}
	if _, ok := g.lines[k]; ok {
		return
	}
	g.lines[k] = l
	g.links = append(g.links, k)
}

// principal adds a principal and its hosts.
func (g *graph) principal(p *Principal, idle bool) (int, []int) {
	n := node{column: principalColumn, label: p.Name, note: p.Kind}
	n.faint = idle || !p.Known
	switch {
	case !p.Known:
		n.note += ", undecided"
	case idle:
		n.note += ", no grants"
	}
	n.title = lines(p.Name, n.note, p.ID)
	to := g.add(p.Key, n)
	hosts := make([]int, 0, hostLimit)
	for i := range min(len(p.Hosts), hostLimit) {
		from := 0
		look := line{plain: true, title: lines(p.Hosts[i].Name+" runs as "+p.Name, deployedIf(p.Hosts[i].Maybe))}
		if i == hostLimit-1 && len(p.Hosts) > hostLimit {
			from, look.title = g.more(p, p.Hosts[i:]), ""
		} else {
			from = g.host(&p.Hosts[i])
		}
		hosts = append(hosts, from)
		g.connect(from, to, look)
	}
	return to, hosts
}

func (g *graph) host(h *Host) int {
	return g.add(hostKey(h), node{column: hostColumn, label: h.Name, note: h.Type, title: lines(h.Name, h.Type, h.ID)})
}

// more adds one node for the many other hosts of a principal.
func (g *graph) more(p *Principal, hosts []Host) int {
	names := make([]string, len(hosts))
	for i := range hosts {
		names[i] = hosts[i].Name
	}
	return g.add("more\x00"+p.Key, node{
		column: hostColumn, label: fmt.Sprintf("and %d more", len(hosts)), title: strings.Join(names, ", "),
	})
}

func (g *graph) scope(s *Scope) int {
	return g.add(scopeKey(s), node{column: scopeColumn, label: s.short(), note: s.note(), title: lines(s.short(), s.note(), s.ID)})
}

// roles adds the roles of all grants. The principals and scopes are there already.
func (g *graph) roles(grants []*Grant) {
	type onScope struct {
		role  string
		scope int
	}
	holders := map[onScope][]int{}
	for i, p := range g.paths {
		k := onScope{roleKey(grants[i]), p.scope}
		holders[k] = append(holders[k], p.principal)
	}
	for k, list := range holders {
		slices.Sort(list)
		holders[k] = slices.Compact(list)
	}
	for _, i := range worstFirst(grants) {
		p, grant := &g.paths[i], grants[i]
		key := roleKey(grant)
		p.role = g.add(key+"\x00"+fmt.Sprint(holders[onScope{key, p.scope}]), roleNode(grant))
		l := line{power: grant.Role.Power, dashed: grant.Condition != ""}
		l.title = lines(grant.Principal.Name+" gets "+grant.Role.Name, onlyIf(grant.Condition))
		g.connect(p.principal, p.role, l)
		l.title = lines(grant.Role.Name+" on "+grant.Scope.short(), onlyIf(grant.Condition))
		g.connect(p.role, p.scope, l)
	}
}

func roleNode(grant *Grant) node {
	r := &grant.Role
	n := node{column: roleColumn, label: r.Name, note: r.Power.String(), power: r.Power}
	n.title = lines(r.Name, grant.Plane, r.Power.String(), r.Evidence, onlyIf(grant.Condition), grant.Note)
	if grant.Condition != "" {
		n.note += ", with a condition"
	}
	return n
}

// short names a scope beside its note.
func (s *Scope) short() string {
	if s.Name == "" || s.Type == "" && s.isDeployedTo() {
		return s.Label()
	}
	return s.Name
}

// note says what a scope is: its type, or its level.
func (s *Scope) note() string {
	if s.Type != "" {
		return s.Type
	}
	return cmp.Or(s.Level, "scope not known")
}

// The keys tell hosts, roles and scopes apart. Azure compares ids without case.

func hostKey(h *Host) string {
	return strings.ToLower(cmp.Or(h.ID, h.Type+"\x00"+h.Name))
}

func scopeKey(s *Scope) string {
	return strings.ToLower(cmp.Or(s.ID, s.Level+"\x00"+s.Type+"\x00"+s.Name))
}

func roleKey(g *Grant) string {
	return definitionKey(g) + "\x00" + g.Condition
}

func definitionKey(g *Grant) string {
	r := &g.Role
	return strings.Join([]string{g.Plane, strings.ToLower(r.ID), r.Name, r.Power.String()}, "\x00")
}

func onlyIf(condition string) string {
	if condition == "" {
		return ""
	}
	return "only if " + condition
}

func deployedIf(condition string) string {
	if condition == "" {
		return ""
	}
	return "deployed if " + condition
}

// lines joins what is not empty and not a repetition, for a tooltip.
func lines(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}
