package reissue

// Word is what people call the kind of an alarm.
func (k AlarmKind) Word() string {
	return map[AlarmKind]string{
		AlarmData: "数据文件有损坏", AlarmCopies: "备份没有成功", AlarmMirror: "镜像中断", AlarmDisk: "磁盘将满", AlarmCertificate: "加密证书将到期", AlarmMail: "邮件送不到",
	}[k]
}
