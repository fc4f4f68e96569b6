package threats

import (
	"bytes"
	"fmt"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/handlers"
	"certreissue/reissue"

	"github.com/xuri/excelize/v2"
)

// Somebody of 石家庄, whom a clerk of 唐山 must not find, a colleague's candidate, and
// somebody of 石家庄 who has no account.
const scopeRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2015,一级建造师,秦远航,110101199003071233,已领取,考全科,建筑工程,YH2015001,20150920,石家庄市
2015,一级建造师,李四,440308199901101512,已领取,考全科,建筑工程,KJ2015001,20150920,唐山市
2019,经济师,赵未来,11010119900307803X,已领取,中级,金融,WL2019009,20191103,石家庄市
`

const unregistered = "11010119900307803X"

// missing is the number of no application.
var missing = fmt.Sprint(reissue.NewNumber(2026, 999_999))

// scope is an office of two cities.
type scope struct {
	*rig.Running
	clerk, city                *rig.Browser // of all cities, and of 唐山
	foreign                    *rig.Browser // the candidate of 石家庄
	pending, ready, own, batch string       // addresses of the office; own is of 唐山
}

func scoped(t *testing.T) *scope {
	t.Helper()
	r := rig.Office(t, scopeRegister)
	rig.Must(t, "city-pass1\n", "staff", "add", "city", "-role", "reviewer", "-city", "唐山市", "-password-stdin", "-data", r.Data)
	s := &scope{Running: r, clerk: r.Staff("shenhe"), city: r.Staff("city"), foreign: r.Register("秦远航", rig.LoopNumber)}
	near := r.Register("李四", "440308199901101512")
	s.ready = "/office" + s.foreign.Apply("/apply/self", rig.ByHand(map[string]string{"phone": "13900000000"}))
	s.clerk.Decide(strings.TrimPrefix(s.ready, "/office"), "approve", nil)
	made := s.clerk.Sends(s.clerk.Get("/office/batches/new"), rig.FormTo("/office/batches"), nil)
	s.batch = made.Path
	for _, act := range []string{"lock", "arrive"} {
		s.clerk.Sends(s.clerk.Get(s.batch), rig.FormTo(s.batch+"/"+act), nil)
	}
	s.pending = "/office" + s.foreign.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	s.own = "/office" + near.Apply("/apply/certificates/3", map[string]string{"phone": "13900000000"}, rig.Portrait())
	return s
}

// number is the last part of an address.
func number(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// kinds are those of the office's addresses that have a scope, with a record of 石家庄
// and one that is missing.
func (s *scope) kinds() map[string][2]string {
	return map[string][2]string{
		"applications": {number(s.pending), missing}, "handout": {number(s.ready), missing}, "counter": {number(s.ready), missing}, "batches": {number(s.batch), "99"},
		"accounts": {"1", "99"}, "certificates": {"1", "99"}, "mail": {"1", "99"},
	}
}

// unscoped are the addresses with a number or key that are of nobody, or that only an
// administrator opens.
var unscoped = regexp.MustCompile(`^/office/(staff|exams|backup/locked|mail|settings/\w+|certificates/imports|certificates/checks|handout/mailings|applications/many|batches/\{id\}/numbers)/\{`)

// draftPhoto is what nobody has begun to file.
var draftPhoto = regexp.MustCompile(`/apply/.+/photo$`)

// TestScope: what is of another city is, for a reviewer who is limited to one, as if
// it were missing, on every address that there is, and nothing is changed there. The
// same forms would do for a colleague of all cities.
func TestScope(t *testing.T) {
	t.Parallel()
	s := scoped(t)
	good := map[string]url.Values{
		"return": {"reason": {"phone"}}, "refuse": {"reason": {"fraud"}}, "take-back": {"note": {"误操作"}}, "correct": {"paper": {"身份证"}, "id_number": {rig.IDNumber(t, 7)}, "name": {"李四"}},
		"email": {"email": {"dao@example.com"}}, "attach": {"name": {"李四"}, "email": {"dao@example.com"}}, "expect": {"expected": {"20301231"}}, "collected": {"collected": {"未领取"}},
		"collect": {"collector": {"holder"}, "new_number": {"A1"}, "paper_checked": {"1"}}, "mail": {"tracking": {"SF123456"}}, "number": {"new_number": {"A1"}}, "undo-report": {"note": {"x"}}, "undo-arrival": {"note": {"x"}},
		"note": {"note": {"x"}}, "hold": {"until": {time.Now().AddDate(0, 1, 0).Format(time.DateOnly)}, "reason": {"x"}}, "leave-production": {"to": {"approved"}, "note": {"x"}}, "undo-leave": {"note": {"x"}}, "unlock": {"note": {"x"}}, "dissolve": {"note": {"x"}}, "correct-handout": {"note": {"x"}}, "correct-mailing": {"note": {"x"}}, "remove": {"application": {number(s.ready)}},
	}
	pages := []string{s.pending, "/office/handout/" + number(s.ready), s.batch, "/office/accounts/1", "/office/certificates/1"}
	shown := func() (all []string) {
		for _, path := range pages {
			all = append(all, s.clerk.Get(path).Is(http.StatusOK).TextOf("main"))
		}
		return all
	}
	shown() // the first look of the day has a row in the log
	before := shown()
	asked := s.city.Get("/office/password")
	tried := map[string]int{}
	for _, pattern := range handlers.Patterns() {
		method, path, _ := strings.Cut(pattern, " ")
		if !strings.HasPrefix(path, "/office/") || !strings.Contains(path, "{") || unscoped.MatchString(path) {
			continue
		}
		kind := strings.Split(path, "/")[2]
		numbers, known := s.kinds()[kind]
		if !known {
			t.Errorf("%s: no object of another city is known", pattern)
			continue
		}
		tried[kind]++
		path = strings.NewReplacer("/certificates/{record}", "/certificates/1", "/applications/{record}", "/applications/"+number(s.pending)).Replace(path)
		foreign, absent := strings.Replace(path, "{id}", numbers[0], 1), strings.Replace(path, "{id}", numbers[1], 1)
		if method == http.MethodGet {
			answer, none := s.city.At(foreign).Is(http.StatusNotFound), s.city.At(absent)
			alike(answer, none)
			if s.clerk.At(foreign).Status == http.StatusNotFound && !draftPhoto.MatchString(foreign) {
				t.Errorf("%s is missing for all", foreign)
			}
			continue
		}
		values := url.Values{"revision": {"1"}}
		if kind == "batches" {
			values.Set("revision", "3")
		} else if kind == "handout" {
			values.Set("revision", "4")
		}
		maps.Copy(values, good[number(path)])
		answer := s.city.Post(asked, foreign, values)
		if strings.HasPrefix(path, "/office/certificates/") { // administrators only
			answer.Is(http.StatusForbidden)
			continue
		}
		alike(answer.Is(http.StatusNotFound), s.city.Post(asked, absent, values))
	}
	for i, after := range shown() {
		if after != before[i] {
			t.Errorf("%s: before\n%s\nafter\n%s", pages[i], before[i], after)
		}
	}
	if want := map[string]int{"applications": 16, "handout": 8, "counter": 1, "batches": 14, "accounts": 22, "certificates": 5, "mail": 1}; !maps.Equal(tried, want) {
		t.Errorf("%v addresses were tried, want %v", tried, want)
	}
	// The forms were such as are accepted.
	decided := s.clerk.Post(s.clerk.Get("/office/password"), s.pending+"/return", url.Values{"revision": {"1"}, "reason": {"phone"}})
	s.clerk.Follows(decided)
	s.clerk.Follows(s.clerk.Post(s.clerk.Get("/office/password"), "/office/handout/"+number(s.ready)+"/collect", url.Values{"revision": {"4"}, "collector": {"holder"}, "new_number": {"A1"}, "paper_checked": {"1"}}))
	// Whom staff of all cities, and administrators, look at stands in the log.
	s.Staff("guanli").Get("/office/accounts/1").Has(rig.LoopNumber)
	log := s.Staff("shenji").Get("/office/audit?act=account.viewed&id=1").TextOf("tbody")
	for _, who := range []string{"shenhe", "guanli"} {
		if strings.Count(log, who) != 1 || strings.Contains(log, " city ") {
			t.Errorf("the log of looks at an account: %s", log)
		}
	}
}

// alike fails unless two pages say the same.
func alike(one, other *rig.Page) {
	one.T.Helper()
	if one.Status != other.Status || one.TextOf("main") != other.TextOf("main") || !slices.Equal(headers(one), headers(other)) {
		one.T.Errorf("%s: %d %s\n%s: %d %s", one.Path, one.Status, one.TextOf("main"), other.Path, other.Status, other.TextOf("main"))
	}
}

func headers(p *rig.Page) []string { return slices.Sorted(maps.Keys(p.Header)) }

// TestScopeOfLists: no list, count, search, export, paper or page beside tells a
// reviewer of one city of somebody of another one, but which city serves them.
func TestScopeOfLists(t *testing.T) {
	t.Parallel()
	s := scoped(t)
	told := func(p *rig.Page) {
		t.Helper()
		text := string(p.Body)
		if kind := p.Header.Get("Content-Type"); strings.Contains(kind, "spreadsheet") {
			book, err := excelize.OpenReader(bytes.NewReader(p.Body))
			if err != nil {
				t.Fatal(err)
			}
			rows, err := book.GetRows(book.GetSheetName(0))
			text = strings.Join(slices.Concat(rows...), "\n")
			if err != nil || len(rows) == 0 {
				t.Errorf("%s: %v, %d rows", p.Path, err, len(rows))
			}
		}
		for _, canary := range []string{"秦远航", rig.LoopNumber, "1****************3", "YH2015001", number(s.pending), number(s.ready), "/office/accounts/1\"", "赵未来"} {
			if strings.Contains(text, canary) {
				t.Errorf("%s tells %q", p.Path, canary)
			}
		}
	}
	for _, path := range []string{"/office", "/office/applications", "/office/applications?status=等待审核", "/office/applications?city=石家庄市", "/office/applications?sort=newest",
		"/office/applications.csv", "/office/applications.xlsx", "/office/applications.csv?city=石家庄市", "/office/certificates", "/office/certificates?city=石家庄市",
		"/office/certificates.csv", "/office/certificates.xlsx", "/office/certificates?import=1", "/office/certificates/imports/1", "/office/handout", "/office/handout?city=石家庄市",
		"/office/handout/sheet", "/office/report", "/office/report.xlsx", "/office/mail/telephone", "/office/mail/telephone.xlsx", "/office/forms", "/office/proofs", "/office/proofs.csv", "/office/proofs/waiting", "/office/batches", "/office/batches/new", "/office/batches/new?city=石家庄市", "/office/audit", s.own} {
		told(s.city.At(path).Is(http.StatusOK))
	}
	for path, status := range map[string]int{"/office/applications?q=秦远航": 200, "/office/applications?q=YH2015001": 200, "/office/applications?q=" + number(s.pending): 200, "/office/certificates?q=秦": 200} {
		found := s.city.At(path).Is(status)
		if found.Find("tbody tr").Length() != 0 {
			t.Errorf("%s finds %s", path, found.TextOf("tbody"))
		}
	}
	for _, path := range []string{"/office/forms?application=", "/office/handout/sheet?application=", "/office/proofs/sheets?application=", "/office/letters?kind=returned&application=", "/office/applications/next?from=", "/office/applications/previous?from="} {
		alike(s.city.At(path+number(s.pending)).Is(http.StatusNotFound), s.city.At(path+missing))
	}
	for _, path := range []string{"/office/forms?batch=", "/office/handout/sheet?batch=", "/office/batches/new?batch="} {
		alike(s.city.At(path+number(s.batch)).Is(http.StatusNotFound), s.city.At(path+"99"))
	}
	if typed := s.city.At("/office/handout?number=" + number(s.ready)).Is(http.StatusNotFound); typed.Problems()["q"] == "" {
		t.Errorf("the counter: %v", typed.Problems())
	}
	// The counter finds nobody of another city, and hands nothing out; whose card it is, it is told who serves them.
	for q, why := range map[string]string{number(s.ready): "没有找到", "秦远航": "没有找到", rig.LoopNumber: "该考生由石家庄窗口办理"} {
		nothing := s.city.Send(s.city.Get("/office/counter"), rig.FormTo("/office/counter"), map[string]string{"q": q}).Is(http.StatusNotFound)
		if main := nothing.TextOf("main"); !strings.Contains(nothing.Problems()["q"], why) || strings.Contains(main, "秦远航") || strings.Contains(main, rig.LoopNumber) {
			t.Errorf("the counter says of %s: %s", q, main)
		}
	}
	together := func(id string) *rig.Page {
		return s.city.Post(s.city.Get("/office/password"), "/office/counter/collect", url.Values{"application": {id}, "collector": {"holder"}, "paper_checked": {"1"}, "new_number": {"A1"}})
	}
	alike(together(number(s.ready)).Is(http.StatusNotFound), together(missing))
	alike(s.city.At("/office/counter?application="+number(s.ready)).Is(http.StatusNotFound), s.city.At("/office/counter?application="+missing))
	many := s.city.Post(s.city.Get("/office"), "/office/applications/many", url.Values{"act": {"approve"}, "application": {number(s.pending) + ".1"}})
	if outcome := s.city.Follows(many).Has("不在您负责的报名市"); outcome.Find("main td").Length() > 0 && strings.Contains(outcome.TextOf("main"), "秦远航") {
		t.Error("many decisions name who was not decided about")
	}

	// A colleague's list is not theirs to see.
	outcome := s.clerk.Follows(s.clerk.Post(s.clerk.Get("/office"), "/office/applications/many", url.Values{"act": {"approve"}, "application": {number(s.ready) + ".1"}}))
	alike(s.city.At(outcome.Path).Is(http.StatusNotFound), s.city.At("/office/applications/many?result=99"))

	// A list of tracking numbers learns no more than that a number is none of theirs.
	var list bytes.Buffer
	form := multipart.NewWriter(&list)
	form.WriteField("csrf_token", token(s.city.Get("/office/handout")))
	part, _ := form.CreateFormFile("file", "运单.csv")
	fmt.Fprintf(part, "申请编号,姓名,运单号\n%s,秦远航,SF1234567\n%s,秦远航,SF1234567\n", number(s.ready), missing)
	form.Close()
	marked := s.city.Follows(s.city.Do(http.MethodPost, "/office/handout/mailings", form.FormDataContentType(), &list))
	var whys []string
	for _, line := range strings.Split(string(s.city.At(marked.Path+"/rejected.csv").Body), "\n")[1:] {
		if cells := strings.Split(strings.TrimSpace(line), ","); len(cells) > 1 {
			whys = append(whys, cells[len(cells)-1])
		}
	}
	if len(whys) != 2 || whys[0] != whys[1] {
		t.Errorf("a list of tracking numbers is told %q", whys)
	}
	s.clerk.Get("/office/handout/" + number(s.ready)).Has("待领取")

	// What is approved elsewhere waits for a batch of its own city.
	s.clerk.Decide(s.foreign.Apply("/apply/self", rig.ByHand(map[string]string{"exam_name": "会计"})), "approve", nil)
	s.clerk.Get("/office/batches/new").Has("会计")
	if choice := s.city.Get("/office/batches/new").TextOf("main"); strings.Contains(choice, "会计") {
		t.Errorf("a batch could have: %s", choice)
	}
	s.city.Post(s.city.Get("/office/password"), "/office/batches", nil).Is(http.StatusUnprocessableEntity)

	// A batch without members is still its city's, with what was noted about it.
	made := s.clerk.Sends(s.clerk.Get("/office/batches/new"), rig.FormTo("/office/batches"), nil)
	s.clerk.Sends(s.clerk.Get(made.Path), rig.FormTo(made.Path+"/dissolve"), map[string]string{"note": "秦远航来电"})
	alike(s.city.At(made.Path).Is(http.StatusNotFound), s.city.At("/office/batches/99"))
	if shown := s.city.Get("/office/batches"); shown.Find("tbody tr").Length() != 0 {
		t.Errorf("batches of other cities: %s", shown.TextOf("tbody"))
	}

	// Beside one's own application, others are told by their city.
	review := s.city.Get(s.own).Has("其他人用了同一张照片的申请", "其他人留了同一联系方式的申请", "另有由石家庄窗口办理的申请")
	if review.Find("[aria-labelledby=same-photo] a, [aria-labelledby=same-phone] a").Length() != 0 {
		t.Error("the review leads to an application of another city")
	}
	s.clerk.Get(s.own).Has("秦远航", number(s.pending), number(s.ready))
}

// TestScopeAtCounter: a person is of the cities of their certificates and
// applications; whoever is of none is served by all. No way leads to another's account.
func TestScopeAtCounter(t *testing.T) {
	t.Parallel()
	s := scoped(t)
	search := func(b *rig.Browser, q string) *rig.Page {
		return b.Sends(b.Get("/office/accounts"), rig.FormTo("/office/accounts"), map[string]string{"q": q})
	}
	const served = "该考生由石家庄窗口办理。"
	for _, q := range []string{rig.LoopNumber, "秦远航", "秦"} {
		found := search(s.city, q).Has(served)
		if found.Find("tbody tr").Length() > 0 || strings.Contains(strings.ReplaceAll(string(found.Body), `value="`+q+`"`, ""), "远航") {
			t.Errorf("%s finds %s", q, found.Body)
		}
	}
	search(s.clerk, "秦").Has("秦远航")
	search(s.Staff("guanli"), rig.LoopNumber).Has("秦远航")
	search(s.city, "李").Has("李四")

	// Of no city: everybody's. Of two: those of both.
	nobody := rig.IDNumber(t, 3)
	homeless := s.Register("王无籍", nobody)
	mine := search(s.city, nobody).Link("王无籍")
	account := s.city.Get(mine).Has(nobody)

	// Neither opening nor correcting an account leads to another city's person.
	s.city.Refused(http.StatusUnprocessableEntity, s.city.Get("/office/accounts/new"), rig.FormTo("/office/accounts/new"),
		map[string]string{"paper": "身份证", "id_number": unregistered, "name": "赵未来"}).Has(served).Faults("id_number")
	taken := s.city.Refused(http.StatusUnprocessableEntity, s.city.Get("/office/accounts/new"), rig.FormTo("/office/accounts/new"),
		map[string]string{"paper": "身份证", "id_number": rig.LoopNumber, "name": "秦远航"}).Has(served)
	if taken.Find("main a[href='/office/accounts/1']").Length() != 0 {
		t.Error("opening an account leads to that of another city")
	}
	for _, number := range []string{unregistered, rig.LoopNumber} {
		s.city.Refused(http.StatusUnprocessableEntity, account, "form[action$='/correct']", map[string]string{"paper": "身份证", "id_number": number, "name": "王无籍"}).Has(served)
	}
	s.city.Get(mine).Has(nobody)

	// An application brings them to its city.
	homeless.Apply("/apply/self", rig.ByHand(map[string]string{"city": "石家庄市"}))
	s.city.At(mine).Is(http.StatusNotFound)
	search(s.city, nobody).Has(served)
	homeless.Apply("/apply/self", rig.ByHand(map[string]string{"city": "唐山市", "exam_name": "会计"}))
	both := s.city.Get(mine).Has(nobody, "另有由石家庄窗口办理的申请")
	if n := both.Find("[aria-labelledby=applications] tbody tr").Length(); n != 1 {
		t.Errorf("%d applications are shown, want 1", n)
	}
	s.clerk.Get(mine).Has(nobody)

	// Neither what keeps an account open, nor a way back, names one of another city.
	closing := s.city.Refused(http.StatusUnprocessableEntity, s.city.Get(mine), "form[action$='/close']", nil).Has("正在办理的")
	if text := closing.TextOf("main"); !strings.Contains(text, "由石家庄窗口办理") {
		t.Errorf("closing tells %s", text)
	}
}
