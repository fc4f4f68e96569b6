package main

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"time"

	"certreissue/password"
)

func containsText(v *visitor, text string) bool { return bytes.Contains(v.body.Bytes(), []byte(text)) }

// strangers are visitors of a server who are not signed in; from counts their
// addresses.
func strangers(address string, from, n int) []*visitor {
	list := make([]*visitor, n)
	for i := range list {
		list[i] = newVisitor(address, from+i)
	}
	return list
}

func closeAll(visitors []*visitor) {
	for _, v := range visitors {
		v.close()
	}
}

// lookups is every looker looking at the certificate page.
func (b *bench) lookups(int) deed { return expect(b.page, "找到 1 本证书") }

// measurePages compares the certificate page with its bare template, and the
// captcha picture with a bare word.
func measurePages(_ context.Context, b *bench) ([]figure, error) {
	bare := strangers(b.reference.address, 1000, connections)
	defer closeAll(bare)
	if _, err := bare[0].get("/page"); err != nil {
		return nil, err
	}
	if _, err := b.lookers[0].get(b.page); err != nil {
		return nil, err
	}
	if err := sameSize(b.lookers[0].body.Len(), bare[0].body.Len()); err != nil {
		return nil, err
	}
	page, err := b.takeTurns(b.rate(b.lookers, b.lookups),
		b.rate(bare, func(int) deed { return expect("/page", "找到 1 本证书") }))
	if err != nil {
		return nil, err
	}

	visitors := strangers(b.product.address, 2000, connections)
	defer closeAll(visitors)
	pictures := make([]string, len(visitors))
	for i, v := range visitors {
		if _, err := v.get("/login"); err != nil {
			return nil, err
		}
		login, err := v.page()
		if err != nil {
			return nil, err
		}
		pictures[i] = login.Find(".captcha-picture").AttrOr("src", "")
	}
	captcha, err := b.takeTurns(b.rate(visitors, func(i int) deed { return expect(pictures[i], "PNG") }),
		b.rate(bare, func(int) deed { return expect("/hello", "hello") }))
	return []figure{
		{what: "certificate page / bare template of equal size", ratios: page, goal: 0.9},
		{what: "captcha picture / hello", ratios: captcha, goal: 0.5},
	}, err
}

// signingIn signs in over and over, each time as a new visitor.
func (b *bench) signingIn(i int) deed {
	return func(v *visitor, n int) error {
		clear(v.cookies)
		status, err := v.signIn(b.product, number(i))
		if err == nil && status != 303 && status != 503 {
			err = fmt.Errorf("a sign-in answers %d", status)
		}
		return err
	}
}

// measureSignIns compares sign-ins with the bare hash in as many slots as the
// product gives it, and pages in a storm of sign-ins with quiet ones.
func measureSignIns(_ context.Context, b *bench) ([]figure, error) {
	slots := max(1, runtime.NumCPU()-1)
	signers := strangers(b.product.address, 3000, connections)
	defer closeAll(signers)
	stored := password.Hash(signInPassword)
	few := signers[:4*slots] // as many as keep the slots busy
	signIns, err := b.takeTurns(b.rate(few, b.signingIn), func() (float64, error) {
		began, hashes := time.Now(), 0
		for ; time.Since(began) < b.time; hashes++ {
			password.Verify(stored, signInPassword)
		}
		return float64(hashes*slots) / time.Since(began).Seconds(), nil
	})
	if err != nil {
		return nil, err
	}
	quiet := b.rate(b.lookers, b.lookups)
	storm, err := b.takeTurns(func() (float64, error) {
		// A little longer than the pages, so that these never have the machine alone.
		stormed := make(chan error, 1)
		go func() {
			_, _, err := drive(signers, b.time+b.time/5, b.signingIn)
			stormed <- err
		}()
		perSecond, err := quiet()
		if failed := <-stormed; failed != nil {
			return 0, failed
		}
		return perSecond, err
	}, quiet)
	return []figure{
		{what: "sign-ins / hashing slots by hash time", ratios: signIns, goal: 0.9},
		{what: "pages while 64 sign in at once / quiet", ratios: storm, goal: 0.6},
	}, err
}
