package office

// The words of what a new office does first.

// stepWords are one step: what to do, why, and where.
type stepWords struct{ text, why, url string }

var (
	stepOffice   = stepWords{"填写单位名称和咨询电话", "显示在考生页面和邮件里", "/office/settings#office_name"}
	stepRegister = stepWords{"导入证书档案", "考生才能查到自己的证书", "/office/certificates/import"}
	stepStaff    = stepWords{"添加工作人员", "审核、发放各用自己的账号", "/office/staff"}
	stepMail     = stepWords{"设置邮件服务器", "审核结果和领取通知才能发给考生", "/office/settings#smtp_host"}
	stepMirror   = stepWords{"设置镜像", "硬盘损坏时，最多丢失十几秒的工作", "/office/backup#mirror_folder"}
	stepBackup   = stepWords{"做第一次备份", "以后每天自动备份", "/office/backup"}
)
