// Package reissue holds the rules of the trade: who a person is, what a
// certificate says, which exam it belongs to, and how an application for a
// reissued certificate moves from state to state. It knows no database and no
// web; the store runs these rules inside its transactions, so that no way in
// can go around them.
package reissue
