package store

import (
	"reflect"
	"testing"

	"certreissue/idcard"
	"certreissue/reissue"
)

// TestCertificateRows: lines come back as they were read, sitting by sitting, each in the
// file's order.
func TestCertificateRows(t *testing.T) {
	o := open(t)
	full := reissue.Certificate{Person: human(1), Name: "王䶮", ExamYear: 2016, ExamName: "二级建造师", Level: "考全科", Specialty: "建筑工程",
		Sex: "男", BirthMonth: "199001", Number: "A-1", ApprovalDate: "20160605", City: "石家庄市", Collected: true}
	least := reissue.Certificate{Person: human(2), Name: "王一", ExamYear: 2016, ExamName: "二级建造师"}
	other := reissue.Certificate{Person: reissue.Person{Paper: "军官证", Number: idcard.Number("军字第12345678号")}, Name: "王一", ExamYear: 1990, ExamName: "会计"}
	rows, err := o.CertificateRows()
	o.must(err)
	defer rows.Close()
	for n, c := range []reissue.Certificate{other, least, full, least, full, least} {
		c.Level += string(rune('a' + n))
		o.must(rows.Add(n+300, &c))
	}
	type sittingOf struct {
		who   string
		exam  string
		lines []int
	}
	var got []sittingOf
	for one, err := range rows.sittings() {
		o.must(err)
		was := sittingOf{who: one.who, exam: one.exam.Name}
		for _, row := range one.rows {
			was.lines = append(was.lines, row.line)
			want := map[string]reissue.Certificate{full.Name: full, least.Name: least}[row.Name]
			if row.Person == other.Person {
				want = other
			}
			want.Level += string(rune('a' + row.line - 300))
			want.ExamName = "" // its sitting's
			if *row.Certificate != want {
				t.Errorf("line %d is %+v, want %+v", row.line, *row.Certificate, want)
			}
		}
		got = append(got, was)
	}
	want := []sittingOf{{full.Person.Key() + packedEnd, "二级建造师", []int{302, 304}}, {least.Person.Key() + packedEnd, "二级建造师", []int{301, 303, 305}},
		{other.Person.Key() + packedEnd, "会计", []int{300}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
