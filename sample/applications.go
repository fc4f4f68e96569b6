package sample

import "certreissue/reissue"

// The people to whom the office's own acts happen.
const (
	robbed      = "秦小兵"
	forgetful   = "彭立新"
	deadAddress = "no-such-mailbox@example.com"
	untold      = "吴海燕" // has no address, and is to be told by telephone
	noAddress   = "none"
)

// hand is a form filled in by hand.
func hand(year, exam, number, date, level, specialty, city string) reissue.Draft {
	return reissue.Draft{
		reissue.FieldExamYear: year, reissue.FieldExamName: exam, reissue.FieldCertificateNumber: number, reissue.FieldApprovalDate: date,
		reissue.FieldLevel: level, reissue.FieldSpecialty: specialty, reissue.FieldCity: city,
	}
}

// stories are the applications of the last twelve months: every state, every
// mark that a reviewer can meet, and a queue with some that wait too long.
var stories = []story{
	// One candidate in every stage of production.
	{who: "孙志远", exam: "2011 造价工程师", ago: 350, then: mailed(2, "EX000000001CN")},
	{who: "孙志远", exam: "2017 一级消防工程师", ago: 300, then: collect(7, "")},
	{who: "孙志远", exam: "2019 一级造价工程师", ago: 55, then: arrived()},
	{who: "孙志远", exam: "2020 中级注册安全工程师", ago: 30, then: produced()},
	{who: "孙志远", exam: "2023 咨询工程师（投资）", ago: 6, then: []deed{approve(4)}},

	// Done.
	{who: "李建国", exam: "2010 监理工程师", ago: 345, then: collect(12, "")},
	{who: "王秀兰", exam: "2013 社会工作者", ago: 330, then: collect(3, "")},
	{who: "张伟民", exam: "2016 一级建造师", ago: 290, then: mailed(1, "EX000000002CN")},
	{who: "刘淑芬", exam: "2014 咨询工程师（投资）", ago: 260, then: collect(20, agentName)},
	{who: "陈志强", exam: "2018 经济专业技术资格", ago: 230, then: mailed(2, "EX000000003CN")},
	{who: "杨晓敏", exam: "2015 执业药师", ago: 200, then: collect(5, "")},
	{who: "黄美玲", exam: "2009 经济专业技术资格", ago: 180, then: mailed(3, "EX000000004CN")},

	// On the way.
	{who: "陈志强", exam: provenExam, ago: 70, then: []deed{approve(4), printProof(1), printProof(0), handOutProof(9)}},
	{who: "黄美玲", exam: provenExam, ago: 18, then: []deed{approve(3), printProof(1)}},
	{who: "高建峰", exam: provenExam, ago: 8, then: []deed{approve(3)}},
	{who: "周文涛", exam: provenExam, ago: 7, then: []deed{approve(5)}},
	{who: "吴海燕", exam: "2012 计算机技术与软件专业技术资格", ago: 60, then: arrived()},
	{who: "徐静怡", exam: "2016 翻译专业资格", ago: 52, then: arrived()},
	{who: "孙浩然", exam: "2021 监理工程师", ago: 48, then: arrived()},
	{who: "马国庆", exam: "2012 二级建造师", ago: 35, then: produced()},
	{who: "朱琳琳", exam: "2013 社会工作者", ago: 28, then: produced()},
	{who: "胡军", exam: "2022 二级建造师", ago: 20, then: produced()},
	{who: "邹晓东", exam: "2022 二级建造师", ago: 26, then: []deed{approve(4), takeBack(1, noteTakenBack), approve(2), lock()}},
	{who: "郭婷婷", exam: "2023 一级建造师", ago: 13, then: []deed{approve(5)}},
	{who: "何永福", exam: "2008 注册安全工程师", ago: 10, typed: reissue.Draft{reissue.FieldApprovalDate: "2008-09-07"}, then: []deed{approve(3)}},
	{who: "高建峰", exam: "2017 一级消防工程师", ago: 5, then: []deed{approve(2)}},

	// Ended otherwise.
	{who: "罗晓娟", exam: "2016 一级建造师", ago: 145, then: []deed{refuse(6, noteElectronic, "electronic")}},
	{who: "梁志刚", typed: hand("2018", "经济专业技术资格", "无", "20181103", "中级", "金融", "石家庄市"), ago: 110,
		then: []deed{refuse(9, noteNotFound, "not_found")}},
	{who: "宋佳宁", exam: "2020 中级注册安全工程师", ago: 75, then: []deed{refuse(4, noteOther, reissue.ReasonOther)}},
	{who: "郑凯", exam: "2019 计算机技术与软件专业技术资格", ago: 90, then: []deed{refuse(8, noteRevoked, "revoked")}},
	{who: "任小军", exam: "2016 一级建造师", ago: 40, face: "张伟民", then: []deed{refuse(5, noteFraud, "fraud")}},
	{who: "谢光辉", exam: "2015 执业药师", ago: 140, then: []deed{withdraw(1)}},
	{who: "郑凯", exam: "2024 社会工作者", ago: 66, then: []deed{withdraw(2)}},

	// Sent back, and one that came back twice.
	{who: "赵强", exam: "2016 一级建造师", ago: 9, dim: true, then: []deed{sendBack(7, notePhone, "photo_background", "phone")}},
	{who: "韩雪梅", exam: "2012 二级建造师", ago: 33, dim: true, then: []deed{sendBack(3, noteDim, "photo_background")}},
	{who: "唐亮", typed: hand("2014", "咨询工程师（投资）", "ZX2014", "20140413", "考全科", "无", "唐山市"), ago: 13,
		then: []deed{sendBack(6, noteNumber, "certificate_number")}},
	{who: "冯洁", typed: hand("2020", "经济专业技术资格", "无", "20201122", "中级", "金融", "邯郸市"), ago: 7,
		then: []deed{sendBack(4, noteSpecialty, "level_specialty")}},
	{who: "郑凯", exam: "2022 二级建造师", ago: 21, typed: reissue.Draft{reissue.FieldLevel: "考全科"}, then: []deed{
		sendBack(3, "", "phone"), save(2, reissue.Draft{reissue.FieldPhone: "0314-000 0000"}),
		sendBack(4, noteMaterial, "level_specialty", "material"), save(3, reissue.Draft{reissue.FieldPhone: "0314-000 0000", reissue.FieldLevel: "增报专业"}),
	}},

	// Waiting longer than the office promises.
	{who: "李建国", exam: provenExam, ago: 3},
	{who: "程立功", exam: "2011 造价工程师", ago: 27},
	{who: "周文涛", exam: "2020 经济专业技术资格", ago: 24},
	{who: "曹颖慧", exam: "2013 社会工作者", ago: 22, dim: true},
	{who: "董春梅", typed: hand("2004", "价格鉴证师", "无", "20041024", "无", "无", "石家庄市"), ago: 19},
	{who: "袁田野", exam: "2021 监理工程师", ago: 17},

	// Waiting.
	{who: "邓建军", exam: "2014 咨询工程师（投资）", ago: 14},
	{who: "李虹梅", typed: hand("2018", "经济专业技术资格", "无", "20181103", "中级", "金融", "沧州市"), ago: 12},
	{who: "欧阳文博", exam: "2016 翻译专业资格", ago: 11},
	{who: "李建国", exam: "2010 监理工程师", ago: 8}, // lost again
	{who: "司马晓晴", exam: "2024 执业药师", ago: 6},
	{who: "古丽娜尔·阿不都拉", exam: "2024 社会工作者", ago: 5},
	{who: "于洋洋", typed: hand("2018", "经济专业技术资格", "无", "20181103", "中级", "人力资源管理", "衡水市"), ago: 4},
	{who: "萧逸", typed: hand("2020", "经济专业技术资格", "无", "20201121", "初级", "金融", "保定市"), ago: 3}, // not the last day
	{who: "才让卓玛", exam: "2020 中级注册安全工程师", ago: 2, then: []deed{save(1, reissue.Draft{reissue.FieldPhone: "0313-000 0000"})}},
	{who: "王晓沛", exam: "2018 经济专业技术资格", ago: 1},
	{who: "陈怡君", exam: "2016 一级建造师", ago: 1, dim: true},

	// Today's.
	{who: "李𠮷", exam: "2022 二级建造师", ago: 0},
	{who: "林嘉慧", exam: "2020 经济专业技术资格", ago: 0},
	{who: "那日苏", exam: "2023 咨询工程师（投资）", ago: 0},
	{who: "刘䶮", exam: "2023 一级建造师", ago: 0},
	{who: "彭立新", exam: "2019 一级造价工程师", ago: 0},
}
