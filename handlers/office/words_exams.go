package office

// The Chinese sentences about exams stand in this file.

const (
	sayNoExamPicked  = "请先勾选要修改的考试。"
	sayExamsAlready  = "勾选的考试已经是这样，没有什么要改的。"
	sayNowSaved      = "现在保存的是："
	sayExamMeanwhile = "您打开页面之后，这项考试已被同事修改或被导入的档案补充，您的修改没有保存。请核对标出的各项后再保存。"
)
