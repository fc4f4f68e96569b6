package service

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"time"
)

// A DATA.run may be left over from a service that was killed, and its port be somebody
// else's by now. So the service proves who it is before it hears anything: DATA.run has
// the certificate of this one run, whose key never leaves the service's memory, and a
// command speaks TLS with nobody else.

// controlName is whom the certificate is for.
const controlName = "certreissue"

// newProof makes the key of a run, with its certificate as DATA.run has it.
func newProof() (proof tls.Certificate, certificate string, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return proof, "", err
	}
	// No clock has a say in it: the file is what is believed, and goes with the service.
	form := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{controlName}, NotAfter: time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)}
	made, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		return proof, "", err
	}
	return tls.Certificate{Certificate: [][]byte{made}, PrivateKey: key}, base64.StdEncoding.EncodeToString(made), nil
}

// proven is how a command makes sure that it speaks with the service of a DATA.run.
func (r runFile) proven() (*tls.Config, error) {
	der, err := base64.StdEncoding.DecodeString(r.Certificate)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	only := x509.NewCertPool()
	only.AddCert(certificate)
	return &tls.Config{RootCAs: only, ServerName: controlName, MinVersion: tls.VersionTLS13}, nil
}
