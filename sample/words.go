package sample

// Every Chinese sentence of this package stands in this file; names, exams and
// cities are data and stand in their tables.

const (
	officeName    = "示例人事考试中心"
	officePhone   = "0311-0000 0000"
	officeHours   = "工作日 9:00–12:00，13:30–17:00"
	officeAddress = "示例路 1 号政务服务大厅二楼"

	// Baoding hands out itself.
	baodingAddress = "示例大街 8 号人事考试服务窗口"
	baodingPhone   = "0312-0000 0000"

	fileRegister     = "历年证书档案.xlsx"
	fileRegister2025 = "2025年度证书.xlsx"
	fileCorrections  = "档案更正.xlsx"
	fileAccounts     = "证书邮寄系统账号.xlsx"
)

// What the sample logins show.
const (
	showReviewer     = "审核员：审核申请、制证、发放和窗口服务"
	showAdmin        = "管理员：档案、考试、设置、人员和账号"
	showAuditor      = "审计员：查看申请，查看和校验操作日志"
	showCityReviewer = "审核员：只办理保定市的申请"
	showNewcomer     = "审核员：使用一次性密码，首次登录须修改密码"

	showAll       = "全部证书可申请，其中 2012 年的需要上传照片，2020 年的需要补填空缺的信息"
	showWaiting   = "有证书尚未领取，不可申请"
	showNothing   = "档案中查不到证书，需要点击“填写补证申请”自行填写"
	showBracket   = "档案中的姓名写作“王晓[沛]”，仍可查到证书；有一项申请等待审核"
	showReturned  = "申请审核未过（照片背景、联系方式），可以修改后保存"
	showStages    = "多项申请分别处于审核通过、制证中、待领取、已领取、已寄出"
	showMailing   = "账号来自“证书邮寄系统”，以原密码登录"
	showRare      = "姓名含生僻字；今天提交的申请可以修改或撤回"
	showOld       = "档案中登记的是 15 位身份证号，以 18 位身份证号登录"
	showPermit    = "持港澳居民居住证，今天提交了申请"
	showEndings   = "有不予受理、已撤回的申请，还有一项两次退回后重新提交"
	showAtCounter = "窗口核验证件后重新开通的账号，使用一次性密码，首次登录须修改密码"
)

// What clerks write beside their acts.
const (
	noteDim        = "背景偏灰，请在白色背景前重新拍摄。"
	notePhone      = "照片背景不是白色；所留电话多次拨打无人接听，请更正。"
	noteNumber     = "请按原证书填写证书管理号，没有的填写“无”。"
	noteSpecialty  = "档案中您当年报考的专业是财政税收，请核对。"
	noteMaterial   = "请在修改时写明当年报考的级别。"
	noteElectronic = "该证书已有电子证书，可自行下载打印。"
	noteNotFound   = "档案中查无此证，也没有其他佐证。"
	noteRevoked    = "该证书已依规定撤销。"
	noteOther      = "原证书已在本中心找到，请直接到窗口领取。"
	noteFraud      = "照片与另一位申请人的相同，请带身份证件到窗口核验。"
	noteTakenBack  = "批准日期需要再次核对"
	mailboxUnknown = "550 5.1.1 收件人邮箱不存在"
)
