package sheet

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// shape is a file as somebody brings it, and what must become of it.
type shape struct {
	reason, content string
	// rows are line and wanted cells, behind them what is wrong; or, behind "!", the words
	// by which the file is refused.
	rows string
	told string // of the header
}

// corpusColumns are wanted of each shape.
var corpusColumns = []Column{{"姓名", true}, {"证件号码", true}, {"专业", false}}

// corpus is every shape of which it is told what it is for.
func corpus(t testing.TB) []shape {
	return slices.Concat(goodTexts(t), faultyTexts(t), goodBooks(t), faultyBooks(t), largeBooks(t))
}

// TestCorpus takes each in twice, as it is where lines are rejected.
func TestCorpus(t *testing.T) {
	shapes := corpus(t)
	if len(shapes) < 60 {
		t.Errorf("%d shapes", len(shapes))
	}
	known := map[string]bool{}
	for _, c := range shapes {
		if known[c.reason] {
			t.Errorf("twice %q", c.reason)
		}
		known[c.reason] = true
		t.Run(c.reason, func(t *testing.T) {
			t.Parallel()
			s, err := Open(file(t, c.content), spooled(t))
			if err != nil {
				checkShape(t, c, "", refusal(t, err))
				return
			}
			defer s.Close()
			at, unknown, err := s.Columns(corpusColumns)
			if err != nil {
				checkShape(t, c, "", refusal(t, err))
				return
			}
			for range 2 {
				rows := rowsOf(t, s, at)
				checkShape(t, c, strings.Join(s.Taken(unknown), ""), rows)
			}
		})
	}
}

func checkShape(t *testing.T, c shape, told, rows string) {
	t.Helper()
	if words, refused := strings.CutPrefix(c.rows, "!"); refused && strings.HasPrefix(rows, "!") && strings.Contains(rows, words) {
		return
	}
	if rows != c.rows {
		t.Errorf("came out as\n%q, want\n%q", rows, c.rows)
	}
	if told != c.told {
		t.Errorf("told %q, want %q", told, c.told)
	}
}

// refusal is what is said of a file that cannot be taken in.
func refusal(t *testing.T, err error) string {
	t.Helper()
	said, ok := errors.AsType[interface {
		error
		Sentence() string
	}](err)
	if !ok {
		t.Fatal(err)
	}
	return "!" + said.Sentence()
}

// rowsOf is what is read of the wanted columns.
func rowsOf(t *testing.T, s *Sheet, at []int) string {
	t.Helper()
	var rows []string
	for row, err := range s.Rows() {
		if err != nil {
			return refusal(t, err)
		}
		var cells []string
		for _, i := range at {
			if i >= 0 {
				cells = append(cells, row.Cells[i])
			}
		}
		if row.Fault != nil {
			cells = append(cells, strings.TrimPrefix(row.Fault.Error(), "sheet: "))
		}
		rows = append(rows, fmt.Sprintf("%d %s", row.Line, strings.Join(cells, "|")))
	}
	return strings.Join(rows, "\n")
}

// goodTexts are CSV files and their likes that are good.
func goodTexts(t testing.TB) []shape {
	const list, want = "姓名,证件号码\r\n王䶮,110101199003071233\r\n𠮷田,无\r\n", "2 王䶮|110101199003071233\n3 𠮷田|无"
	const head = "姓名,证件号码,专业\n"
	tabbed := strings.ReplaceAll(list, ",", "\t")
	prose := strings.Repeat("填写说明。", 300)
	return []shape{
		{"UTF-8", list, want, ""},
		{"UTF-8 with a mark", "\uFEFF" + list, want, ""},
		{"GB18030", encode(t, simplifiedchinese.GB18030, list), want, ""},
		{"GB18030 with a rare name on its last line only", encode(t, simplifiedchinese.GB18030, "姓名,证件号码\n"+strings.Repeat("a,1\n", 2)+"𠮷,2"), "2 a|1\n3 a|1\n4 𠮷|2", ""},
		{"UTF-16 as Excel writes Unicode text", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), tabbed), want, ""},
		{"UTF-16 big endian", encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), tabbed), want, ""},
		{"UTF-16 with commas and LF", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), strings.ReplaceAll(list, "\r", "")), want, ""},
		{"semicolons", strings.ReplaceAll(list, ",", ";"), want, ""},
		{"tabs", tabbed, want, ""},
		{"sep=; and the word of a comma", "sep=;\n姓名;证件号码\n张,三;11\n", "3 张,三|11", "表头取自第 2 行。"},
		{"sep=, quoted", "\"sep=,\"\n" + list, "3 王䶮|110101199003071233\n4 𠮷田|无", "表头取自第 2 行。"},
		{"sep with a bar", "sep=|\r\n姓名|证件号码\r\n张三|11\r\n", "3 张三|11", "表头取自第 2 行。"},
		{"LF", strings.ReplaceAll(list, "\r", ""), want, ""},
		{"CR of an old Macintosh", strings.ReplaceAll(list, "\n", ""), want, ""},
		{"LF and CRLF by turns", strings.Replace(list, "\r", "", 1), want, ""},
		{"no end of the last line", strings.TrimRight(list, "\r\n"), want, ""},
		{"the end of a text of DOS", list + "\x1a", want, ""},
		{"the same behind a value", "姓名,证件号码\n张三,11\x1a", "2 张三|11", ""},
		{"every cell quoted", "\"姓名\",\"证件号码\"\n\"张\"\"三\",\"1,1\"\n", "2 张\"三|1,1", ""},
		{"a quoted line break is one row", head + "\"张\n\n三\",11,x\n李四,12,y", "2 张\n\n三|11|x\n3 李四|12|y", ""},
		{"numbers wrapped, unquoted", "姓名,证件号码\n王䶮,=\"110101199003071233\"\n𠮷田,无\n", want, ""},
		{"numbers wrapped, quoted", "姓名,证件号码\n王䶮,\"=\"\"110101199003071233\"\"\"\n𠮷田,无\n", want, ""},
		{"nothing wrapped, a mark that opens nothing", head + "张三,11,=\"\"\n李四,12,\"=\"\"\"\"\"\n王五,13,\"=\"\"\"\n", "2 张三|11|\n3 李四|12|\n4 王五|13|=\"", ""},
		{"digits behind an apostrophe, a backtick", "姓名,证件号码\n张三,'0011\n李四,`9012\n", "2 张三|0011\n3 李四|9012", ""},
		{"an apostrophe before a word or nothing", "姓名,证件号码\n'张三,`x\n',`\n", "2 '张三|`x\n3 '|`", ""},
		{"formulas that we have disarmed", "姓名,证件号码\n'=1+1,''-1\n", "2 =1+1|'-1", ""},
		{"blank lines and rows", "\n\n姓名,证件号码\n\n张三,11\n,,\n 　 \n李四,12\n\n", "5 张三|11\n8 李四|12", "表头取自第 3 行。"},
		{"empty columns behind", "姓名,证件号码,,\n张三,11,,\n,,,\n", "2 张三|11", ""},
		{"a row too short, blank cells beyond the header", "姓名,证件号码\n张三\n李四,12, ,\n", "2 张三|\n3 李四|12", ""},
		{"an unnamed column in the middle", "姓名,,证件号码\n张三,x,11\n", "2 张三|11", ""},
		{"a column that nobody asks for, with an error", "姓名,备注,证件号码\n张三,#N/A,11\n", "2 张三|11", "以下列不在所需之列，已忽略：备注。"},
		{"columns in another order, starred", "专业,*证件号码,姓名＊\n通信,11,张三\n", "2 张三|11|通信", ""},
		{"a title above", "2015年证书档案,\n姓名,证件号码\n张三,11\n", "3 张三|11", "表头取自第 2 行。"},
		{"a header below a thousand blank rows", strings.Repeat(",\n", 1000) + head + "张三,11\n", "1002 张三|11|", "表头取自第 1001 行。"},
		{"a title and a header below many blank lines", strings.Repeat("\r\n", 40_000) + "档案\r\n" + strings.ReplaceAll(head, "\n", "\r\n") + "张三,11\r\n", "40003 张三|11|", "表头取自第 40002 行。"},
		{"tabs below a title", "档案\r\n" + tabbed, "3 王䶮|110101199003071233\n4 𠮷田|无", "表头取自第 2 行。"},
		{"semicolons below a note with a comma", "甲市,乙市的证书\n姓名;证件号码;专业\n张三;11;水利\n", "3 张三|11|水利", "表头取自第 2 行。"},
		{"semicolons below as many lines with a comma", "甲市,乙市\n丙市,丁市\n姓名;证件号码;专业\n张三;11;水利\n", "4 张三|11|水利", "表头取自第 3 行。"},
		{"commas, with a tab before each number", "姓名,证件号码\n张三,\t11\n李四,\t12\n", "2 张三|11\n3 李四|12", ""},
		{"a title, a blank line, notes", "档案\n\n说明：* 为必填\n*姓名,*证件号码\n张三,11\n", "5 张三|11", "表头取自第 4 行。"},
		{"prose longer than a cell", prose + "\n姓名,证件号码\n张三,11\n", "3 张三|11", "表头取自第 2 行。"},
		{"notes with a stray quote", "注意\"：,\n姓名,证件号码\n张三,11\n", "3 张三|11", "表头取自第 2 行。"},
		{"a header in the tenth row", strings.Repeat("x\n", 9) + "姓名,证件号码\n张三,11\n", "11 张三|11", "表头取自第 10 行。"},
		{"a row with some of them first", "姓名,备注\n姓名,证件号码\n张三,11\n", "3 张三|11", "表头取自第 2 行。"},
		{"the header once more", "姓名,证件号码\n张三,11\n 姓名 ,证件号码*\n李四,12\n姓名,证件号码\n", "2 张三|11\n4 李四|12", "有 2 行与表头相同，已跳过。"},
		{"a header twice from the top", "姓名,证件号码\n姓名,证件号码\n张三,11\n", "3 张三|11", "有 1 行与表头相同，已跳过。"},
		{"a column's name of a thousand characters", "姓名,证件号码," + strings.Repeat("长", MaxCell) + "\n张三,11,x\n", "2 张三|11", "以下列不在所需之列，已忽略：" + strings.Repeat("长", MaxCell) + "。"},
		{"a column of its own twice", "备注,姓名,备注,证件号码\n甲,张三,乙,11\n", "2 张三|11", "以下列不在所需之列，已忽略：备注。"},
		{"marks that nobody sees in header and cells", "\u200e姓\u00ad名\u202c,\ufeff证件\u200b号码\n\u202d张\u200d三\u2060,1\u200e1\ufe0f\n", "2 张三|11", ""},
		{"spaces of every width around", "姓　名 , 证件号码*\n\u00A0王䶮　, 110101199003071233\t\n𠮷田\u200B,\u202F无", want, ""},
		{"full-width letters of a header", "姓名,证件号码,ＩＤ\n张三,１１,Ａ\n", "2 张三|１１", "以下列不在所需之列，已忽略：ID。"},
		{"what merely looks like an error", head + "#,#1,C#\n# N/A,N/A,#abc!\n", "2 #|#1|C#\n3 # N/A|N/A|#abc!", ""},
		{"a page of the web that is none", "姓名,证件号码\n<张三>,11\n", "2 <张三>|11", ""},
	}
}

// faultyTexts are those with lines that are rejected, and those that are refused.
func faultyTexts(t testing.TB) []shape {
	const head, quote = "姓名,证件号码\n", "|stray quotation mark"
	bad := []shape{
		{"filled cells beyond the header", head + "张三,11,x\n李四,12", "2 张三|11|more cells than the header\n3 李四|12", ""},
		{"nothing but a cell beyond the header", head + ",,x\n李四,12", "2 ||more cells than the header\n3 李四|12", ""},
		{"a quote inside a cell", head + "张\"三,11\n李四,12", "2 张\"三|11" + quote + "\n3 李四|12", ""},
		{"text after a quoted cell", head + "\"张\"三,11\n李四,12", "2 \"张\"三|11" + quote + "\n3 李四|12", ""},
		{"a quote never closed", head + "张三,\"11\n李四,12\n王五,13", "2 张三|\"11" + quote + "\n3 李四|12\n4 王五|13", ""},
		{"two quotes never closed", head + "\"1,2\n3,4\n\n\"5,6\n7,8", "2 \"1|2" + quote + "\n3 3|4\n5 \"5|6" + quote + "\n6 7|8", ""},
		{"a quote that closes rows below", head + "\"1,2\n3,4\n5,\"6\"\n7,8", "2 \"1|2" + quote + "\n3 3|4\n4 5|6\n5 7|8", ""},
		{"an error value in the first column", head + "#N/A,11\n李四,12", "2 #N/A|11|error value: 姓名\n3 李四|12", ""},
		{"a broken character", head + "王\xFF,11\n李四,12", "2 王\uFFFD|11|undecodable text: 姓名\n3 李四|12", ""},
		{"a broken character after a mark", "\uFEFF" + head + "张三,\xFF\n李四,12", "2 张三|\uFFFD|undecodable text: 证件号码\n3 李四|12", ""},
		{"a file that was broken before", head + "王\uFFFD,11\n李四,12", "2 王\uFFFD|11|undecodable text: 姓名\n3 李四|12", ""},
		{"a broken character in GB18030", encode(t, simplifiedchinese.GB18030, head+"张三,") + "\xFF\n1,12", "2 张三|\uFFFD|undecodable text: 证件号码\n3 1|12", ""},
		{"half a character at the end of UTF-16", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), head+"张三,11") + "\x31", "2 张三|11\uFFFD|undecodable text: 证件号码", ""},
		{"a cell too long", head + strings.Repeat("长", 1001) + ",11\n" + strings.Repeat("长", 1000) + ",12",
			"2 " + strings.Repeat("长", 1001) + "|11|cell too long: 姓名\n3 " + strings.Repeat("长", 1000) + "|12", ""},
	}
	for _, value := range []string{"#N/A", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#DIV/0!", "#SPILL!", "#CALC!", "########", "##", "#n/a", " #N/A　", "\u200e#N/A", "#\u200bN/A\ufeff"} {
		shown := strings.Trim(value, " 　\u200e\ufeff")
		shown = strings.ReplaceAll(shown, "\u200b", "")
		bad = append(bad, shape{"the error value " + fmt.Sprintf("%q", value), "姓名,证件号码,专业\n张三,11," + value + "\n李四,12,通信\n", "2 张三|11|" + shown + "|error value: 专业\n3 李四|12|通信", ""})
	}
	for _, c := range []shape{
		{"nothing", "", "没有内容", ""},
		{"only a mark", "\uFEFF", "没有内容", ""},
		{"only the end of a text of DOS", "\x1a", "没有内容", ""},
		{"only blank lines", "\n ,　,\n\u200b\n", "没有内容", ""},
		{"header only", head, "只有表头", ""},
		{"header and blank lines", head + "\n,\n", "只有表头", ""},
		{"header and nothing but itself", head + head, "只有表头", ""},
		{"an old .xls, or a workbook with a password", oleMagic + "\x00\x00", "这是旧版 .xls 或加密文件，请另存为 .xlsx 或 CSV", ""},
		{"a web page called .xls", "\r\n <html><table>", "网页格式", ""},
		{"a web page behind a mark", "\uFEFF<!DOCTYPE html>", "网页格式", ""},
		{"XML spreadsheet 2003", "<?xml version=\"1.0\"?>", "网页格式", ""},
		{"a picture", "\xFF\xD8\xFF\xE0\x00\x10JFIF", "不是表格文件", ""},
		{"UTF-16 without a mark", "Y\x00T\x00\n\x00", "不是表格文件", ""},
		{"too many columns", strings.Repeat("a,", MaxColumns) + "a\n1", "超过 200 列", ""},
		{"a quote open in the header", "\"姓名,证件号码\n1,2", "没有可用的表头", ""},
		{"rubbish in the header", "\xFF\xFF,\xFF\n1,2", "没有可用的表头", ""},
		{"nothing of the header", "a,b\nc,d\n", "缺少必需的列：姓名、证件号码。", ""},
		{"a header in the eleventh row", strings.Repeat("x\n", 10) + head + "张三,11\n", "缺少必需的列：姓名、证件号码。", ""},
		{"the nearest row is what is told", "档案\n姓名,号码\n张三,11\n", "表头缺少必需的列：证件号码。", ""},
		{"prose, and the nearest row", strings.Repeat("填写说明。", 300) + "\n姓名,号码\n张三,11\n", "缺少必需的列：证件号码。", ""},
		{"a wanted column twice", "姓名,证件号码,姓名\n张三,11,李四\n", "表头中有重复的列：姓名", ""},
	} {
		c.rows = "!" + c.rows
		bad = append(bad, c)
	}
	return bad
}
