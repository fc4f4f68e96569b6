package sheet

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Sentence says what is wrong with the file, and what to do.
func (f *FileFault) Sentence() string {
	name := "“" + filepath.Base(f.Path) + "”"
	switch f.Kind {
	case NotFound:
		return "找不到文件" + name + "，请核对文件名和所在位置。"
	case NotAllowed:
		return "没有读取文件" + name + "的权限，请调整文件权限后重试。"
	case NotSpooled:
		return "没有地方存放读取" + name + "时的临时文件，请检查数据文件所在磁盘的空间和文件夹权限后重试。"
	case NotAFile:
		return name + "不是文件，请选择一个 .xlsx 或 CSV 文件。"
	case Empty:
		return name + "中没有内容（只看可见的工作表，表头在前 1000 行之内），请选择有数据的文件。"
	case HeaderOnly:
		if f.Sheet != "" {
			return name + "的工作表“" + f.Sheet + "”只有表头，没有数据行，请在表头下方填写数据，或把有数据的工作表移到它前面后重试。"
		}
		return name + "只有表头，没有数据行，请在表头下方填写数据后重试。"
	case BadHeader:
		return name + "的前十行中没有可用的表头，请把列名写在第一行后重试。"
	case OldFormat:
		return "这是旧版 .xls 或加密文件，请另存为 .xlsx 或 CSV（不设密码）后重试。"
	case WebPage:
		return name + "实际是网页格式，请用表格软件打开，另存为 .xlsx 或 CSV 后重试。"
	case NotText:
		return name + "不是表格文件，请选择 .xlsx 或 CSV 文件。"
	case NotAWorkbook:
		return name + "是压缩包或其他文档，不是 .xlsx 工作簿，请选择 .xlsx 或 CSV 文件。"
	case Damaged:
		return name + "已损坏，读不完整，请用表格软件打开并重新保存后重试。"
	case TooLarge:
		return fmt.Sprintf("%s解压后超过 %d MB，请删去图片和多余的工作表，或另存为 CSV 后重试。", name, f.Limit>>20)
	case TooManyRows:
		return fmt.Sprintf("%s超过 %d 行，请拆成几个文件。", name, f.Limit)
	case TooManyColumns:
		return fmt.Sprintf("%s超过 %d 列，请删去多余的列后重试。", name, f.Limit)
	}
	return "读取文件" + name + "时出错，请检查磁盘后重试。"
}

// Sentence names the columns that are missing or doubled, and what to do.
func (f *HeaderFault) Sentence() string {
	of := ""
	if f.Sheet != "" {
		of = "工作表“" + f.Sheet + "”的"
	}
	var parts []string
	if len(f.Missing) > 0 {
		parts = append(parts, of+"表头缺少必需的列："+strings.Join(f.Missing, "、"))
	}
	if len(f.Doubled) > 0 {
		parts = append(parts, of+"表头中有重复的列："+strings.Join(f.Doubled, "、"))
	}
	return strings.Join(parts, "；") + "。请改正表头（在前十行之内）后重试。"
}

// Sentence names the columns that were passed over, "" when there are none.
func (u Unknown) Sentence() string {
	if len(u) == 0 {
		return ""
	}
	return "以下列不在所需之列，已忽略：" + strings.Join(u, "、") + "。"
}

// Taken tells what was taken for the header, and what was passed over: nothing where the
// file is as it should be.
func (s *Sheet) Taken(unknown Unknown) (sentences []string) {
	switch {
	case s.table != s.tables[0]:
		sentences = append(sentences, fmt.Sprintf("表头取自工作表“%s”的第 %d 行。", s.table.name, s.Top))
	case s.Top != 1:
		sentences = append(sentences, fmt.Sprintf("表头取自第 %d 行。", s.Top))
	}
	var others []string
	for _, t := range s.tables {
		if t != s.table && len(t.heads) > 0 {
			others = append(others, "“"+t.name+"”")
		}
	}
	if len(others) > 0 {
		sentences = append(sentences, "一个文件只读取一张工作表，没有读取："+strings.Join(others, "、")+"。")
	}
	if s.Repeated > 0 {
		sentences = append(sentences, fmt.Sprintf("有 %d 行与表头相同，已跳过。", s.Repeated))
	}
	if said := unknown.Sentence(); said != "" {
		sentences = append(sentences, said)
	}
	return sentences
}

// Sentence says what is wrong with the row, and what to do.
func (f *RowFault) Sentence() string {
	column := "本行"
	if f.Column != "" {
		column = "“" + f.Column + "”列"
	}
	switch f.Kind {
	case ExtraCell:
		return "单元格比表头多，多出“" + f.Text + "”。内容中若有分隔符（如逗号），请给该单元格加英文双引号。"
	case BadText:
		return column + "有无法识别的字符“" + f.Text + "”，请改正后重新导入。"
	case LongCell:
		return fmt.Sprintf("%s超过 %d 个字，请缩短后重新导入。", column, MaxCell)
	case ErrorValue:
		return column + sayError(f.Text)
	case NoResult:
		return column + "的公式没有保存计算结果，请用表格软件打开，重新计算并保存后再导入，或填入公式的结果。"
	case Hidden:
		return column + "的单元格里存的是“" + f.Text + "”，与表格中显示的不一样。请把该列设为文本格式，填入应有的内容后重新导入。"
	}
	return "英文双引号不成对，请改正或删去本行的双引号后重新导入。"
}

func sayError(value string) string {
	return "是表格软件的错误值“" + value + "”，请填入原来的内容。"
}

// SpoiltSentence says what to do about a cell for which Spoilt is true.
func SpoiltSentence(cell string) string {
	if strings.HasPrefix(cell, "#") {
		return "单元格" + sayError(shorten(cell))
	}
	return "号码已被表格软件改成“" + shorten(cell) + "”，请把该列设为文本格式后重新填写完整号码。"
}
