package filing

import (
	"testing"

	"certreissue/reissue"
)

// TestApart: what two of one exam are told apart by, whichever of them the register has.
func TestApart(t *testing.T) {
	byHand := func(level, specialty, number string) Holding {
		return Holding{Application: &reissue.Application{Fields: reissue.Fields{ExamYear: 2015, ExamName: "会计", Level: level, Specialty: specialty, CertificateNumber: number}}}
	}
	for _, c := range []struct {
		why         string
		mine, other Holding
		want        string
	}{
		{"another specialty", byHand("增项", "建筑", "A1"), byHand("增项", "水利", "A2"), "（增项 建筑）"},
		{"the number alone", byHand("增项", "建筑", "A1"), byHand("增项", "建筑", "A2"), "（A1）"},
		{"nothing but the number", byHand("", "", "A1"), byHand("初级", "", "A2"), "（A1）"},
		{"all alike, without a number", byHand("增项", "建筑", ""), byHand("增项", "建筑", "A2"), "（增项 建筑）"},
		{"all alike, with no number to have", byHand("增项", "建筑", reissue.None), byHand("增项", "建筑", "A2"), "（增项 建筑）"},
		{"nothing at all", byHand("", "", ""), byHand("", "", "A2"), ""},
	} {
		if got := apart([]Holding{c.mine, c.other}, 0); got != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
	if got := apart([]Holding{byHand("增项", "建筑", "A1")}, 0); got != "" {
		t.Errorf("the only one: %q", got)
	}
}
