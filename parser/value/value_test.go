package value

import (
	"reflect"
	"testing"
)

func TestSizeOfValue(t *testing.T) {
	if n, most := reflect.TypeFor[Value]().Size(), 4*reflect.TypeFor[uintptr]().Size(); n > most {
		t.Errorf("a Value has %d bytes, and the compiler copies in registers no more than %d", n, most)
	}
}
