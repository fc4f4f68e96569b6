package sample

import (
	"fmt"
	"math/rand/v2"
	"time"

	"certreissue/reissue"
)

// The crowd of a rehearsal is drawn by lot, always the same.
const crowdSeed = 2008

var (
	// regions are the mainland's provinces: only there does 0000 belong to nobody.
	regions = []string{"11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
		"44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"}
	surnames = []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎")
	given    = []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉萍红玲芬燕彬浩宇轩梓涵欣怡晨思佳瑞嘉文博雅婷")
)

// gather draws n people with a certificate and an application each and takes
// them into the cast, under keys that are no names. Four of five applications
// wait; one of four has a photo, of its own face. Nobody of the crowd has an
// e-mail address: the outbox of a rehearsal is for those who sign in.
func (s *stage) gather(n int) (lines []line, stories []story) {
	r := rand.New(rand.NewPCG(crowdSeed, 0))
	var old, young []*exam
	for i := range exams {
		switch e := &exams[i]; {
		case e.lastDay == "" || e.year >= 2025 || e.title() == provenExam: // no date, not in the first list, or in no batch
		case e.year <= reissue.DefaultSettings().PhotoYear:
			old = append(old, e)
		default:
			young = append(young, e)
		}
	}
	taken := map[string]bool{}
	for i := range n {
		e := pick(r, young)
		if i%4 == 0 {
			e = pick(r, old)
		}
		p := stranger(r, e.year)
		for taken[p.number().Full()] {
			p = stranger(r, e.year)
		}
		taken[p.number().Full()] = true
		p.mailing = s.digests.candidate
		key := fmt.Sprint("#", i)
		s.cast[key] = p
		lines = append(lines, line{key, e.title(), pick(r, e.levels), pick(r, e.specialties), pick(r, cities), collected, ""})
		st := story{who: key, exam: e.title(), dim: r.IntN(20) == 0}
		st.ago, st.then = fate(r)
		stories = append(stories, st)
	}
	return lines, stories
}

// pick draws one of a list, the zero value of an empty one.
func pick[T any](r *rand.Rand, list []T) (drawn T) {
	if len(list) > 0 {
		drawn = list[r.IntN(len(list))]
	}
	return drawn
}

// stranger draws somebody who was grown up in a year.
func stranger(r *rand.Rand, year int) *person {
	name := string(pick(r, surnames)) + string(pick(r, given))
	if r.IntN(4) > 0 {
		name += string(pick(r, given))
	}
	birth := time.Date(year-22-r.IntN(24), 1, 1+r.IntN(365), 0, 0, 0, 0, time.UTC)
	return &person{name: name, region: pick(r, regions), birth: birth.Format("20060102"), sequence: 1 + r.IntN(999)}
}

// fate draws when an application was made and what became of it. The days are
// such that each way ends before today.
func fate(r *rand.Rand) (ago int, then []deed) {
	switch lot := r.IntN(100); {
	case lot < 80:
		return r.IntN(12) + r.IntN(10), nil
	case lot < 84:
		return 10 + r.IntN(30), []deed{sendBack(4, noteDim, "phone")}
	case lot < 88:
		return 4 + r.IntN(9), []deed{approve(3)}
	case lot < 91:
		return 18 + r.IntN(20), produced()
	case lot < 93:
		return 48 + r.IntN(20), arrived()
	case lot < 96:
		return 70 + r.IntN(280), collect(1+r.IntN(9), "")
	case lot < 98:
		return 20 + r.IntN(300), []deed{refuse(7, noteElectronic, "electronic")}
	}
	return 20 + r.IntN(300), []deed{withdraw(1)}
}
