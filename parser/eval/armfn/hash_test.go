package armfn

import "testing"

func TestGUID(t *testing.T) {
	tests := []struct {
		parts []string
		want  string
	}{
		{[]string{"foo", "bar", "baz"}, "2ed86837-7c7c-5eaa-9864-dd077fd19b0d"},
		{[]string{"foo-bar", "baz"}, "2ed86837-7c7c-5eaa-9864-dd077fd19b0d"},
		{[]string{"asdf"}, "228d27cc-6fdb-5934-b7ac-1efccebade04"},
		{[]string{"a"}, "3703365d-5a9f-59b4-bca7-b9681389e4c1"},
	}
	for _, tt := range tests {
		if got := GUID(tt.parts...); got != tt.want || !LooksLikeGUID(got) {
			t.Errorf("GUID(%q) = %s, want %s", tt.parts, got, tt.want)
		}
	}
}

func TestLooksLikeGUID(t *testing.T) {
	for s, want := range map[string]bool{
		"2ED86837-7c7c-5eaa-9864-dd077fd19b0d":   true,
		"{2ed86837-7c7c-5eaa-9864-dd077fd19b0d}": false,
		"2ed86837-7c7c-5eaa-9864-dd077fd19b0g":   false,
		"2ed86837a7c7c-5eaa-9864-dd077fd19b0d":   false,
		"2ed868377c7c-5eaa-9864-dd077fd19b0d-":   false,
		"2ed868377c7c5eaa9864dd077fd19b0d":       false,
		"2ed86837-7c7ca5eaa-9864-dd077fd19b0d":   false,
		"2ed86837-7c7c-5eaaa9864-dd077fd19b0d":   false,
		"2ed86837-7c7c-5eaa-9864add077fd19b0d":   false,
		"0123456789abcdef-ABCDEF0123456789abc":   false,
		"01234567-89ab-cdef-ABCD-EF0123456789":   true,
		"/1234567-89ab-cdef-ABCD-EF0123456789":   false,
		":1234567-89ab-cdef-ABCD-EF0123456789":   false,
		"@1234567-89ab-cdef-ABCD-EF0123456789":   false,
		"`1234567-89ab-cdef-ABCD-EF0123456789":   false,
		"G1234567-89ab-cdef-ABCD-EF0123456789":   false,
		"01234567-89ab-cdef-ABCD-EF012345678":    false,
		"01234567-89ab-cdef-ABCD-EF01234567890":  false,
		"":                                       false,
	} {
		if got := LooksLikeGUID(s); got != want {
			t.Errorf("LooksLikeGUID(%q) = %v, want %v", s, got, want)
		}
	}
}

// The joined texts cover every length modulo 8.
func TestUniqueString(t *testing.T) {
	tests := []struct {
		parts []string
		want  string
	}{
		{[]string{"a"}, "eveiun73364hy"},
		{[]string{"fu"}, "6rkxbspxjmsho"},
		{[]string{"snap", "crackle", "pop"}, "byghxckddilkc"},
		{[]string{"asd", "asdf", "asdf"}, "iizpqit7ih3cc"},
		{[]string{"hello", "world"}, "a7wkljktk6wne"},
		{[]string{"tyeth"}, "zcztcwvu6iyg6"},
		{[]string{"a", "b", "c"}, "gmauwwrtcq2xa"},
		{[]string{"fubar"}, "cj2xpqsiwjfne"},
		{[]string{"fu", "bar"}, "q5wxoscxs5j6k"},
		{[]string{"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myRg"}, "js26ofeqkqeve"},
		{[]string{"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"}, "dojm7b5lc3trm"},
		{[]string{"/subscriptions/00000000-0000-0000-0000-000000000000", "resource-id"}, "cwvxuqg24sifi"},
		{[]string{"/subscriptions/12345678-1234-1234-1234-123456789012/resourceGroups/my-rg", "Microsoft.Storage/storageAccounts"}, "z22rah77jfqry"},
	}
	for _, tt := range tests {
		if got := UniqueString(tt.parts...); got != tt.want {
			t.Errorf("UniqueString(%q) = %s, want %s", tt.parts, got, tt.want)
		}
	}
	if got := UniqueHash([]byte("hello-world")); got != 571013382255652050 {
		t.Errorf("UniqueHash = %d", got)
	}
}
