//go:build race

package cli

// raceDetector tells whether the tests run under the race detector, which takes
// many times the time and the memory.
const raceDetector = true
