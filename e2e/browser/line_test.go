package browser

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"certreissue/e2e/rig"
)

// line is between the windows and the program, and breaks.
type line struct{ how atomic.Int32 }

// How a line is.
const (
	sound       int32 = iota
	dead              // nothing goes in
	breaksOff         // the beginning of what is sent goes in
	losesAnswer       // everything goes in, and nothing comes back
)

// brokenLine puts a line before the program: its address is the program's now.
func brokenLine(t *testing.T, r *rig.Running) *line {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	to := strings.TrimPrefix(r.URL, "http://")
	r.URL = "http://" + listener.Addr().String()
	l := &line{}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", to)
			if err != nil {
				near.Close()
				continue
			}
			go l.carry(near, far, func(b []byte) []byte {
				switch l.how.Load() {
				case dead:
					return nil
				case breaksOff:
					return b[:len(b)*2/3]
				}
				return b
			})
			go l.carry(far, near, func(b []byte) []byte {
				if l.how.Load() == losesAnswer {
					return nil
				}
				return b
			})
		}
	}()
	return l
}

// carry carries what comes until the line breaks: what is let through is less than what has come.
func (l *line) carry(from, to net.Conn, let func([]byte) []byte) {
	defer from.Close()
	defer to.Close()
	b := make([]byte, 64<<10)
	for {
		n, err := from.Read(b)
		through := let(b[:n])
		if _, writeErr := to.Write(through); len(through) < n || errors.Join(err, writeErr) != nil {
			return
		}
	}
}

const lineGone = "网络不通，内容还在，请再点一次"

// goneFor presses a form's button while the line is broken in each way: nothing is cleared, and the
// page says what to do. The next press finds the line sound again.
func (w *window) goneFor(l *line, button string) {
	w.t.Helper()
	const values = `JSON.stringify([...document.querySelectorAll("main form [name]")].map(e => [e.name, e.value, e.checked, e.files && e.files.length]))`
	typed := ask[string](w, values)
	for _, how := range []int32{dead, breaksOff, losesAnswer} {
		l.how.Store(how)
		w.press(button)
		w.until(`!document.querySelector("[aria-busy]") && document.querySelector(".sending .fault").textContent.indexOf("` + lineGone + `") == 0`)
		if now := ask[string](w, values); now != typed {
			w.t.Errorf("%s, line %d: the form holds\n%s, it held\n%s", ask[string](w, `location.pathname`), how, now, typed)
		}
		l.how.Store(sound)
	}
}

// TestBrowserBrokenLine: the line breaks before, while and after each form is sent. Nothing typed is
// lost, the next press leads on, and nothing is there twice.
func TestBrowserBrokenLine(t *testing.T) {
	t.Parallel()
	chrome := chromium(t)
	r := rig.Office(t, rig.GuideRegister)
	l := brokenLine(t, r)
	photo := filepath.Join(t.TempDir(), "照片.jpg")
	if err := os.WriteFile(photo, rig.Portrait(), 0o600); err != nil {
		t.Fatal(err)
	}
	w := openWindow(r, t, chrome, view{width: 390, touch: true})

	w.visit("/register")
	w.typeIn("name", "测试", "id_number", rig.LoopNumber, "email", "kaosheng@example.com", "password", rig.CandidatePassword, "password_confirm", rig.CandidatePassword)
	w.press("#consent")
	w.typeCaptcha()
	w.goneFor(l, button("注册"))
	w.follow(button("注册"))
	w.sees("注册成功")

	// A wrong captcha costs the password nothing.
	w.typeIn("id_number", rig.LoopNumber, "password", rig.CandidatePassword, "captcha", "0")
	w.follow(button("登录"))
	w.sees("验证码不正确")
	if at := ask[string](w, `document.activeElement.id + location.pathname + document.title`); at != "problems/login错误：登录 - 证书补办申请系统" {
		t.Errorf("a refused form leads to %q", at)
	}
	if ask[bool](w, `!!document.getElementById("password-again")`) {
		t.Error("the page asks for a password that is there")
	}
	w.typeCaptcha()
	w.follow(button("登录"))
	w.sees("选择考试")

	w.visit(rig.Certificate2015)
	w.attach(photo)
	w.until(`document.getElementById("photo-verdict").textContent == "照片符合要求。"`)
	w.typeIn("phone", "123")
	w.follow(button("下一步"))
	w.sees("请更正以下问题", "已接受的照片")
	w.typeIn("phone", "13800138000")
	w.attach(photo)
	w.until(`document.getElementById("photo-verdict").textContent == "照片符合要求。"`)
	w.goneFor(l, button("下一步"))
	w.follow(button("下一步"))
	w.sees("提交完成")

	w.follow(link("查看这份申请"))
	w.follow(link("申请信息维护"))
	w.typeIn("phone", "13900139000")
	w.goneFor(l, button("保存"))
	w.follow(button("保存"))
	w.sees("申请信息已保存", "13900139000")
	if n := ask[int](w, `document.querySelectorAll(".history li").length`); n != 2 {
		t.Errorf("%d events", n)
	}
	w.visit("/profile")
	w.typeIn("email", "xin@example.com")
	w.typeCaptcha()
	w.goneFor(l, button("保存"))
	w.follow(button("保存"))
	w.sees("邮箱已保存")
	w.visit("/applications")
	if n := ask[int](w, `document.querySelectorAll("main tbody tr").length`); n != 1 {
		t.Errorf("%d applications", n)
	}

	// A refusal that is no form leaves the one that was filled in where it is.
	w.visit("/apply/self")
	w.typeIn("exam_name", "会计", "phone", "13800138000")
	ask[string](w, `document.querySelector("main [name=csrf_token]").value = "x"; ""`)
	w.press(button("下一步"))
	w.until(`document.activeElement.id == "problems"`)
	w.sees("页面已失效", "您填写的内容还在下面")
	if typed := ask[string](w, `document.getElementById("exam_name").value`); typed != "会计" {
		t.Errorf("the form holds %q", typed)
	}

	// Somebody on the way who answers in the program's place is no answer.
	w.visit("/profile")
	w.typeIn("email", "san@example.com")
	ask[string](w, `XMLHttpRequest.prototype.open = (open => function (method) { open.call(this, "GET", "/healthz"); })(XMLHttpRequest.prototype.open); ""`)
	w.press(button("保存"))
	w.until(`document.querySelector(".sending .fault").textContent.indexOf("` + lineGone + `") == 0`)
}

// TestBrowserKeepsTyped: without scripts the browser keeps what was typed, for who comes back to the form.
func TestBrowserKeepsTyped(t *testing.T) {
	t.Parallel()
	chrome := chromium(t)
	r := rig.Office(t, rig.GuideRegister)
	r.Register("测试", rig.LoopNumber)
	w := openWindow(r, t, chrome, view{width: 1280, scriptless: true})
	w.login(rig.LoopNumber, rig.CandidatePassword)
	w.visit("/apply/self")
	w.pick("exam_year", "2019")
	w.typeIn("exam_name", "会计", "certificate_number", "HB-7", "approval_date", "20191027", "phone", "123")
	w.visit("/help")
	ask[string](w, `history.back(); ""`)
	w.arrives(`location.pathname == "/apply/self"`)
	for field, want := range map[string]string{"exam_year": "2019", "exam_name": "会计", "certificate_number": "HB-7", "approval_date": "20191027", "phone": "123"} {
		if got := ask[string](w, `document.getElementById("`+field+`").value`); got != want {
			t.Errorf("%s holds %q", field, got)
		}
	}
}
