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

// measurePages compares the certificate page with its bare template, and with a bare
// word, since what makes the template dear makes it so on both sides.
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
	page, err := b.takeTurns(rate(b.time, b.lookers, b.lookups),
		rate(b.time, bare, func(int) deed { return expect("/page", "找到 1 本证书") }))
	if err != nil {
		return nil, err
	}
	word, err := b.takeTurns(rate(b.time, b.lookers, b.lookups), rate(b.time, bare, hello))
	return []figure{
		{what: "certificate page / bare template of equal size", unit: "/s", turns: page, goal: 0.95, usual: 0.8},
		{what: "certificate page / hello", unit: "/s", turns: word, goal: 0.3, usual: 0.08},
	}, err
}

// hello asks the reference for a word.
func hello(int) deed { return expect("/hello", "hello") }

// measureCaptcha compares the captcha's picture with a bare word.
func measureCaptcha(_ context.Context, b *bench) ([]figure, error) {
	bare, visitors := strangers(b.reference.address, 1000, connections), strangers(b.product.address, 2000, connections)
	defer closeAll(bare)
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
	captcha, err := b.takeTurns(rate(b.time, visitors, func(i int) deed { return expect(pictures[i], "PNG") }), rate(b.time, bare, hello))
	return []figure{{what: "captcha picture / hello", unit: "/s", turns: captcha, goal: 0.7, usual: 0.5}}, err
}

// slots is how many passwords the product hashes at once.
func slots() int { return max(1, runtime.NumCPU()-1) }

// signers are as many strangers as keep the slots busy, on any server.
func signers(address string) []*visitor { return strangers(address, 3000, 4*slots()) }

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
// product gives it.
func measureSignIns(_ context.Context, b *bench) ([]figure, error) {
	few := signers(b.product.address)
	defer closeAll(few)
	stored := password.Hash(signInPassword)
	signIns, err := b.takeTurns(rate(b.time, few, b.signingIn), func() (float64, error) {
		began, hashes := time.Now(), 0
		for ; time.Since(began) < b.time; hashes++ {
			password.Verify(stored, signInPassword)
		}
		return float64(hashes*slots()) / time.Since(began).Seconds(), nil
	})
	return []figure{{what: "sign-ins / hashing slots by hash time", unit: "/s", turns: signIns, goal: 0.95, usual: 0.85}}, err
}

// measureStorm compares pages in a storm of sign-ins with quiet ones.
func measureStorm(_ context.Context, b *bench) ([]figure, error) {
	many := strangers(b.product.address, 3000, connections)
	defer closeAll(many)
	quiet := rate(b.time, b.lookers, b.lookups)
	storm, err := b.takeTurns(func() (float64, error) {
		// A little longer than the pages, so that these never have the machine alone.
		stormed := make(chan error, 1)
		go func() {
			_, _, err := drive(many, b.time+b.time/5, b.signingIn)
			stormed <- err
		}()
		perSecond, err := quiet()
		if failed := <-stormed; failed != nil {
			return 0, failed
		}
		return perSecond, err
	}, quiet)
	return []figure{{what: "pages while 64 sign in at once / quiet", unit: "/s", turns: storm, goal: 0.7}}, err
}
