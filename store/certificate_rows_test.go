package store

import (
	"testing"

	"certreissue/idcard"
	"certreissue/reissue"
)

func TestPackedRow(t *testing.T) {
	for _, c := range []struct {
		reason string
		line   reissue.Certificate
	}{
		{"everything filled", reissue.Certificate{Person: human(1), Name: "王䶮", ExamYear: 2016, ExamName: "二级建造师", Level: "考全科", Specialty: "建筑工程",
			Sex: "男", BirthMonth: "199001", Number: "A-1", ApprovalDate: "20160605", City: "石家庄市", Collected: true}},
		{"the least", reissue.Certificate{Person: human(2), Name: "王一", ExamYear: 2016, ExamName: "二级建造师"}},
		{"another paper", reissue.Certificate{Person: reissue.Person{Paper: "军官证", Number: idcard.Number("军字第12345678号")}, Name: "王一", ExamYear: 1990, ExamName: "会计"}},
	} {
		row := NewCertificateRow(7, &c.line)
		var got reissue.Certificate
		row.unpack(&got)
		if got != c.line || row.Line() != 7 || row.person() != c.line.Person.Key()+packedEnd {
			t.Errorf("%s: unpacked %+v, want %+v; of %q", c.reason, got, c.line, row.person())
		}
	}
}
