package armfn

import "testing"

func TestParseCIDR(t *testing.T) {
	tests := []struct {
		s    string
		want CIDR
	}{
		{"10.144.0.0/20", CIDR{"10.144.0.0", "255.255.240.0", "10.144.15.255", "10.144.0.1", "10.144.15.254", 20, true}},
		{"0.0.0.0/0", CIDR{"0.0.0.0", "0.0.0.0", "255.255.255.255", "0.0.0.1", "255.255.255.254", 0, true}},
		{"10.0.0.0/16", CIDR{"10.0.0.0", "255.255.0.0", "10.0.255.255", "10.0.0.1", "10.0.255.254", 16, true}},
		{"10.0.0.4/30", CIDR{"10.0.0.4", "255.255.255.252", "10.0.0.7", "10.0.0.5", "10.0.0.6", 30, true}},
		{"10.1.1.1/32", CIDR{"10.1.1.1", "255.255.255.255", "10.1.1.1", "10.1.1.1", "10.1.1.1", 32, true}},
		{"FDAD:3236:5555::/48", CIDR{"fdad:3236:5555::", "ffff:ffff:ffff::", "", "fdad:3236:5555::", "fdad:3236:5555:ffff:ffff:ffff:ffff:ffff", 48, false}},
		{"fdad:3236:5555::/128", CIDR{"fdad:3236:5555::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "", "fdad:3236:5555::", "fdad:3236:5555::", 128, false}},
		{"::/0", CIDR{"::", "::", "", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 0, false}},
	}
	for _, tt := range tests {
		if got, err := ParseCIDR(tt.s); err != nil || got != tt.want {
			t.Errorf("ParseCIDR(%q) = %+v, %v", tt.s, got, err)
		}
	}
	for s, want := range map[string]string{
		"1000.144.0.0/20": fails, "192.168.1.0/33": fails, "fdad:nnnn:5555::/48": fails, "": fails, "10.0.0.0/": fails,
		"10.0.0.0/-1": fails, "/8": fails, "fe80::%eth0/64": fails, "10.0.0.0/8/8": fails,
		"10.0.0.0/31": unsettled, "10.0.0.5/24": unsettled, "10.0.0.0": unsettled, "10.00.0.0/8": unsettled,
		"10.0.0.0/08": unsettled, "10.0.0.0/255.0.0.0": unsettled, "::ffff:10.0.0.0/104": unsettled,
		"010.0.0.0/8": unsettled, "10.0.0.00/8": unsettled, "10.0.0.0/032": unsettled, "10.0.0.0/033": fails,
		"::ffff:10.00.0.0/104": fails, "2001:db8::/064": unsettled, "2001:db8::": unsettled, "10.0.0/8": fails,
	} {
		got, err := ParseCIDR(s)
		if got != (CIDR{}) {
			t.Errorf("ParseCIDR(%q) gives parts beside its error: %+v", s, got)
		}
		check(t, "ParseCIDR "+s, "", err, want)
	}
}

func TestCIDRSubnet(t *testing.T) {
	tests := []struct {
		s             string
		prefix, index int64
		want          string
	}{
		{"10.144.0.0/20", 24, 0, "10.144.0.0/24"},
		{"10.144.0.0/20", 24, 3, "10.144.3.0/24"},
		{"10.144.0.0/20", 24, 15, "10.144.15.0/24"},
		{"10.144.0.0/27", 27, 0, "10.144.0.0/27"},
		{"10.144.1.1/32", 32, 0, "10.144.1.1/32"},
		{"10.0.0.0/24", 31, 5, "10.0.0.10/31"},
		{"fdad:3236:5555::/48", 52, 3, "fdad:3236:5555:3000::/52"},
		{"2001:db8::/32", 48, 1, "2001:db8:1::/48"},
		{"2001:db8::/32", 128, 1<<63 - 1, "2001:db8::7fff:ffff:ffff:ffff/128"},
		{"::/0", 128, 9, "::9/128"},
		{"0.0.0.0/0", 32, 1<<32 - 1, "255.255.255.255/32"},
		{"0.0.0.0/0", 32, 1 << 32, fails},
		{"::/0", 62, 1 << 62, fails},
		{"::/0", 62, 1<<62 - 1, "ffff:ffff:ffff:fffc::/62"},
		{"::/0", 63, 1<<62 + 1, "8000:0:0:2::/63"},
		{"::/0", 64, 1<<63 - 1, "7fff:ffff:ffff:ffff::/64"},
		{"10.144.0.0/20", 24, 16, fails},
		{"10.144.0.0/20", 24, -1, fails},
		{"10.144.0.0/20", 20, -1, fails},
		{"10.144.0.0/20", 16, 0, fails},
		{"10.144.0.0/20", 33, 0, fails},
		{"2001:db8::/32", 129, 0, fails},
		{"bad", 24, 0, fails},
		{"10.144.0.0/20", 20, 1, unsettled},
		{"10.144.1.0/20", 24, 0, unsettled},
	}
	for _, tt := range tests {
		got, err := CIDRSubnet(tt.s, tt.prefix, tt.index)
		check(t, "CIDRSubnet "+tt.s, got, err, tt.want)
	}
}

func TestCIDRHost(t *testing.T) {
	tests := []struct {
		s     string
		index int64
		want  string
	}{
		{"192.168.1.0/24", 0, "192.168.1.1"},
		{"192.168.1.0/24", 253, "192.168.1.254"},
		{"10.0.0.0/30", 0, "10.0.0.1"},
		{"10.0.0.0/30", 1, "10.0.0.2"},
		{"10.0.0.0/30", 2, fails},
		{"2001:db8::/126", 2, "2001:db8::3"},
		{"2001:db8::/126", 3, fails},
		{"0:0:0:1::/64", 0, "::1:0:0:0:1"},
		{"10.0.0.0/0", 0, unsettled}, // its address has bits beyond the prefix
		{"fdad:3236:5555:3000::/52", 0, "fdad:3236:5555:3000::1"},
		{"fdad:3236:5555:3000::/52", 4, "fdad:3236:5555:3000::5"},
		{"::/0", 1<<63 - 1, "::8000:0:0:0"},
		{"192.168.1.0/24", 254, fails},
		{"192.168.1.0/24", -1, fails},
		{"0.0.0.0/0", 1 << 32, fails},
		{"255.255.255.0/24", 1 << 40, fails},
		{"ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff0/124", 1<<63 - 1, fails},
		{"nothing", 0, fails},
		{"10.0.0.0/31", 0, unsettled},
		{"10.0.0.1/32", 0, unsettled},
		{"2001:db8::/127", 0, unsettled},
		{"2001:db8::1/128", 0, unsettled},
	}
	for _, tt := range tests {
		got, err := CIDRHost(tt.s, tt.index)
		check(t, "CIDRHost "+tt.s, got, err, tt.want)
	}
}
