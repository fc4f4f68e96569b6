package sample

import (
	"fmt"
	"hash/crc32"

	"certreissue/idcard"
	"certreissue/reissue"
)

// person is somebody invented. Other tables name people by their key in the
// cast, which for all but the crowd is the name.
type person struct {
	name     string // as the account writes it
	recorded string // as the register writes it, where that is not the same
	region   string // the first two digits of the number
	birth    string // YYYYMMDD
	sequence int    // three digits, odd for men
	old      bool   // the register still holds the number of 15 digits
	mailing  string // 密码摘要 of an account that comes from 证书邮寄系统
	email    string
	usurper  string // by what name a stranger had registered the number
}

// number is the person's ID number. Its region ends in 0000, which is a whole
// province: no office ever gave one out. The exceptions are 81, 82 and 83; of
// those the table has the numbers that the published specimens of the permits
// show. idcard alone knows how to check a number, so the last character is the
// one that it takes.
func (p *person) number() idcard.Number {
	for _, last := range "0123456789X" {
		n, err := idcard.Parse(fmt.Sprintf("%s0000%s%03d%c", p.region, p.birth, p.sequence, last), p.birth)
		if err == nil {
			return n
		}
	}
	panic("sample: no ID number can be made for " + p.name)
}

func (p *person) identity() reissue.Person {
	return reissue.Person{Paper: reissue.IDCard, Number: p.number()}
}

func (p *person) female() bool { return p.sequence%2 == 0 }

// inRegister are the name and the number as the register writes them.
func (p *person) inRegister() (name, number string) {
	name, number = p.name, p.number().Full()
	if p.recorded != "" {
		name = p.recorded
	}
	if p.old {
		number = number[:6] + number[8:17]
	}
	return name, number
}

// phone is a number that rings nowhere: 140 belongs to machines.
func (p *person) phone() string {
	return fmt.Sprintf("140%08d", crc32.ChecksumIEEE([]byte(p.name+p.birth))%100_000_000)
}

// cast are the people of the sample by their keys.
func cast() map[string]*person {
	named := make(map[string]*person, len(people))
	for i := range people {
		p := people[i]
		switch p.email {
		case "":
			p.email = fmt.Sprintf("kaosheng%03d@example.com", i+1)
		case noAddress:
			p.email = ""
		}
		named[p.name] = &p
	}
	return named
}

// The holder of a passport, who is in the register only: such an account is opened
// at the counter.
const (
	passportName   = "约翰·史密斯"
	passportNumber = "E00000000"
)

var people = []person{
	// Those whose logins are printed.
	{name: "张丽华", region: "13", birth: "19850612", sequence: 24},
	{name: "刘洋", region: "13", birth: "19930421", sequence: 17},
	{name: "陈静", region: "44", birth: "19780307", sequence: 62},
	{name: "王晓沛", recorded: "王晓[沛]", region: "13", birth: "19871103", sequence: 46},
	{name: "赵强", region: "11", birth: "19810925", sequence: 31},
	{name: "孙志远", region: "13", birth: "19760218", sequence: 53},
	// The digest is that of the candidates' password, see passwords.go.
	{name: "买买提·艾力", recorded: "买买提•艾力", region: "65", birth: "19880515", sequence: 11, mailing: mailingDigest},
	{name: "李𠮷", region: "37", birth: "19901130", sequence: 73},
	{name: "吴秀英", region: "13", birth: "19620815", sequence: 28, old: true},
	{name: "林嘉慧", region: "81", birth: "19940823", sequence: 2},
	{name: "郑凯", region: "41", birth: "19841208", sequence: 35},
	{name: "秦小兵", region: "14", birth: "19900102", sequence: 19, usurper: "秦小斌"},

	// Those whom the office meets in its lists.
	{name: "李建国", region: "13", birth: "19680402", sequence: 15},
	{name: "王秀兰", region: "13", birth: "19711019", sequence: 22},
	{name: "张伟民", region: "12", birth: "19800630", sequence: 57},
	{name: "刘淑芬", region: "13", birth: "19690127", sequence: 40, old: true},
	{name: "陈志强", region: "37", birth: "19830511", sequence: 39},
	{name: "杨晓敏", region: "13", birth: "19861222", sequence: 68},
	{name: "黄美玲", region: "45", birth: "19790809", sequence: 84},
	{name: "周文涛", region: "13", birth: "19890316", sequence: 91},
	{name: untold, region: "32", birth: "19820704", sequence: 26, mailing: mailingDigest, email: noAddress},
	{name: "徐静怡", region: "31", birth: "19910228", sequence: 44},
	{name: "孙浩然", region: "21", birth: "19921013", sequence: 75},
	{name: "马国庆", region: "64", birth: "19721001", sequence: 13},
	{name: "朱琳琳", region: "13", birth: "19880919", sequence: 82},
	{name: "胡军", region: "42", birth: "19950605", sequence: 37},
	{name: "郭婷婷", region: "13", birth: "19940111", sequence: 60},
	{name: "何永福", region: "35", birth: "19650423", sequence: 51, old: true},
	{name: "高建峰", region: "13", birth: "19850730", sequence: 99},
	{name: "罗晓娟", region: "43", birth: "19830814", sequence: 48},
	{name: "梁志刚", region: "44", birth: "19740506", sequence: 77},
	{name: "宋佳宁", region: "13", birth: "19900817", sequence: 86},
	{name: "谢光辉", region: "36", birth: "19810203", sequence: 33},
	{name: "韩雪梅", region: "23", birth: "19800119", sequence: 20},
	{name: "唐亮", region: "51", birth: "19771125", sequence: 55},
	{name: "冯洁", region: "61", birth: "19870402", sequence: 66},
	{name: "于洋洋", region: "37", birth: "19860928", sequence: 97},
	{name: "董春梅", region: "13", birth: "19660314", sequence: 42},
	{name: "萧逸", region: "33", birth: "19930707", sequence: 59},
	{name: "程立功", region: "34", birth: "19730819", sequence: 93},
	{name: "曹颖慧", region: "13", birth: "19840526", sequence: 64},
	{name: "袁田野", region: "50", birth: "19911104", sequence: 71},
	{name: "邓建军", region: "52", birth: "19790118", sequence: 79},
	{name: "欧阳文博", region: "13", birth: "19820222", sequence: 95},
	{name: "司马晓晴", region: "41", birth: "19950930", sequence: 80},
	{name: "古丽娜尔·阿不都拉", region: "65", birth: "19900621", sequence: 88},
	{name: "才让卓玛", region: "63", birth: "19890110", sequence: 90},
	{name: "那日苏", region: "15", birth: "19870315", sequence: 21},
	{name: "刘䶮", region: "22", birth: "19961212", sequence: 29},
	{name: "陈怡君", region: "83", birth: "19920130", sequence: 2},
	{name: "李虹梅", recorded: "李红梅", region: "13", birth: "19830308", sequence: 70},
	{name: "任小军", region: "62", birth: "19880801", sequence: 23},
	{name: "邹晓东", region: "13", birth: "19851017", sequence: 87},
	{name: "彭立新", region: "46", birth: "19750415", sequence: 61, email: deadAddress},
}
