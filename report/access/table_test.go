package access

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/report"
)

// TestTableWidth checks that no line is wider than the terminal, down to where nothing can be made narrower, and that
// nothing of a cell is lost.
func TestTableWidth(t *testing.T) {
	for _, width := range []int{60, 80, 100, 120, 200} {
		var b strings.Builder
		if err := Table(&b, sample(), report.Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			line = strings.TrimSuffix(line, "\n")
			if n := report.Columns(line); n > width {
				t.Errorf("%d columns of %d: %q", n, width, line)
			}
			if strings.TrimRight(line, " ") != line {
				t.Errorf("blanks at the end of %q", line)
			}
		}
		bare := strings.NewReplacer(" ", "", "\n", "").Replace(b.String())
		for _, g := range sample().Grants {
			if want := strings.ReplaceAll(g.Principal.Name, " ", ""); !strings.Contains(bare, want) {
				t.Errorf("width %d: %q is not told", width, want)
			}
		}
	}
}

// TestLeaveOut checks that an identity is not said to have nothing because its grants are left out.
func TestLeaveOut(t *testing.T) {
	a := sample()
	idle := len(a.idle())
	all := len(a.Grants)
	a.LeaveOut(PowerBroad)
	if len(a.idle()) != idle {
		t.Errorf("%d identities are said to be granted nothing, want %d", len(a.idle()), idle)
	}
	if a.Left == 0 || a.Left+len(a.Grants) != all {
		t.Errorf("%d of %d grants are left out, %d stay", a.Left, all, len(a.Grants))
	}
	for _, g := range a.Grants {
		if g.Role.Power < PowerBroad && g.Role.Power != PowerUnknown {
			t.Errorf("'%s' stays", g.Role.Name)
		}
	}
}

// TestPowerNames checks that names lead back to the powers.
func TestPowerNames(t *testing.T) {
	for _, name := range PowerNames() {
		if p, ok := PowerNamed(name); !ok || p.Name() != name {
			t.Errorf("%q names %v", name, p)
		}
	}
	if _, ok := PowerNamed("huge"); ok {
		t.Error("there is a power 'huge'")
	}
}

// spread is an access of n grants, some of them escalating, each with a principal and a scope of its own.
func spread(n int) *Access {
	a := &Access{Complete: true}
	for i := range n {
		p := Principal{Kind: UserAssigned, Name: fmt.Sprintf("id-%05d", i), Key: fmt.Sprint(i), Known: true}
		power := PowerReadData
		if i%100 == 7 {
			power = PowerEscalate
		}
		a.Grants = append(a.Grants, Grant{
			Plane: AzureRole, Principal: p, Role: Role{Name: "Role | " + power.Name(), Known: true, Power: power},
			Scope: Scope{Level: "resource", Type: "A.B/c", Name: fmt.Sprintf("scope-%d", i), ID: fmt.Sprintf("/%d", i)}, At: at("main.json", i+1, 1), Root: "main.json",
		})
	}
	return a
}

// TestLimits checks that what many grants become still fits, that the worst are kept, and that it is said what is not.
func TestLimits(t *testing.T) {
	a := spread(3000)
	page := MarkdownTable(a, maxMarkdown)
	if len(page) > maxMarkdown+200 || strings.Count(page, "grants access") != 30 || !strings.Contains(page, "of less power") {
		t.Errorf("the page has %d bytes and %d of 30 escalating grants", len(page), strings.Count(page, "grants access"))
	}
	chart := MermaidGraph(a, 0)
	if len(chart) > mermaidText || strings.Count(chart, "->") > mermaidEdges {
		t.Errorf("the chart has %d characters and %d arrows", len(chart), strings.Count(chart, "->"))
	}
	if strings.Count(chart, ":::worst") != 30 || !strings.Contains(chart, "grants of less power") {
		t.Errorf("the chart has %d of 30 escalating roles", strings.Count(chart, ":::worst"))
	}
	if small := MermaidGraph(a, 12); strings.Count(small, "[\"") > 16 {
		t.Errorf("a chart of 12 boxes:\n%s", small)
	}
	if MarkdownTable(a, 1000) == "" || len(MarkdownTable(a, 1000)) > 1300 {
		t.Errorf("a page of 1000 bytes has %d", len(MarkdownTable(a, 1000)))
	}
}

// TestCompare checks that the order is total and puts the worst of a principal first.
func TestCompare(t *testing.T) {
	gs := sample().Grants
	for i := range gs {
		if Compare(gs[i], gs[i]) != 0 {
			t.Errorf("%d differs from itself", i)
		}
		for j := range gs {
			if Compare(gs[i], gs[j]) != -Compare(gs[j], gs[i]) {
				t.Errorf("%d and %d have no order", i, j)
			}
		}
	}
	wide, narrow := gs[0], gs[0]
	wide.Scope, narrow.Scope = Scope{Level: "subscription"}, Scope{Level: "resource"}
	if Compare(wide, narrow) >= 0 {
		t.Error("a resource comes before a subscription")
	}
	weak, strong := gs[0], gs[0]
	weak.Role.Power, strong.Role.Power = PowerReadData, PowerEscalate
	if Compare(strong, weak) >= 0 {
		t.Error("reading comes before escalating")
	}
}

// TestHostLabels checks how the hosts of a principal are told in short.
func TestHostLabels(t *testing.T) {
	hosts := func(names ...string) *Principal {
		p := &Principal{}
		for _, n := range names {
			p.Hosts = append(p.Hosts, Host{Type: "A.B/sites", Name: n})
		}
		return p
	}
	for _, c := range []struct {
		p    *Principal
		want string
	}{
		{hosts(), "[]"},
		{hosts("a", "b"), "[sites a sites b]"},
		{hosts("a", "b", "a"), "[sites a ×2 sites b]"},
		{hosts("a", "b", "c"), "[sites a sites b sites c]"},
		{hosts("a", "b", "c", "d", "d"), "[sites a sites b and 3 more]"},
	} {
		if got := fmt.Sprint(c.p.hostLabels(3)); got != c.want {
			t.Errorf("%v is told as %s, want %s", c.p.Hosts, got, c.want)
		}
	}
}
