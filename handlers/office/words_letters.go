package office

import (
	"cmp"
	"fmt"

	"certreissue/handlers/visit"
	"certreissue/reissue"
)

// The words of letters.

func sayPrintLetter(kind reissue.Letter, count int) string {
	if count == 1 {
		return "打印" + kind.Word()
	}
	return fmt.Sprintf("打印本页的%s（%d 份）", kind.Word(), count)
}

// sayNoLetter is told where a letter would tell what is not so.
func sayNoLetter(a *reissue.Application, kind reissue.Letter) string {
	return "申请 " + visit.Number(a.ID) + " 现在是“" + a.Status.Word() + "”，没有可以打印的" + kind.Word() + "。"
}

func sayManyLetters(most int) string {
	return fmt.Sprintf("一次最多打印 %d 份，其余的没有列出，请分几次打印。", most)
}

// sayReviewed names who has decided, and when.
func sayReviewed(name string, at reissue.Moment) string {
	return "审核人：" + name + "　" + at.String()
}

// letterHint tells what a placeholder becomes.
func letterHint(name string) string {
	return cmp.Or(placeholderHints[name], letterDate[name], proofHints[name])
}

var letterDate = map[string]string{"开具日期": "打印的日期（落款已印）"}
