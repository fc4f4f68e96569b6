package office

import (
	"strconv"
	"strings"

	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// The words of archives.

const (
	sayArchive     = "存档"
	sayToArchive   = "去存档"
	sayArchiveYear = "提交年度"
	sayBatchOf     = "制证批次"
	sayUnreadable  = "无法读取"
)

// archiveColumns are those of an archive's index.
var archiveColumns = []string{"件号", "编号", "姓名", "考试", "结果", "SHA-256"}

// archiveKinds are its columns that are not text.
var archiveKinds = sheet.Kinds{"件号": sheet.Number}

func sayArchiveOf(cities []string) string {
	return "只含" + strings.Join(cities, "、") + "的申请。"
}

func sayRoughly(size string) string { return "约 " + size }

// archiveChosen puts into words what an archive has, for the log.
func archiveChosen(st *store.Store, staff *reissue.Staff, of store.Archive) (chosen []string, err error) {
	if staff.Limited() {
		chosen = append(chosen, sayLimitedTo+" "+strings.Join(staff.Cities, "、"))
	}
	if of.Batch == 0 {
		return append(chosen, sayArchiveYear+" "+strconv.Itoa(of.Year)), nil
	}
	b, err := st.Batch(staff, of.Batch)
	if err != nil {
		return nil, err
	}
	return append(chosen, sayBatchOf+" "+b.Name), nil
}

// yearsOf names years.
func yearsOf(years []int) string {
	words := make([]string, len(years))
	for i, year := range years {
		words[i] = strconv.Itoa(year)
	}
	return strings.Join(words, "、")
}

// sayLeaving warns of what goes within a week and is in no archive.
func sayLeaving(years []int) string {
	return "按保存期限，一周之内将删除 " + yearsOf(years) + " 年度的申请或照片，还没有存档。需要留存的，请先下载存档。"
}

// sayArchiveFirst is told where shorter periods are agreed to.
func sayArchiveFirst(years []int) string {
	return "其中 " + yearsOf(years) + " 年度还没有存档，需要留存的，请先下载存档。"
}
