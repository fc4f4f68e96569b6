package rig

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"maps"
	"sync"
	"testing"
	"time"

	"certreissue/idcard"
	"certreissue/photo/drawn"
	"certreissue/reissue"
	"certreissue/sample"
)

// IDNumber makes a valid ID number, a different one for each sequence.
func IDNumber(t *testing.T, sequence int) string {
	t.Helper()
	for _, last := range "0123456789X" {
		n, err := idcard.Parse(fmt.Sprintf("11000019850%d%02d%03d%c", 1+sequence/900%9, 1+sequence/1000%28, sequence%1000, last), reissue.Today(time.Now()))
		if err == nil {
			return n.Full()
		}
	}
	t.Fatalf("no ID number for %d", sequence)
	return ""
}

// SumHex is a digest as an old system kept it, md5 or sha256.
func SumHex(algorithm, text string) string {
	if algorithm == "md5" {
		sum := md5.Sum([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// LoopNumber is the ID number of 测试, who is in both registers.
const LoopNumber = "110101199003071233"

// ByHand is a form without a fault, of a year without a photo.
func ByHand(change map[string]string) map[string]string {
	fill := map[string]string{"exam_year": "2019", "exam_name": "造价工程师", "certificate_number": "无", "approval_date": "20191027", "level": "无",
		"specialty": "土建", "city": "石家庄市", "phone": "0311-85666666"}
	maps.Copy(fill, change)
	return fill
}

// GuideRegister has a certificate of each kind that the guide shows. They get their
// numbers in the order of person and year.
const GuideRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2015,一级建造师,测试,110101199003071233,已领取,考全科,建筑工程,ZJ2015001,20150920,石家庄市
2018,经济师,测试,110101199003071233,已领取,中级,,,20181103,唐山市
2020,二级建造师,测试,110101199003071233,未领取,,,EJ2020001,20201122,石家庄市
2021,监理工程师,测试,110101199003071233,已领取,,,JL2021001,,
2016,会计,李四,440308199901101512,已领取,初级,会计学,KJ2016001,20160910,唐山市
2018,经济师,李四,440308199901101512,已领取,中级,人力资源,JJ2018002,20181103,唐山市
`

// Step 2 of two of them, as the numbers go.
const (
	Certificate2015 = "/apply/certificates/1" // all known, photo asked
	SomebodyElses   = "/apply/certificates/6"
)

// Portrait is a photo that passes.
var Portrait = sync.OnceValue(func() []byte { return sample.Portrait(1, false, color.White) })

// Drawn is a picture of photo/drawn as a file of the size that the office asks for.
func Drawn(t *testing.T, name string) []byte {
	t.Helper()
	return drawn.JPEG(DrawnPicture(t, name))
}

// DrawnPicture is one of photo/drawn, 295×413.
func DrawnPicture(t *testing.T, name string) *image.RGBA {
	t.Helper()
	for _, p := range drawn.All() {
		if p.Name == name {
			return p.Draw()
		}
	}
	t.Fatalf("nobody has drawn %q", name)
	return nil
}

// Jacket is a picture of nobody, without another fault.
const Jacket = "jacket on a hanger"

// Greyish is somebody before a wall that only a person can judge.
const Greyish = "graded from 232 to 200"

// LoopRegister is a register of one person.
const LoopRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2015,一级建造师,测试,110101199003071233,已领取,考全科,建筑工程,ZJ2015001,20150920,石家庄市
2020,二级建造师,测试,110101199003071233,未领取,,,EJ2020001,20201122,石家庄市
2018,经济师,测试,110101199003071233,已领取,中级,,,20181103,唐山市
`

const PublicName = "bz.example.cn"
