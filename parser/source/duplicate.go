package source

import (
	"hash/maphash"
	"math/bits"
)

// keySeed seeds the hash tables of property names, so that nobody can write a
// file whose names all fall into one slot.
var keySeed = maphash.MakeSeed()

// fewKeys is the number of names up to which comparing each with each is faster
// than hashing them.
const fewKeys = 8

// hasDuplicate reports whether two members of the object that was just closed
// have exactly the same name.
func (f *File) hasDuplicate(nodes []entry, object frame) bool {
	if object.count > fewKeys {
		return f.hasDuplicateOfMany(nodes, object)
	}
	var seen [fewKeys]int32
	n := 0
	for k := object.node + 1; int(k) < len(nodes); k = nodes[k+1].next {
		key := &nodes[k]
		if key.meta&flagEscaped != 0 {
			return f.hasDuplicateOfMany(nodes, object)
		}
		size := key.end - key.start
		for _, s := range seen[:n] {
			if o := &nodes[s]; o.end-o.start == size && f.Text[o.start+1:o.end-1] == f.Text[key.start+1:key.end-1] {
				return true
			}
		}
		seen[n] = k
		n++
	}
	return false
}

// hasDuplicateOfMany is hasDuplicate in linear time, through a hash table with
// open addressing that holds indices of names.
func (f *File) hasDuplicateOfMany(nodes []entry, object frame) bool {
	size := 1 << bits.Len(uint(object.count)*2)
	if cap(f.keys) < size {
		f.keys = make([]int32, size)
	}
	table := f.keys[:size]
	clear(table)
	mask := uint64(size - 1)
	for k := object.node + 1; int(k) < len(nodes); k = nodes[k+1].next {
		name := f.stringText(&nodes[k])
		slot := maphash.String(keySeed, name) & mask
		for ; table[slot] != 0; slot = (slot + 1) & mask {
			if f.stringText(&nodes[table[slot]]) == name {
				return true
			}
		}
		table[slot] = k // never 0: that is the root
	}
	return false
}
