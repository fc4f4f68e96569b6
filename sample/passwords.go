package sample

import "certreissue/password"

// The passwords of the sample logins. They are printed by demo, whose files are
// served to this machine only.
const (
	candidatePassword = "demo1234a"
	officePassword    = "banli2026"
	oneTimePassword   = "kaoshi234567" // to be changed at the first sign-in
)

// mailingDigest is candidatePassword as 证书邮寄系统 might have kept it: the MD5 of
// a salt and the password.
const mailingDigest = "md5:yj2019:3fb91b13f9d63430d237b071d404e03f"

// digests are the passwords as they are stored. Each is hashed once and shared by
// all who have it, since a hash is slow on purpose.
type digests struct{ candidate, office, oneTime string }

func newDigests() digests {
	return digests{password.Hash(candidatePassword), password.Hash(officePassword), password.Hash(oneTimePassword)}
}
