package access

import (
	"cmp"
	"slices"
	"sort"
)

// sweeps is how often the columns are sorted in each direction; more of them hardly help.
const sweeps = 12

// arrange sorts the nodes of each column so that few links cross: each node moves to the mean of its neighbours in the
// column beside it, from left to right and back, and the best arrangement is kept. Sugiyama, Tagawa and Toda, "Methods
// for Visual Understanding of Hierarchical System Structures", 1981.
func (g *graph) arrange() {
	left, right := g.neighbours()
	best, fewest := g.order(), g.crossings()
	for range sweeps {
		if fewest == 0 {
			break
		}
		for c := 1; c < columnCount; c++ {
			g.sortColumn(c, left)
		}
		for c := columnCount - 2; c >= 0; c-- {
			g.sortColumn(c, right)
		}
		if n := g.crossings(); n < fewest {
			best, fewest = g.order(), n
		}
	}
	g.columns = best
}

// neighbours returns the nodes that each node is linked to, on either side.
func (g *graph) neighbours() (left, right [][]int) {
	left, right = make([][]int, len(g.nodes)), make([][]int, len(g.nodes))
	for _, l := range g.links {
		left[l.to] = append(left[l.to], l.from)
		right[l.from] = append(right[l.from], l.to)
	}
	return left, right
}

// order returns a copy of the columns.
func (g *graph) order() (out [columnCount][]int) {
	for c := range g.columns {
		out[c] = slices.Clone(g.columns[c])
	}
	return out
}

// places returns the place of each node within its column.
func (g *graph) places() []int {
	out := make([]int, len(g.nodes))
	for _, column := range g.columns {
		for i, n := range column {
			out[n] = i
		}
	}
	return out
}

// sortColumn sorts a column by the mean place of the neighbours. A node without any keeps its place as far as it can.
func (g *graph) sortColumn(c int, neighbours [][]int) {
	places := g.places()
	mean := map[int]float64{}
	for _, n := range g.columns[c] {
		mean[n] = float64(places[n])
		if len(neighbours[n]) == 0 {
			continue
		}
		sum := 0
		for _, o := range neighbours[n] {
			sum += places[o]
		}
		mean[n] = float64(sum) / float64(len(neighbours[n]))
	}
	slices.SortStableFunc(g.columns[c], func(a, b int) int { return cmp.Compare(mean[a], mean[b]) })
}

// crossings counts the pairs of links that cross.
func (g *graph) crossings() int {
	places := g.places()
	var between [columnCount][]link
	for _, l := range g.links {
		c := g.nodes[l.from].column
		between[c] = append(between[c], link{places[l.from], places[l.to]})
	}
	n := 0
	for c, links := range between {
		if len(links) > 0 {
			n += inversions(links, len(g.columns[c+1]))
		}
	}
	return n
}

// inversions counts the pairs of links of which one begins above and ends below the other. It counts the ends seen so
// far in a Fenwick tree.
func inversions(links []link, size int) int {
	sort.Slice(links, func(i, j int) bool {
		a, b := links[i], links[j]
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) < 0
	})
	tree := make([]int, size+1)
	count := 0
	for seen, l := range links {
		notBelow := 0
		for i := l.to + 1; i > 0; i -= i & -i {
			notBelow += tree[i]
		}
		count += seen - notBelow
		for i := l.to + 1; i <= size; i += i & -i {
			tree[i]++
		}
	}
	return count
}
