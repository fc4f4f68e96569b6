package office

import (
	"maps"
	"net/http"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// reportLines are the lines of a report's workbook by what they are about, such as
// "考试 2020 二级建造师", each by column.
func reportLines(t *testing.T, content []byte) map[string]map[string]string {
	t.Helper()
	rows := table(t, content)
	found := map[string]map[string]string{}
	for _, row := range rows[1:] {
		line := map[string]string{}
		for i, cell := range row {
			line[rows[0][i]] = cell
		}
		found[strings.Join(strings.Fields(strings.Join(row[:3], " ")), " ")] = line
	}
	return found
}

// rank is a value of a list by the nearest rank.
func rank(list []int, percent int) string {
	if len(list) == 0 {
		return ""
	}
	sort.Ints(list)
	return strconv.Itoa(list[(len(list)*percent+99)/100-1])
}

// TestReport: what the pages have done is reported under exam, city and month as the
// export of applications tells it, on the days that are asked for and to whom it may be
// told.
func TestReport(t *testing.T) {
	r := rig.Office(t, batchRegister)
	candidate, reviewer := r.Register("测试", "110101199003071233"), r.Staff("shenhe")
	now := time.Now().In(time.FixedZone("CST", 8*3600))
	passed := 0
	later := func(days int) {
		passed += days
		r.Pass(time.Duration(days) * 24 * time.Hour)
		reviewer = r.Staff("shenhe")
		candidate = r.Browser()
		candidate.Login("110101199003071233", rig.CandidatePassword)
	}
	own, other := applied(candidate, "2020"), applied(candidate, "2018")
	withPhoto(candidate, reviewer) // approved
	number := func(path string) string { return strings.TrimPrefix(path, "/applications/") }
	reviewer.Decide(own, "return", map[string]string{"reason": "other", "note": "请核对"})
	reviewer.Decide(other, "refuse", map[string]string{"reason": "fraud"})
	later(1)
	candidate.Sends(candidate.Get(own+"/edit"), "form[enctype]", nil)
	reviewer.Decide(other, "take-back", map[string]string{"note": "看错了"})
	later(2)
	reviewer.Decide(own, "approve", nil)
	reviewer.Decide(other, "approve", nil)
	later(1)
	batch := batched(reviewer)
	later(5)
	reviewer.Sends(reviewer.Get(batch), rig.FormTo(batch+"/arrive"), nil)
	later(3)
	reviewer.Sends(reviewer.Get("/office/handout/"+number(own)), rig.FormTo("/office/handout/"+number(own)+"/collect"), map[string]string{"paper_checked": "1", "collector": "holder", "new_number": "BF1"})
	reviewer.Sends(reviewer.Get("/office/handout/"+number(other)), rig.FormTo("/office/handout/"+number(other)+"/mail"), map[string]string{"tracking": "EMS1001"})

	day := func(days int) string { return now.AddDate(0, 0, days).Format("2006-01-02") }
	const page = "/office/report"
	query := "?from=" + day(-1) + "&to=" + day(passed+1)
	admin := r.Staff("guanli")
	lines := reportLines(t, admin.Get(page+".xlsx"+query).Body)
	exported := cellsOf(t, admin.Get("/office/applications.xlsx").Body)
	counts := func(of string, belongs func(map[string]string) bool) {
		t.Helper()
		want, days := map[string]int{}, map[string][]int{}
		for _, row := range exported {
			if !belongs(row) {
				continue
			}
			want["收到"]++
			want["审核通过"]++ // all are, in the end
			returned, _ := strconv.Atoi(row["退回次数"])
			want["退回"] += returned
			for column, is := range map[string]bool{"进入制证": row["批次"] != "", "到证": row["到证时间"] != "", "领取": row["发放方式"] == "窗口领取", "寄出": row["发放方式"] == "邮寄"} {
				if is {
					want[column]++
				}
			}
			for stage, column := range map[string]string{"制证至到证": "制证天数", "到证至领取或寄出": "待领天数"} {
				if n, err := strconv.Atoi(row[column]); err == nil {
					days[stage] = append(days[stage], n)
				}
			}
			if n, err := strconv.Atoi(row["审核天数"]); err == nil {
				days["提交至审核"] = append(days["提交至审核"], n)
			}
			if returned > 0 { // on the first day, which the export does not tell any more
				days["提交至审核"] = append(days["提交至审核"], 0)
			}
		}
		for _, column := range []string{"收到", "审核通过", "退回", "不予受理", "进入制证", "到证", "领取", "寄出", "退出制证"} {
			if got := lines[of][column]; got != strconv.Itoa(want[column]) {
				t.Errorf("%s, %s: %q, want %d", of, column, got, want[column])
			}
		}
		for stage, list := range days {
			if got, want := []string{lines[of][stage+"份数"], lines[of][stage+"中位天数"], lines[of][stage+"九成天数"], lines[of][stage+"最长天数"]},
				[]string{strconv.Itoa(len(list)), rank(list, 50), rank(list, 90), rank(list, 100)}; !slices.Equal(got, want) {
				t.Errorf("%s, %s: %q, want %q of %v", of, stage, got, want, list)
			}
		}
	}
	counts("合计", func(map[string]string) bool { return true })
	for _, exam := range []string{"2020 二级建造师", "2018 经济师", "2015 一级建造师"} {
		counts("考试 "+exam, func(row map[string]string) bool { return row["考试年度"]+" "+row["考试名称"] == exam })
	}
	for _, city := range []string{"石家庄市", "唐山市"} {
		counts("报名市 "+city, func(row map[string]string) bool { return row["报名市"] == city })
	}
	if got := lines["退回原因 其他"]["退回"]; got != "1" {
		t.Errorf("returned for another reason: %q", got)
	}
	if got := lines["工作人员 shenhe"]; got["审核通过"] != "3" || got["退回"] != "1" || got["领取"] != "1" {
		t.Errorf("of shenhe: %v", got)
	}

	// The page says the same, and tells a reviewer nothing of colleagues.
	shown := admin.Get(page+query).Has("2020 年 二级建造师", "统计口径", "从短到长排列", "不予受理")
	if got := shown.TextOf("#exams ~ .chart tbody tr:first-child"); got != "2020 年 二级建造师"+"1"+"2"+"1"+"1"+"0"+"1"+"1"+"1"+"0"+"0"+"0"+"2"+"0" {
		t.Errorf("the page's first exam: %q", got)
	}
	if shown.Find("#staff").Length() != 1 || shown.Find("#exams ~ .chart svg rect").Length() != 3 {
		t.Error("an administrator sees no staff, or no chart")
	}
	if reviewer.Get(page+query).Find("#staff").Length() != 0 {
		t.Error("a reviewer sees the staff")
	}
	for line := range maps.Keys(reportLines(t, reviewer.Get(page+".xlsx"+query).Body)) {
		if strings.HasPrefix(line, "工作人员") {
			t.Errorf("a reviewer's workbook has %q", line)
		}
	}
	admin.Get("/office/audit?object=report").Has("统计报表", day(-1)+" 至 "+day(passed+1))

	// Both days are in it, and no others; by default it is this month until today.
	last := reportLines(t, admin.Get(page+".xlsx?from="+day(passed)+"&to="+day(passed)).Body)["合计"]
	if last["收到"] != "0" || last["到证"] != "0" || last["领取"] != "1" || last["寄出"] != "1" {
		t.Errorf("of the last day: %v", last)
	}
	today := now.AddDate(0, 0, passed)
	admin.Get(page).Shows(map[string]string{"from": today.Format("2006-01") + "-01", "to": today.Format("2006-01-02")})
	for query, field := range map[string]string{"?from=2026-13-01": "from", "?from=2026-02-01&to=2026-01-31": "to", "?from=2999-01-01": "from", "?to=x": "to"} {
		if refused := admin.At(page + query).Is(http.StatusUnprocessableEntity); refused.Problems()[field] == "" {
			t.Errorf("%s: %v", query, refused.Problems())
		}
		admin.At(page + ".xlsx" + query).Is(http.StatusSeeOther) // to the page, which says so
	}
}
