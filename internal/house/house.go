// Package house holds the tests of how the repository is built: who imports
// whom, that there is one program, that the map for newcomers is complete.
package house
