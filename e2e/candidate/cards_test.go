package candidate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

// cards are the certificates that step 1 shows, each as its state, what it is marked with,
// and its buttons and links; a loud one has an exclamation mark, a disabled one brackets.
func cards(p *rig.Page) []string {
	return p.Find(".card").Map(func(_ int, card *goquery.Selection) string {
		said := []string{card.AttrOr("data-state", ""), card.AttrOr("data-certificate", "-"), card.AttrOr("data-application", "-")}
		card.Find(".card-act a, .card-act button").Each(func(_ int, act *goquery.Selection) {
			text := act.Text() + " " + act.AttrOr("href", "")
			if act.HasClass("primary") {
				text += "!"
			}
			if _, disabled := act.Attr("disabled"); disabled {
				text = "[" + act.Text() + "]"
			}
			said = append(said, text)
		})
		return strings.Join(said, "|")
	})
}

// TestCards: what needs the candidate is first, and every certificate has one next
// action; choosing an exam leaves its own.
func TestCards(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b, reviewer := r.Register("测试", rig.LoopNumber), r.Staff("shenhe")
	wants := func(p *rig.Page, want ...string) {
		t.Helper()
		if got := cards(p); !slices.Equal(got, want) {
			t.Errorf("the cards are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	can := func(n int) string { return fmt.Sprintf("可申请|%d|-|申请补证 /apply/certificates/%d!", n, n) }
	const waits = "不可申请|3|-|[申请补证]"
	step1 := b.Get("/apply").Has("您的证书", "填写补证申请", "该证书尚未领取")
	wants(step1, can(1), can(2), can(4), waits)
	if place := step1.Find(".card[data-certificate='3'] .place").Text(); !strings.Contains(place, "身份证件") {
		t.Errorf("where to collect is %q", place)
	}
	if title := step1.Find("title").Text(); !strings.HasPrefix(title, "补证申请") || step1.Find("#found").Length() != 0 {
		t.Errorf("before a choice the title is %q", title)
	}

	pending := b.Apply(certificate2018, complete)
	byHand := b.Apply("/apply/self", rig.ByHand(nil))
	number := func(path string) string { return strings.TrimPrefix(path, "/applications/") }
	under := func(certificate, path string) string {
		return fmt.Sprintf("等待审核|%s|%s|查看申请 %s", certificate, number(path), path)
	}
	wants(b.Get("/apply").Has("正在等待审核", "前有结果", "2019 年 造价工程师"), can(1), can(4), waits, under("2", pending), under("-", byHand))

	loud := func(path string, want int) {
		t.Helper()
		if n := b.Get(path).Has("申请信息维护").Find("main .primary").Length(); n != want {
			t.Errorf("%d ways stand out on %s, want %d", n, path, want)
		}
	}
	loud(pending, 0)
	reviewer.Decide(pending, "return", map[string]string{"reason": "certificate_number", "note": "请附号码"})
	loud(pending, 1)
	reviewer.Decide(byHand, "refuse", map[string]string{"reason": "other", "note": "不在本地报考"})
	returned := fmt.Sprintf("审核未过|2|%s|去修改 %s/edit!", number(pending), pending)
	refused := fmt.Sprintf("不予受理|-|%s|查看申请 %s|重新申请 /apply/self", number(byHand), byHand)
	wants(b.Get("/apply").Has("证书管理号与档案不符", "请附号码", "不在本地报考"), returned, can(1), can(4), waits, refused)

	chosen := b.Get("/apply?exam=" + exam(b, "2018"))
	wants(chosen, returned)
	if title := chosen.Find("title").Text(); !strings.HasPrefix(title, "2018 年 经济师：找到 1 本证书") {
		t.Errorf("the title of the answer is %q", title)
	}
	if _, focused := chosen.Find("#found").Attr("data-focus"); !focused || chosen.Find("form[action='/apply#found']").Length() != 1 {
		t.Error("the answer is not what the browser leads to")
	}

	reviewer.Decide(b.Apply(certificate2021, map[string]string{"approval_date": "2022-01-01", "city": "唐山", "phone": "13900000000"}), "refuse", map[string]string{"reason": "other", "note": "查无此人"})
	last := cards(b.Get("/apply"))
	if again := last[len(last)-1]; !strings.HasSuffix(again, "|重新申请 "+certificate2021) && !strings.HasSuffix(last[len(last)-2], "|重新申请 "+certificate2021) {
		t.Errorf("a refused one does not lead to its own step 2: %q", last)
	}

	// The last application about a certificate counts, not the first.
	once := b.Apply(certificate2021, map[string]string{"approval_date": "2022-01-01", "city": "唐山", "phone": "13900000000"})
	if got := cards(b.Get("/apply")); !slices.Contains(got, under("4", once)) {
		t.Errorf("applied for once more: %q", got)
	}

	// What was withdrawn is as if it had not been; by hand there is nothing left of it.
	own := b.Get(b.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait()))
	b.Sends(own, rig.FormTo(own.Path+"/withdraw"), nil)
	if got := cards(b.Get("/apply")); got[1] != can(1) {
		t.Errorf("after it was withdrawn: %q", got)
	}
}

// TestCardsOfNobody: who is not in the register is led on.
func TestCardsOfNobody(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	p := r.Register("测试", rig.IDNumber(t, 1)).Get("/apply").Has("没有检索到登记在您名下的证书", "填写补证申请")
	if strings.Contains(p.Find("main").Text(), "另一年度") || p.Find("#certificates .primary").Length() != 1 || p.Find(".primary").Length() != 1 {
		t.Error("before a choice the year is blamed, or the way on is not the one that stands out")
	}
	if got := cards(p); len(got) != 0 || strings.Contains(p.Find("main").Text(), "ZJ2015001") {
		t.Errorf("somebody of another number sees %q", got)
	}
}

// TestTwins: two certificates of one exam differ in title and label.
func TestTwins(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2015,一级建造师,测试,110101199003071233,已领取,增项,建筑工程,ZJ2015001,20150920,石家庄市
2015,一级建造师,测试,110101199003071233,已领取,增项,市政公用工程,ZJ2015002,20150920,石家庄市
2016,会计,测试,110101199003071233,已领取,,,KJ2016001,20160910,唐山市
2017,会计,测试,110101199003071233,已领取,初级,,KJ2017001,20170910,唐山市
`)
	b := r.Register("测试", rig.LoopNumber)
	step1 := b.Get("/apply")
	titles := step1.Find(".card-title").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
	want := []string{"2015 年 一级建造师（增项 建筑工程）", "2015 年 一级建造师（增项 市政公用工程）", "2016 年 会计", "2017 年 会计"}
	slices.Sort(titles)
	slices.Sort(want)
	if !slices.Equal(titles, want) {
		t.Errorf("the titles are %q, want %q", titles, want)
	}
	labels := step1.Find(".card-act a").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("aria-label", "") })
	if slices.Sort(labels); len(slices.Compact(labels)) != len(want) {
		t.Errorf("the labels are %q", labels)
	}
}
