package store

import (
	"fmt"

	"certreissue/reissue"
)

const logImported = "导入"

// The Chinese sentences about single lines of an import stand in this file.

// figures are what the log tells of an import that has come to its end.
func (i *Import) figures() []any {
	return []any{"文件", i.File, "新增", i.Counts.Added, "更改", i.Counts.Changed, "不变", i.Counts.Unchanged, "未导入", i.Counts.Rejected}
}

func saySameInFile(line int) string {
	return fmt.Sprintf("与第 %d 行是同一本证书，只登记一次", line)
}

func sayTwiceInFile(line int) string {
	return fmt.Sprintf("与第 %d 行重复，但内容不同", line)
}

func sayNumberTwiceInFile(line int) string {
	return fmt.Sprintf("与第 %d 行是同一个证书管理号，证件号码却不同，请核对哪一行有误，改正后重新导入", line)
}

func sayNumberOfOther(c *reissue.Certificate) string {
	return fmt.Sprintf("档案中%s也用这个证书管理号（%d 年 %s），请核对；表中有误的，改正后重新导入", sayHolder(c), c.ExamYear, c.ExamName)
}

func sayNumberReissued(a *reissue.Application) string {
	return fmt.Sprintf("这个证书管理号已作为新证书管理号发给“%s”（%s），见申请 %d，请核对；表中有误的，改正后重新导入", a.Fields.Name, a.Person.Number, a.ID)
}

func sayOnlyPersonDiffers(c *reissue.Certificate) string {
	return fmt.Sprintf("与档案中%s的证书只有证件号码不同，会登记为另一个人的证书。请核对：表中号码有误的，改正后重新导入；档案中有误的，在页面上导入时勾选更正，或撤回第 %d 次导入，改正那份表后重新导入", sayHolder(c), c.Import)
}

// sayHolder names whose a line is, the number masked.
func sayHolder(c *reissue.Certificate) string {
	return fmt.Sprintf("“%s”（%s）", c.Name, c.Person.Number)
}

func sayOnlyNameDiffers(before, after string) string {
	return fmt.Sprintf("与档案只有姓名不同，会由“%s”改为“%s”，请核对证件号码和姓名；表中有误的，改正后重新导入", before, after)
}

const sayNotCorrectable = "检查之后，档案或文件有变动，这一行已不能按更正办理，没有导入，请重新检查"

// sayImportCorrects is the reason of a correction that an import carries out.
func sayImportCorrects(file string) string { return "导入“" + file + "”时更正" }

func sayWithdrawnLine(c *reissue.Certificate) string {
	return fmt.Sprintf("档案中的这本证书已于 %s 撤销，导入不会恢复它；应当恢复的，请在该证书的页面恢复", c.Withdrawn)
}

func sayChangesCorrected(c *reissue.Correction, fields []string) string {
	return fmt.Sprintf("会改动 %s 手工更正过的内容（%s）；表中是更正前的旧内容的，请改正后重新导入", c.At, reissue.Labels(fields))
}

func sayCorrectedAway(c *reissue.Correction) string {
	return fmt.Sprintf("档案中的这本证书已于 %s 更正为%s（%d 年 %s），照表导入会另外登记一本；表中是更正前的旧内容的，请删去或改正这一行", c.At, sayHolder(&c.After), c.After.ExamYear, c.After.ExamName)
}
