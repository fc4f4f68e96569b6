package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"certreissue/idcard"
	"certreissue/password"
)

// The register of the bench: everybody holds one certificate, but for the
// applicants, who hold one of every exam to have something to apply for. The
// lookers are the first people, the applicants come after them.
const (
	connections    = 64
	exams          = 60
	examYear       = 2015 // of which photos are asked for
	signInPassword = "bench2026"
)

var everyExam = func() (list []int) {
	for n := range exams {
		list = append(list, n)
	}
	return list
}()

func examName(n int) string  { return fmt.Sprintf("基准考试%02d", n) }
func examTitle(n int) string { return fmt.Sprintf("%d 年 %s", examYear, examName(n)) }

// number is the ID number of the n-th person.
func number(n int) string {
	stem := fmt.Sprintf("1301%02d%d%02d%02d%03d", n/10_000_000%100, 1950+n/100_000%50, 1+n/10_000%10, 1+n/1000%10, n%1000)
	for _, last := range "0123456789X" {
		if _, err := idcard.Parse(stem+string(last), "20260101"); err == nil {
			return stem + string(last)
		}
	}
	panic("no check character fits " + stem)
}

// name is that of the n-th person; digits are no part of names.
func name(n int) string {
	return "王" + string([]rune{'一' + rune(n%1000), '一' + rune(n/1000%1000)})
}

// writeRegister writes people from one on, and answers the file's path.
func writeRegister(directory string, first, rows int) (string, error) {
	path := filepath.Join(directory, fmt.Sprintf("register-%d.csv", first))
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return "", err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	out.WriteString("考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市\n")
	line := func(person, exam, row int) {
		fmt.Fprintf(out, "%d,%s,%s,%s,已领取,考全科,建筑工程,A%09d,%d0625,石家庄市\n", examYear, examName(exam), name(person), number(person), row, examYear)
	}
	for row, person := 0, first; row < rows; person++ {
		held := []int{person % exams}
		switch {
		case person < connections:
			held = []int{0}
		case person < 2*connections:
			held = everyExam
		}
		for _, exam := range held {
			line(person, exam, first+row)
			row++
		}
	}
	return path, out.Flush()
}

// prepare makes the data file, and the peer's if it is asked for, starts what
// answers, and signs the visitors in.
func (b *bench) prepare(ctx context.Context, withPeer bool) (err error) {
	p, err := buildProduct(ctx, b.directory)
	if err != nil {
		return err
	}
	if b.register, err = writeRegister(b.directory, 0, b.rows); err != nil {
		return err
	}
	var accounts strings.Builder
	accounts.WriteString("姓名,身份证号,邮箱,密码摘要\n")
	digest := password.Hash(signInPassword)
	for n := range 2 * connections {
		// The digest holds commas.
		fmt.Fprintf(&accounts, "%s,%s,,%q\n", name(n), number(n), digest)
	}
	list := filepath.Join(b.directory, "accounts.csv")
	if err := os.WriteFile(list, []byte(accounts.String()), 0o600); err != nil {
		return err
	}
	if err := p.run(ctx, "import", "certificates", b.register, "-data", p.data); err != nil {
		return err
	}
	if err := p.run(ctx, "import", "accounts", list, "-data", p.data); err != nil {
		return err
	}
	if err := p.start(ctx, p.data); err != nil {
		return err
	}
	b.product = p
	if b.reference, err = startReference(ctx); err != nil {
		return err
	}
	if withPeer {
		if b.peer, err = startPeer(ctx, b.directory, list, b.register); err != nil {
			return err
		}
	}
	return b.signInLookers()
}

// signInLookers signs the lookers in and finds the address of their page.
func (b *bench) signInLookers() (err error) {
	if b.lookers, err = b.signInAll(0, b.clients()); err != nil {
		return err
	}
	if _, err := b.lookers[0].get("/apply"); err != nil {
		return err
	}
	page, err := b.lookers[0].page()
	b.page = "/apply?exam=" + page.Find("optgroup option").First().AttrOr("value", "")
	return err
}

// clients is how many people are signed in at a time: in a quick run, half, since
// each sign-in takes its time.
func (b *bench) clients() int {
	if b.quick {
		return connections / 2
	}
	return connections
}

// signInAll signs in people from the first on.
func (b *bench) signInAll(first, count int) (list []*visitor, err error) {
	for n := first; n < first+count; n++ {
		v := newVisitor(b.product.address, n)
		status, err := v.signIn(b.product, number(n))
		if err != nil || status != 303 {
			return nil, fmt.Errorf("person %d cannot sign in: %d, %v", n, status, err)
		}
		list = append(list, v)
	}
	return list, nil
}
