package store

import (
	"fmt"
	"slices"
	"testing"

	"certreissue/reissue"
)

// TestTakeBackUnlearns: with an import go the exams and cities that it alone
// made known, and nothing that somebody has come to need.
func TestTakeBackUnlearns(t *testing.T) {
	in := func(number string, year int, city string) certificateRow {
		return certificateRow{2, &reissue.Certificate{Person: reissue.Person{Paper: reissue.IDCard, Number: holder}, Name: "测试",
			ExamYear: year, ExamName: "一级建造师", Number: number, City: city, Collected: true}}
	}
	admin := reissue.Actor{ID: 1, Roles: []reissue.Role{reissue.RoleAdmin}}
	for _, c := range []struct {
		reason string
		since  func(*Store) error
		want   string
	}{
		{"nothing since", func(*Store) error { return nil }, "[2014] [石家庄市]"},
		{"a later import is of them", func(s *Store) error {
			_, err := imported(t.Context(), s, Load{Reject: func(Reject) {}}, in("B1", 2031, "新城"))
			return err
		}, "depends"},
		{"a later import is of the city", func(s *Store) error {
			_, err := imported(t.Context(), s, Load{Reject: func(Reject) {}}, in("B1", 2014, "新城市"))
			return err
		}, "[2014] [新城 石家庄市]"},
		{"the exam was edited", func(s *Store) error {
			form := reissue.ExamForm{}
			list, _ := s.Exams()
			for field, value := range list[0].Form() {
				form[field] = value
			}
			form[reissue.ExamSentence] = "请先来电。"
			_, err := s.ChangeExam(admin, list[0].ID, list[0].Revision, form)
			return err
		}, "[2031 2014] [石家庄市]"},
		{"the city was renamed", func(s *Store) error {
			list, _ := s.CityList()
			i := slices.IndexFunc(list, func(c *reissue.City) bool { return c.Name == "新城" })
			return s.RenameCity(admin, list[i].ID, "新城市")
		}, "[2014] [新城市 石家庄市]"},
		{"a reviewer is limited to the city", func(s *Store) error {
			_, err := s.AddStaff(admin, reissue.Staff{Name: "baoding", Roles: []reissue.Role{reissue.RoleReviewer}, Cities: []string{"新城"}})
			return err
		}, "[2014] [新城 石家庄市]"},
	} {
		t.Run(c.reason, func(t *testing.T) {
			s := shelf(t)
			take(t, s, Load{}, []certificateRow{in("A1", 2014, "石家庄市")})
			var learned string
			_, number := take(t, s, Load{Learned: func(exams, cities []string) { learned = fmt.Sprint(exams, cities) }},
				[]certificateRow{in("A2", 2031, "新城"), in("A1", 2014, "石家庄")})
			if learned != "[2031 年 一级建造师] [新城]" {
				t.Errorf("learned %s", learned)
			}
			if err := c.since(s); err != nil {
				t.Fatal(err)
			}
			if err := s.takeBackAll(t, number); err != nil {
				if c.want != "depends" {
					t.Fatal(err)
				}
				return
			}
			exams, _ := s.Exams()
			var years []int
			for _, exam := range exams {
				years = append(years, exam.Year)
			}
			cities, _ := s.Cities()
			if got := fmt.Sprint(years, cities); got != c.want {
				t.Errorf("left %s, want %s", got, c.want)
			}
		})
	}
}

// TestImportDoubts: what contradicts the number, and a line that is there twice,
// are taken and pointed out.
func TestImportDoubts(t *testing.T) {
	s := shelf(t)
	row := func(line int, sex, month string) certificateRow {
		return certificateRow{line, &reissue.Certificate{Person: reissue.Person{Paper: reissue.IDCard, Number: holder}, Name: "测试",
			ExamYear: 2015, ExamName: "一级建造师", Number: "A1", Sex: sex, BirthMonth: month}}
	}
	var doubts []string
	counts, _ := take(t, s, Load{Dry: true, Doubt: func(r Reject) { doubts = append(doubts, fmt.Sprint(r.Line, r.Column, r.Reason)) }},
		[]certificateRow{row(2, "女", "199004"), row(3, "", "199004"), row(4, "女", "")})
	want := []string{"2性别表中为“女”，证件号码表示的是“男”，请核对", "2出生年月表中为“199004”，证件号码表示的是“199003”，请核对",
		"3出生年月表中为“199004”，证件号码表示的是“199003”，请核对", "3证件号码与第 2 行是同一本证书，只登记一次",
		"4性别表中为“女”，证件号码表示的是“男”，请核对", "4证件号码与第 2 行是同一本证书，只登记一次"}
	if counts != (Counts{Added: 1, Unchanged: 2}) || !slices.Equal(doubts, want) {
		t.Errorf("%+v, %q", counts, doubts)
	}
}
