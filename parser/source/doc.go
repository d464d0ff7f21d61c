// Package source reads JSON the way Azure Resource Manager's own tools tolerate
// it and keeps the byte offset of everything it read.
//
// One pass over the text fills one flat table with a 16-byte entry for each
// value and each property name, in the order of the text; a [Node] is an index
// into that table. Strings stay where they are in the text until somebody asks
// for them, and lines are counted only when a position is printed.
//
// Beyond strict JSON it accepts a byte order mark, UTF-16 with one, comments,
// trailing commas, raw line breaks and other control characters inside strings,
// duplicate names, names that differ in case only, and strings in single quotes.
// [File.Notes] says which of those a text made use of. What Azure refuses too is
// an [Error]; the tree up to that place is kept.
package source
