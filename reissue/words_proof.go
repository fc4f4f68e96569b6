package reissue

// The words of the 合格证明.

// The placeholders of its text, beside those that mails have too.
const (
	placePaper       = "证件类型"
	placeIDNumber    = "证件号码"
	placeSex         = "性别"
	placeBirthMonth  = "出生年月"
	placeExamYear    = "考试年度"
	placeExamName    = "考试名称"
	placeLevel       = "级别"
	placeSpecialty   = "专业"
	placeCertificate = "证书管理号"
	placeApproval    = "批准日期"
	placeProof       = "证明编号"
	placeDate        = "开具日期"
)

// ProofPlaceholders are the names that may stand between {{ and }} in the text of a
// 合格证明.
var ProofPlaceholders = []string{placeName, placeSex, placeBirthMonth, placePaper, placeIDNumber, placeExamYear, placeExamName, placeLevel, placeSpecialty,
	placeCertificate, placeApproval, placeCity, placeProof, placeNumber, placeDate, placeOffice}

// DefaultProofText is the text before the office words it.
var DefaultProofText = ProofText{"考试合格证明", "{{姓名}}（{{证件类型}}号码：{{证件号码}}）参加 {{考试年度}} 年{{考试名称}}考试，成绩合格。\n" +
	"级别：{{级别}}\n专业：{{专业}}\n批准日期：{{批准日期}}\n原证书管理号：{{证书管理号}}\n" +
	"该项考试已退出国家职业资格目录，不再补发证书。特此证明。\n"}

func (t ProofText) String() string { return "标题：" + t.Title + "\n" + t.Body }

const sayProofOutdated = "打印合格证明之后，考生的姓名或证件号码更正过，不能补打。请作废后重新开具。"
