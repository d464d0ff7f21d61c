package access

import "encoding/json"

// The data of the page. The numbers of a grant are places in the lists.
type (
	pageData struct {
		Powers     []string        `json:"powers"`
		Columns    []string        `json:"columns"`
		Measures   pageMeasures    `json:"measures"`
		Nodes      []pageNode      `json:"nodes"`
		Principals []pagePrincipal `json:"principals"`
		Roles      []pageRole      `json:"roles"`
		Scopes     []pageScope     `json:"scopes"`
		Grants     []pageGrant     `json:"grants"` // as the rows of the table
		Idle       []int           `json:"idle"`   // principals without a grant
	}
	pageMeasures struct {
		Margin  int `json:"margin"`
		Width   int `json:"width"`
		Height  int `json:"height"`
		Column  int `json:"column"`
		Row     int `json:"row"`
		Bar     int `json:"bar"`
		Text    int `json:"text"`
		Tip     int `json:"tip"`
		Picture int `json:"picture"`
		Limit   int `json:"limit"`
	}
	pageNode struct {
		Column int    `json:"column"`
		Order  int    `json:"order"` // from top to bottom
		Label  string `json:"label"` // shortened
		Note   string `json:"note"`  // shortened
		Title  string `json:"title"`
		Power  int    `json:"power"`
		Faint  bool   `json:"faint,omitempty"`
	}
	pagePrincipal struct {
		Name  string     `json:"name"`
		Kind  string     `json:"kind"`
		ID    string     `json:"id,omitempty"`
		Known bool       `json:"known"`
		Hosts []pageHost `json:"hosts,omitempty"`
		Node  int        `json:"node"`
		From  []int      `json:"from,omitempty"` // nodes of the hosts
	}
	pageHost struct {
		Type  string `json:"type"`
		Name  string `json:"name"`
		ID    string `json:"id,omitempty"`
		At    string `json:"at"`
		Maybe string `json:"maybe,omitempty"`
	}
	pageRole struct {
		Name        string            `json:"name"`
		ID          string            `json:"id,omitempty"`
		Custom      bool              `json:"custom,omitempty"`
		Known       bool              `json:"known"`
		Power       int               `json:"power"`
		Evidence    string            `json:"evidence,omitempty"`
		Permissions []pagePermissions `json:"permissions,omitempty"`
	}
	pagePermissions struct {
		Actions        []string `json:"actions,omitempty"`
		NotActions     []string `json:"notActions,omitempty"`
		DataActions    []string `json:"dataActions,omitempty"`
		NotDataActions []string `json:"notDataActions,omitempty"`
		Condition      string   `json:"condition,omitempty"`
	}
	pageScope struct {
		Level string `json:"level"`
		Note  string `json:"note"`
		Name  string `json:"name"`
		ID    string `json:"id,omitempty"`
		Node  int    `json:"node"`
	}
	pageGrant struct {
		Principal int      `json:"principal"`
		Role      int      `json:"role"`
		Scope     int      `json:"scope"`
		Node      int      `json:"node"` // of the role
		Plane     string   `json:"plane"`
		Condition string   `json:"condition,omitempty"`
		At        string   `json:"at"`
		Resource  string   `json:"resource"`
		Chain     []string `json:"chain,omitempty"`
		Root      string   `json:"root,omitempty"`
		Sets      []string `json:"sets,omitempty"`
		Maybe     string   `json:"maybe,omitempty"`
		Note      string   `json:"note,omitempty"`
		Count     int      `json:"count,omitempty"`
	}
)

var measures = pageMeasures{
	Margin: margin, Width: boxWidth, Height: boxHeight, Column: columnStep, Row: rowStep,
	Bar: barWidth, Text: textLeft, Tip: tipLength, Picture: pictureWidth, Limit: drawn,
}

// json returns the data of the page, fit for a script element: encoding/json spells <, > and & as escapes, as well as
// the line separators that scripts stumble over.
func (p *page) json() ([]byte, error) {
	d := pageData{Columns: columnNames[:], Nodes: p.nodes(), Measures: measures, Grants: []pageGrant{}, Idle: []int{}}
	for power := range PowerEscalate + 1 {
		d.Powers = append(d.Powers, power.String())
	}
	principals, roles, scopes := map[string]int{}, map[string]int{}, map[string]int{}
	principal := func(x *Principal, node int, from []int) int {
		return index(principals, &d.Principals, x.Key, func() pagePrincipal { return newPagePrincipal(x, node, from) })
	}
	for i, g := range p.grants {
		way := p.whole.paths[i]
		x := newPageGrant(g)
		x.Node = way.role
		x.Principal = principal(&g.Principal, way.principal, way.hosts)
		x.Role = index(roles, &d.Roles, definitionKey(g), func() pageRole { return newPageRole(&g.Role) })
		x.Scope = index(scopes, &d.Scopes, scopeKey(&g.Scope), func() pageScope {
			return pageScope{clean(g.Scope.level()), clean(g.Scope.note()), clean(g.Scope.short()), clean(g.Scope.ID), way.scope}
		})
		d.Grants = append(d.Grants, x)
	}
	for i, id := range p.shown.idle {
		way := p.whole.idle[i]
		d.Idle = append(d.Idle, principal(&id.Principal, way.principal, way.hosts))
	}
	return json.Marshal(d)
}

// index returns the place of what has this key in a list, where it is put at its first use.
func index[T any](places map[string]int, list *[]T, key string, make func() T) int {
	if i, ok := places[key]; ok {
		return i
	}
	places[key] = len(*list)
	*list = append(*list, make())
	return places[key]
}

func (p *page) nodes() []pageNode {
	places := p.whole.places()
	out := make([]pageNode, len(p.whole.nodes))
	for i := range out {
		n := &p.whole.nodes[i]
		out[i] = pageNode{Column: n.column, Order: places[i], Power: int(n.power), Faint: n.faint, Title: clean(n.title)}
		out[i].Label, out[i].Note = n.shortened()
	}
	return out
}

func newPagePrincipal(x *Principal, node int, from []int) pagePrincipal {
	out := pagePrincipal{Name: clean(x.Name), Kind: clean(x.Kind), ID: clean(x.ID), Known: x.Known, Node: node, From: from}
	for i := range x.Hosts {
		h := &x.Hosts[i]
		out.Hosts = append(out.Hosts, pageHost{clean(h.Type), clean(h.Name), clean(h.ID), place(h.At), clean(h.Maybe)})
	}
	return out
}

func newPageRole(r *Role) pageRole {
	out := pageRole{
		Name: clean(r.Name), ID: clean(r.ID), Custom: r.Custom, Known: r.Known, Power: int(r.Power), Evidence: clean(r.Evidence),
	}
	for _, x := range r.Permissions {
		out.Permissions = append(out.Permissions, pagePermissions{
			cleanAll(x.Actions), cleanAll(x.NotActions), cleanAll(x.DataActions), cleanAll(x.NotDataActions), clean(x.Condition),
		})
	}
	return out
}

func newPageGrant(g *Grant) pageGrant {
	return pageGrant{
		Plane: clean(g.Plane), Condition: clean(g.Condition), At: place(g.At), Resource: clean(g.Resource.Label()),
		Chain: cleanAll(g.Chain), Root: clean(g.Root), Sets: cleanAll(g.Sets), Maybe: clean(g.Maybe), Note: clean(g.Note), Count: g.Count,
	}
}

func cleanAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = clean(s)
	}
	return out
}
