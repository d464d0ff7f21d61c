package discover

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWalkAtOnce holds that it does not matter how many search at the same time,
// nor that the same folders are named several times.
func TestWalkAtOnce(t *testing.T) {
	files := map[string]string{".gitignore": "left.json\n"}
	for i := range 60 {
		folder := fmt.Sprintf("a%d/b%d/c%d/", i%3, i%7, i)
		files[folder+"main.json"], files[folder+"left.json"], files[folder+"other.json"] = "T", "T", "{}"
		files[folder+"x.json"], files[folder+"x.bicep"] = generatedText, ""
	}
	tr := newTree(t, files)
	symlink(t, "../../gone.json", tr.Dir()+"/a1/b1/broken.json")
	found := func(cores int) string {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		return fmt.Sprint(walk(t, tr, Options{}, "a1", ".", "a2/b2", "a1/b1", "a0"))
	}
	want := found(1)
	for range 20 {
		if diff := cmp.Diff(want, found(8)); diff != "" {
			t.Fatal(diff)
		}
	}
}
