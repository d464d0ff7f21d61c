package template

import "strings"

// closed begins what stands for a type of which there is none.
const closed = "avm.res."

// ClosedType is what stands for the type of the resource of a module that
// cannot be seen into, given the name of the module: "avm.res.web/site" of
// "web/site". It is "" of a name without a slash.
func ClosedType(module string) string {
	i := strings.LastIndexByte(module, '/')
	if i < 0 {
		return ""
	}
	return closed + strings.ReplaceAll(module[:i], "/", ".") + module[i:]
}

// IsClosed tells whether a type stands for one that is not known: nothing may
// be said of its resource but what the resource itself has.
func IsClosed(typ string) bool { return strings.HasPrefix(typ, closed) }
