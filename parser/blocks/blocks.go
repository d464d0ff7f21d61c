// Package blocks hands out values of a type in blocks, so that many of them cost
// few allocations, and the next round none.
package blocks

const size = 64

// Of hands out values of type T. The zero Of is ready. It is not safe for
// concurrent use.
type Of[T any] struct {
	all   [][]T
	block int // that is handed out from
	used  int // of it
}

// Next returns a value that is zero.
func (b *Of[T]) Next() *T {
	if b.used == size {
		b.block, b.used = b.block+1, 0
	}
	if b.block == len(b.all) {
		b.all = append(b.all, make([]T, size))
	}
	t := &b.all[b.block][b.used]
	b.used++
	return t
}

// Reset takes back all values, which makes them zero and free to be handed out
// again.
func (b *Of[T]) Reset() {
	for i := range min(b.block+1, len(b.all)) {
		clear(b.all[i])
	}
	b.block, b.used = 0, 0
}
