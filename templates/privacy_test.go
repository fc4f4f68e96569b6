package templates

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"

	"certreissue/reissue"
)

// TestPrivacyNotice: the notice names what candidates are asked for, and consent
// to a version is consent to what it said: a text that changes gets a version, and
// its sum stands here.
func TestPrivacyNotice(t *testing.T) {
	text, err := os.ReadFile("candidate/privacy.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range reissue.FieldsFrom(reissue.FromRegister, reissue.FromCandidate) {
		if label := reissue.Label(name); name != reissue.FieldPledge && !strings.Contains(string(text), label) {
			t.Errorf("the notice does not say that %s is collected", label)
		}
	}
	if !strings.Contains(string(text), "照片只判断有没有人脸及其位置，不识别身份，不保存人脸特征。") {
		t.Error("the notice does not say what the search for faces is for")
	}
	const version, sum = "2026-12-01", "44cce036edc472cac075e70daf3363c274c31292cdd37b131081a54e7085a248"
	if got := fmt.Sprintf("%x", sha256.Sum256(text)); reissue.PrivacyVersion == version && got != sum {
		t.Errorf("the notice has changed since version %s: its sum is %s", version, got)
	}
	if reissue.PrivacyVersion != version {
		t.Errorf("the sum of version %s belongs here", reissue.PrivacyVersion)
	}
}
