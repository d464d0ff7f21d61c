package sample

// Axis is one way in which a template grows.
type Axis struct {
	Name  string
	Unit  string // what the steps count
	Steps []int  // the largest is eight times the second largest
	Make  func(n int) Set
}

// Axes are the ways in which templates grow, one at a time.
func Axes() []Axis {
	return []Axis{
		{"size", "bytes", []int{1_526, 12_207, 97_656, 781_250, 6_250_000, 50_000_000}, func(n int) Set { return Shape{Bytes: n}.JSON() }},
		{"resources", "resources", []int{1, 12, 100, 800}, func(n int) Set { return Shape{Resources: n}.JSON() }},
		{"copies", "copies", []int{1, 12, 100, 800}, func(n int) Set { return Shape{Resources: group, Copies: n}.JSON() }},
		{"nesting", "levels", []int{1, 2, 4, 8}, func(n int) Set { return Shape{Resources: 8 * group, Depth: n}.JSON() }},
		{"module uses", "uses", []int{1, 8, 62, 500}, func(n int) Set { return Shape{Uses: n}.JSON() }},
		{"linked uses", "uses", []int{1, 8, 62, 500}, func(n int) Set { return Shape{Uses: n, Linked: true}.JSON() }},
		{"expression length", "terms", []int{12, 100, 800}, func(n int) Set { return Shape{Resources: 8 * group, Terms: n}.JSON() }},
		{"expression depth", "calls", []int{3, 25, 200}, func(n int) Set { return Shape{Resources: 8 * group, Parens: n}.JSON() }},
		{"Bicep resources", "resources", []int{1, 12, 100, 800}, func(n int) Set { return Shape{Resources: n}.Bicep() }},
		{"Bicep copies", "copies", []int{1, 12, 100, 800}, func(n int) Set { return Shape{Resources: group, Copies: n}.Bicep() }},
		{"Bicep nesting", "levels", []int{1, 2, 4, 8}, func(n int) Set { return Shape{Resources: 8 * group, Depth: n}.Bicep() }},
		{"Bicep module uses", "uses", []int{1, 8, 62, 500}, func(n int) Set { return Shape{Uses: n}.Bicep() }},
	}
}
