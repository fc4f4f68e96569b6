package handlers

// Every Chinese sentence of this package stands in this file; what pages say of
// themselves stands in templates.

const (
	sayDemoHost         = "只能在本机使用演示系统"
	sayDemoHostSentence = "演示系统只接受本机地址的访问。"
	sayDemoHostAdvice   = "请用启动时显示的地址（127.0.0.1）打开。"
)
