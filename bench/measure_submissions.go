package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/color"
	"image/jpeg"
	"net/url"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"certreissue/photo"
	"certreissue/sample"

	"github.com/PuerkitoBio/goquery"
)

// applicantPhoto is what everybody hands in; it passes the check.
var applicantPhoto = sample.Portrait(1, false, color.White)

// submissions are made by visitors who apply for one of their certificates after the
// other. submit is how, on their server.
type submissions struct {
	visitors []*visitor
	waiting  [][]string // what is left to apply for, by visitor
	submit   func(v *visitor, certificate string) error
	accepted atomic.Int64
}

func (s *submissions) deed(i int) deed {
	return func(v *visitor, n int) error {
		if len(s.waiting[i]) == 0 {
			return errors.New("no certificate is left to apply for: take shorter turns")
		}
		next := s.waiting[i][0]
		s.waiting[i] = s.waiting[i][1:]
		if err := s.submit(v, next); err != nil {
			return err
		}
		s.accepted.Add(1)
		return nil
	}
}

// rate is a side.
func (s *submissions) rate(b *bench) side { return rate(b.shortTurn(), s.visitors, s.deed) }

// shortTurn is enough for dozens of applications, which are not endless.
func (b *bench) shortTurn() time.Duration { return max(b.time/4, 150*time.Millisecond) }

// ourApplicants are those of the product, each signed in with a certificate of many exams.
func (b *bench) ourApplicants() (*submissions, error) {
	if b.applicants != nil {
		return b.applicants, nil
	}
	visitors, err := b.signInAll(connections, b.clients())
	if err != nil {
		return nil, err
	}
	s := &submissions{visitors: visitors, submit: submitPage}
	exams, err := examsOf(visitors[0])
	if err != nil {
		return nil, err
	}
	for _, v := range visitors {
		certificates, err := certificatesOf(v, exams)
		if err != nil {
			return nil, err
		}
		s.waiting = append(s.waiting, certificates)
	}
	b.applicants = s
	return s, nil
}

// submitPage fills in step 2 for a certificate, by its address.
func submitPage(v *visitor, path string) error {
	status, err := v.upload(path, url.Values{"phone": {"13900000000"}, "csrf_token": {v.token}}, applicantPhoto)
	if err != nil || status != 303 {
		return fmt.Errorf("%s answers %d: %v %.500s", path, status, err, v.body.String())
	}
	return nil
}

// examsOf are the exams of a visitor's certificates, by ID.
func examsOf(v *visitor) (ids []string, err error) {
	if _, err := v.get("/apply"); err != nil {
		return nil, err
	}
	page, err := v.page()
	if err != nil {
		return nil, err
	}
	page.Find("optgroup").First().Find("option").Each(func(_ int, option *goquery.Selection) {
		ids = append(ids, option.AttrOr("value", ""))
	})
	return ids, nil
}

// certificatesOf are the addresses of step 2 for a visitor's certificates, one an exam.
func certificatesOf(v *visitor, exams []string) (paths []string, err error) {
	for _, id := range exams {
		if _, err := v.get("/apply?exam=" + id); err != nil {
			return nil, err
		}
		page, err := v.page()
		if err != nil {
			return nil, err
		}
		v.token = page.Find("[name=csrf_token]").AttrOr("value", "")
		path, ok := page.Find("main a[href^='/apply/certificates/']").Attr("href")
		if !ok {
			return nil, fmt.Errorf("no certificate of exam %s", id)
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// measureSubmissions compares durable applications with a photo, all of it checked,
// with bare checks of that photo, each of which decodes it once, and these with bare
// decodes; and counts afterwards that nothing acknowledged is missing.
func measureSubmissions(_ context.Context, b *bench) ([]figure, error) {
	applicants, err := b.ourApplicants()
	if err != nil {
		return nil, err
	}
	checks := b.onEveryCore(func() bool {
		checked, _ := photo.Check(applicantPhoto, photo.DefaultLimits())
		return !checked.IsZero()
	})
	submitted, err := b.takeTurns(applicants.rate(b), checks)
	if err != nil {
		return nil, err
	}
	checked, err := b.takeTurns(checks, b.onEveryCore(func() bool {
		_, err := jpeg.Decode(bytes.NewReader(applicantPhoto))
		return err == nil
	}))
	if err != nil {
		return nil, err
	}
	return []figure{
		{what: "applications with photo / cores by check time", unit: "/s", turns: submitted, goal: 0.8, usual: 0.8},
		{what: "checks of a photo / decodes", unit: "/s", turns: checked, goal: 0.2, usual: 0.2},
	}, b.countSubmitted()
}

// onEveryCore is a side: how often a second an act is done that uses one core.
func (b *bench) onEveryCore(act func() bool) side {
	return func() (float64, error) {
		var all sync.WaitGroup
		var done atomic.Int64
		began := time.Now()
		for range runtime.NumCPU() {
			all.Go(func() {
				for time.Since(began) < b.shortTurn() && act() {
					done.Add(1)
				}
			})
		}
		all.Wait()
		return float64(done.Load()) / time.Since(began).Seconds(), nil
	}
}

// countSubmitted wants every application that was accepted on its candidate's list.
func (b *bench) countSubmitted() error {
	stored := int64(0)
	for _, v := range b.applicants.visitors {
		if _, err := v.get("/applications"); err != nil {
			return err
		}
		page, err := v.page()
		if err != nil {
			return err
		}
		stored += int64(page.Find("main a[href^='/applications/'][href$='/edit']").Length())
	}
	if accepted := b.applicants.accepted.Load(); stored != accepted {
		return fmt.Errorf("%d applications were accepted, %d are there", accepted, stored)
	}
	return nil
}
