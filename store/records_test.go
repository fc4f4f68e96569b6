package store

import (
	"reflect"
	"strings"
	"testing"

	"certreissue/reissue"
)

// TestRecordNumbers holds that no record has two fields of one number: the
// encoding would leave out both, without a word.
func TestRecordNumbers(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(kind reflect.Type) {
		switch kind.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			walk(kind.Elem())
			return
		case reflect.Map:
			walk(kind.Key())
			walk(kind.Elem())
			return
		case reflect.Struct:
		default:
			return
		}
		if seen[kind] {
			return
		}
		seen[kind] = true
		numbers := map[string]string{}
		for i := range kind.NumField() {
			field := kind.Field(i)
			number, _, _ := strings.Cut(field.Tag.Get("cbor"), ",")
			if other := numbers[number]; other != "" && number != "" && number != "-" {
				t.Errorf("%s: %s and %s are both number %s", kind, other, field.Name, number)
			}
			numbers[number] = field.Name
			walk(field.Type)
		}
	}
	walk(reflect.TypeFor[reissue.Settings]())
	for _, table := range tables {
		walk(reflect.TypeOf(table).Elem().Field(1).Type.In(0))
	}
	if !seen[reflect.TypeFor[reissue.Event]()] {
		t.Error("the walk does not reach the records of the tables")
	}
}
