package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"

	"certreissue/templates"
)

// referenceArgument makes the program the reference server instead.
const referenceArgument = "reference"

// reference is a bare web server in a process of its own: what the machine
// gives without a product.
type reference struct {
	address string
	command *exec.Cmd
}

func startReference(ctx context.Context) (*reference, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	r := &reference{}
	if r.address, err = freeAddress(); err != nil {
		return nil, err
	}
	r.command = exec.CommandContext(ctx, self, referenceArgument, r.address)
	r.command.Stderr = os.Stderr
	if err := r.command.Start(); err != nil {
		return nil, err
	}
	return r, waitFor(ctx, r.address, "/hello")
}

func (r *reference) stop() error { return stopProcess(r.command) }

// serveReference answers /hello with a word, and /page with the product's own
// template of a certificate page, filled with as much as the product fills in,
// out of memory.
func serveReference(address string) error {
	pages, err := templates.New(func(name string) string { return "/static/0123456789abcdef/" + name })
	if err != nil {
		return err
	}
	http.HandleFunc("GET /hello", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello") })
	http.HandleFunc("GET /page", func(w http.ResponseWriter, r *http.Request) {
		var page bytes.Buffer
		if err := pages.Render(&page, barePage()); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(page.Len()))
		w.Write(page.Bytes())
	})
	return http.ListenAndServe(address, nil)
}

// barePage is what step 1 shows to a visitor of the bench.
func barePage() templates.Apply {
	data := templates.Apply{
		Page: templates.Page{SystemName: "证书补办申请系统", OfficeName: "示例市人事考试中心", Phone: "0311-00000000", Hours: "工作日 9:00—17:00",
			User: "王一", CSRF: "0123456789012345678901234567890123456789012", Demo: true},
		Exam: examTitle(0), SelfURL: "/apply/self?exam=1",
		Cards: []templates.Card{{Certificate: "1", Title: examTitle(0), State: "可申请", Act: templates.Link{Text: "申请补证", URL: "/apply/certificates/1"}, Loud: true, Rows: []templates.Pair{
			{Label: "证书管理号", Value: "A000000001"}, {Label: "批准日期", Value: "2015 年 6 月 25 日"}, {Label: "级别", Value: "考全科"},
			{Label: "专业", Value: "建筑工程"}, {Label: "报名市", Value: "石家庄市"},
		}}},
	}
	group := templates.ExamGroup{Label: "您名下有证书的考试"}
	for n := range exams {
		group.Exams = append(group.Exams, templates.ExamOption{Value: strconv.Itoa(n + 1), Text: examTitle(n), Selected: n == 0})
	}
	data.Groups = append(data.Groups, group)
	return data
}

// sameSize wants the bare page within a tenth of the product's.
func sameSize(ours, bare int) error {
	if bare < ours*9/10 || bare > ours*11/10 {
		return fmt.Errorf("the bare page has %d bytes, the product's %d: the comparison means nothing", bare, ours)
	}
	return nil
}
