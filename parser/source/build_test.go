package source

import (
	"slices"
	"testing"
)

// TestBuilder: a File that was made has the nodes that reading its text gives.
func TestBuilder(t *testing.T) {
	other := Parse("", []byte(`[0, {"a" : [ "x\ty", /* in between */ {} ] }]`))
	b := NewBuilder(0)
	b.Open(Object)
	for _, name := range []string{"plain", "quo\"te", "line\r\n\ttab\x01", "copy", "ü"} {
		b.BeginName()
		b.Text(name)
		b.EndString()
		b.Open(Array)
		b.Plain(Number, "-1.5e3")
		b.Plain(True, "true")
		b.Open(Object)
		b.Close()
		b.Copy(other.Root().At(1))
		b.BeginString()
		b.Text("a\\")
		if got := b.Offset(); got != 2 {
			t.Errorf("what follows stands at %d of the text", got)
		}
		b.Text("b")
		b.EndString()
		b.Close()
	}
	b.Close()
	built := b.File("built.json")
	read := Parse("built.json", []byte(built.Text))
	if len(read.Errors) > 0 {
		t.Fatalf("%s in\n%s", read.Errors[0].Message, built.Text)
	}
	if !slices.Equal(built.nodes, read.nodes) {
		t.Errorf("nodes\n%v\nread\n%v\nof\n%s", built.nodes, read.nodes, built.Text)
	}
}
