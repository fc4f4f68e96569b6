// Package mutants holds ways to break the program on purpose, and the test that
// must notice each. The normal suite only sees to it that each still applies and compiles;
//
//	go test ./e2e/mutants -mutants
//
// breaks one after the other and runs its test.
package mutants

// mutant is a piece of a file as it is, and broken.
type mutant struct {
	what string // is broken
	file string // from the top of the repository
	old  string // stands there once
	new  string
	test string // fails then, in the room of the file, or in another after a colon: "./handlers:TestX"
}
