package sample

import (
	"fmt"
	"hash/crc32"
	"strconv"
	"strings"

	"certreissue/reissue"
)

// exam is one examination with what its certificates can say. Its last day lies in
// the season of the true exam.
type exam struct {
	year        int
	name        string
	lastDay     string
	levels      []string
	specialties []string
}

func (e *exam) title() string { return strconv.Itoa(e.year) + " " + e.name }

var (
	subjects     = []string{"考全科", "增报专业", "免试部分科目"}
	allOrPart    = []string{"考全科", "免试部分科目"}
	grades       = []string{"初级", "中级"}
	builders     = []string{"建筑工程", "市政公用工程", "机电工程", "公路工程", "水利水电工程"}
	economists   = []string{"工商管理", "金融", "人力资源管理", "财政税收"}
	pharmacists  = []string{"药学", "中药学"}
	supervisors  = []string{"土木建筑工程", "交通运输工程", "水利工程"}
	programmers  = []string{"软件设计师", "网络工程师", "系统集成项目管理工程师"}
	costers      = []string{"土木建筑工程", "安装工程"}
	safety       = []string{"建筑施工安全", "化工安全", "其他安全"}
	socialGrades = []string{"助理社会工作师", "社会工作师"}
)

var exams = []exam{
	{2008, "注册安全工程师", "", nil, nil}, // no line of its year has a date
	{2009, "经济专业技术资格", "20091107", grades, economists},
	{2010, "监理工程师", "20100523", []string{"考四科", "免试部分科目"}, nil},
	{2011, "造价工程师", "20111023", []string{"考四科", "增报专业"}, costers},
	{2012, "二级建造师", "20120624", subjects, builders},
	{2012, "计算机技术与软件专业技术资格", "20121110", grades, programmers},
	{2013, "社会工作者", "20130616", socialGrades, nil},
	{2014, "咨询工程师（投资）", "20140413", allOrPart, nil},
	{2014, "招标师", "20141109", nil, nil},
	{2015, "执业药师", "20151018", allOrPart, pharmacists},
	{2016, "翻译专业资格", "20160522", []string{"二级", "三级"}, []string{"英语笔译", "英语口译", "日语笔译"}},
	{2016, "一级建造师", "20160925", subjects, builders},
	{2017, "一级消防工程师", "20171112", nil, nil},
	{2018, "经济专业技术资格", "20181103", grades, economists},
	{2019, "一级造价工程师", "20191027", []string{"考四科", "增报专业"}, costers},
	{2019, "计算机技术与软件专业技术资格", "20191109", grades, programmers},
	{2020, "中级注册安全工程师", "20201115", allOrPart, safety},
	{2020, "经济专业技术资格", "20201122", grades, economists},
	{2021, "监理工程师", "20210516", allOrPart, supervisors},
	{2022, "二级建造师", "20220612", subjects, builders},
	{2023, "咨询工程师（投资）", "20230409", allOrPart, nil},
	{2023, "一级建造师", "20230910", subjects, builders},
	{2024, "社会工作者", "20240616", socialGrades, nil},
	{2024, "执业药师", "20241020", allOrPart, pharmacists},
	{2025, "监理工程师", "20250511", allOrPart, supervisors},
	{2025, "一级建造师", "20250907", subjects, builders},
}

var cities = []string{"石家庄市", "唐山市", "秦皇岛市", "邯郸市", "邢台市", "保定市", "张家口市", "承德市", "沧州市", "廊坊市", "衡水市"}

const (
	collected = string(reissue.Collected)
	waiting   = string(reissue.NotCollected)
)

// line is one line of the register. but holds cells that differ from what the
// rest gives, as "column=value"; no value is a blank cell.
type line struct {
	who, exam        string // a key of the cast, an exam's title
	level, specialty string
	city, state, but string
}

// cells is the line as a spreadsheet has it, by column.
func (l *line) cells(cast map[string]*person) map[string]string {
	year, exam, _ := strings.Cut(l.exam, " ")
	cells := map[string]string{
		reissue.ColumnExamYear: year, reissue.ColumnExamName: exam, reissue.ColumnLevel: l.level, reissue.ColumnSpecialty: l.specialty,
		reissue.ColumnCity: l.city, reissue.ColumnCollected: l.state, reissue.ColumnNumber: l.number(year, exam),
	}
	for i := range exams {
		if exams[i].title() == l.exam {
			cells[reissue.ColumnApproval] = exams[i].lastDay
		}
	}
	if p := cast[l.who]; p != nil {
		cells[reissue.ColumnName], cells[reissue.ColumnIDNumber] = p.inRegister()
		cells[reissue.ColumnSex], cells[reissue.ColumnBirthMonth] = p.identity().Sex(), p.identity().BirthMonth()
	}
	for cell := range strings.FieldsSeq(l.but) {
		column, value, _ := strings.Cut(cell, "=")
		cells[column] = value
	}
	return cells
}

// number is a 证书管理号 of an invented form: year, exam, holder.
func (l *line) number(year, exam string) string {
	five := func(s string) uint32 { return crc32.ChecksumIEEE([]byte(s)) % 100_000 }
	return fmt.Sprintf("%s13%05d%05d", year, five(exam), five(l.who))
}
