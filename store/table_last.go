package store

import bolt "go.etcd.io/bbolt"

// lastKey moves the cursor to the last key and gives it, nil where there is none.
// Cursor.Last never returns where one transaction has emptied all of several pages.
func lastKey(cursor *bolt.Cursor) []byte {
	if k, _ := cursor.First(); k == nil {
		return nil
	}
	k, _ := cursor.Last()
	return k
}
