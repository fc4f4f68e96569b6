package store

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"certreissue/docs"
	"certreissue/password"
	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

const formatPage = "format.md"

// TestFormatBuckets compares docs/format.md with the buckets of a new file.
func TestFormatBuckets(t *testing.T) {
	o := open(t)
	described := map[string]bool{}
	for _, row := range append(docs.Rows(t, formatPage, "## Buckets"), docs.Rows(t, formatPage, "## Indexes")...) {
		described[row[0]] = true
	}
	there := map[string]bool{}
	o.db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, _ *bolt.Bucket) error { there[string(name)] = true; return nil })
	})
	if !maps.Equal(described, there) {
		t.Errorf("described %q, there %q", slices.Sorted(maps.Keys(described)), slices.Sorted(maps.Keys(there)))
	}
	if text := docs.Text(t, formatPage); !strings.Contains(text, "of schema "+strconv.Itoa(len(migrations))+".") {
		t.Errorf("the page does not say that it is about schema %d", len(migrations))
	}
}

// TestFormatIndexes compares which indexes are unique.
func TestFormatIndexes(t *testing.T) {
	unique := map[string]string{}
	for _, each := range tables {
		table := reflect.ValueOf(each).Elem()
		for _, index := range table.FieldByName("indexes").Seq2() {
			word := "no"
			if index.FieldByName("unique").Bool() {
				word = "yes"
			}
			unique[table.FieldByName("name").String()+"."+index.FieldByName("name").String()] = word
		}
	}
	for _, row := range docs.Rows(t, formatPage, "## Indexes") {
		if unique[row[0]] != row[1] || row[2] == "" || row[3] == "" {
			t.Errorf("%q; unique: %q", row, unique[row[0]])
		}
	}
}

// TestFormatSingles compares the records of which there is one, in a file where
// all of them are.
func TestFormatSingles(t *testing.T) {
	o := open(t)
	o.applied(1)
	o.loadAccounts(accountRow(2, "two"))
	o.print(o.proven(3).ID)
	if err := o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Telephone = "0311"; return nil }); err != nil {
		t.Fatal(err)
	}
	o.must(o.Archived(reissue.Console(), Archive{Year: 2026}, reissue.At(o.Now())))
	o.must(errOf(o.Remind(t.Context())))
	o.must(o.KeepAlarms(reissue.Alarms{}, nil))
	described := map[string]bool{}
	for _, row := range docs.Rows(t, formatPage, "## Singles") {
		described[row[0]] = true
	}
	there := map[string]bool{}
	o.db.View(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte(singles)).ForEach(func(name, _ []byte) error { there[string(name)] = true; return nil })
	})
	if !maps.Equal(described, there) {
		t.Errorf("described %q, there %q", slices.Sorted(maps.Keys(described)), slices.Sorted(maps.Keys(there)))
	}
}

// TestFormatRecords compares every value of every record: its number, its name,
// its type.
func TestFormatRecords(t *testing.T) {
	records := map[reflect.Type]bool{}
	for _, each := range tables {
		record := reflect.ValueOf(each).Elem().FieldByName("key").Type().In(0).Elem()
		collect(record, records)
		name := reflect.ValueOf(each).Elem().FieldByName("name").String()
		if !slices.ContainsFunc(docs.Rows(t, formatPage, "## Buckets"), func(row []string) bool { return row[0] == name && row[2] == record.Name() }) {
			t.Errorf("%s holds records of %s", name, record.Name())
		}
	}
	for _, single := range []reflect.Type{reflect.TypeFor[identity](), reflect.TypeFor[reissue.Settings](), reflect.TypeFor[sequence](), reflect.TypeFor[chainHead](), reflect.TypeFor[password.Cost](), reflect.TypeFor[archived](), reflect.TypeFor[reissue.Alarms](), reflect.TypeFor[rounds]()} {
		collect(single, records)
	}
	for record := range records {
		var described, is []string
		for _, row := range docs.Rows(t, formatPage, "### "+record.Name()) {
			described = append(described, strings.Join(row[:3], " "))
		}
		for i := range record.NumField() {
			field := record.Field(i)
			number, _, _ := strings.Cut(field.Tag.Get("cbor"), ",")
			if number == "-" {
				continue // kept elsewhere
			}
			is = append(is, strings.Join([]string{number, field.Name, typeWord(field.Type)}, " "))
		}
		slices.Sort(described)
		slices.Sort(is)
		if !slices.Equal(described, is) {
			t.Errorf("%s:\ndescribed %q\nis        %q", record.Name(), described, is)
		}
	}
	if headings := strings.Count(docs.Text(t, formatPage), "\n### "); headings != len(records) {
		t.Errorf("%d records are described, there are %d", headings, len(records))
	}
}

// collect finds the records of the file in a type.
func collect(t reflect.Type, records map[reflect.Type]bool) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || records[t] {
		return
	}
	records[t] = true
	for i := range t.NumField() {
		collect(t.Field(i).Type, records)
	}
}

// typeWord is a type as the page calls it.
func typeWord(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[reissue.Moment]():
		return "moment"
	case t == reflect.TypeFor[[]byte]():
		return "bytes"
	case t.Kind() == reflect.Bool:
		return "yes or no"
	case t.Kind() == reflect.String:
		return "text"
	case t.Kind() == reflect.Slice:
		return "list of " + typeWord(t.Elem())
	case t.Kind() == reflect.Map:
		return typeWord(t.Key()) + " → " + typeWord(t.Elem())
	case t.Kind() == reflect.Pointer:
		return typeWord(t.Elem())
	case t.Kind() == reflect.Struct:
		return t.Name()
	}
	return "number"
}
