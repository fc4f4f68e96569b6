package handlers

import (
	"errors"

	"certreissue/reissue"
	"certreissue/templates"
)

// The Chinese sentences about exams stand in this file.

const (
	sayDownload      = "下载电子证书"
	sayNotAccepted   = "这项考试现在不能申请补办"
	sayNewExam       = "添加考试"
	sayNowSaved      = "现在保存的是："
	sayExamMeanwhile = "您打开页面之后，这项考试已被同事修改或被导入的档案补充，您的修改没有保存。请核对标出的各项后再保存。"
)

// notAcceptedPage tells a candidate why step 2 is closed, and where to go on.
func notAcceptedPage(e *reissue.NotAcceptedError) templates.Error {
	page := templates.Error{Heading: sayNotAccepted, Sentence: e.Sentence(), Ways: []templates.Link{{Text: sayToApply, URL: "/apply"}}}
	if link := e.Exam.Download(); link != "" {
		page.Ways = append([]templates.Link{{Text: sayDownload, URL: link}}, page.Ways...)
	}
	return page
}

// notAcceptedWords are the reason and the way on that stand on step 1; nothing
// for nil.
func notAcceptedWords(err error) (reason string, more *templates.Link) {
	var e *reissue.NotAcceptedError
	if !errors.As(err, &e) {
		return "", nil
	}
	if link := e.Exam.Download(); link != "" {
		more = &templates.Link{Text: sayDownload, URL: link}
	}
	return e.Sentence(), more
}
