package commands

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/acme"
)

// signed makes a certificate for a host, with its key: by an authority, or by
// itself where there is none.
func signed(t *testing.T, serial int64, host string, by *x509.Certificate, byKey crypto.Signer) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	made, err := certify(serial, host, &key.PublicKey, by, byKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return made, key
}

func certify(serial int64, host string, key crypto.PublicKey, by *x509.Certificate, byKey, own crypto.Signer) (*x509.Certificate, error) {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(90 * 24 * time.Hour), KeyUsage: x509.KeyUsageDigitalSignature,
	}
	if by == nil {
		template.IsCA, template.BasicConstraintsValid, template.KeyUsage = true, true, x509.KeyUsageDigitalSignature|x509.KeyUsageCertSign
		by, byKey = template, own
	}
	der, err := x509.CreateCertificate(rand.Reader, template, by, key, byKey)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

func certificatePEM(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}

func keyPEM(t *testing.T, key *ecdsa.PrivateKey) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// authority gives out certificates by ACME (RFC 8555) to whoever proves a host
// by TLS-ALPN-01 (RFC 8737): one order at a time, and no signature is checked,
// since what is tried is the one who asks.
type authority struct {
	*httptest.Server
	root    *x509.Certificate
	key     crypto.Signer
	asks    string // address that is asked for the proof
	account crypto.PublicKey
	host    string
	proven  atomic.Bool
	issued  []byte // PEM
	orders  atomic.Int32
}

func newAuthority(t *testing.T, asks string) *authority {
	a := &authority{asks: asks}
	a.root, a.key = signed(t, 1, "authority", nil, nil)
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Replay-Nonce", rand.Text())
		if err := a.answer(w, r); err != nil {
			t.Errorf("%s: %v", r.URL.Path, err)
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}))
	t.Cleanup(a.Close)
	return a
}

func (a *authority) answer(w http.ResponseWriter, r *http.Request) error {
	var message struct{ Protected, Payload string }
	if r.Method == http.MethodPost {
		if err := json.NewDecoder(r.Body).Decode(&message); err != nil {
			return err
		}
	}
	order := map[string]any{"status": "pending", "identifiers": []any{map[string]string{"type": "dns", "value": a.host}},
		"authorizations": []string{a.URL + "/proof"}, "finalize": a.URL + "/finalize"}
	challenge := map[string]string{"type": "tls-alpn-01", "url": a.URL + "/try", "token": "token", "status": "pending"}
	proof := map[string]any{"status": "pending", "identifier": map[string]string{"type": "dns", "value": a.host}, "challenges": []any{challenge}}
	if a.proven.Load() {
		order["status"], proof["status"], challenge["status"] = "ready", "valid", "valid"
	}
	say := func(status int, at string, body any) error {
		w.Header().Set("Location", a.URL+at)
		w.WriteHeader(status)
		return json.NewEncoder(w).Encode(body)
	}
	switch r.URL.Path {
	case "/directory":
		return say(http.StatusOK, "", map[string]string{"newNonce": a.URL + "/nonce", "newAccount": a.URL + "/account", "newOrder": a.URL + "/orders"})
	case "/nonce":
		return nil
	case "/account":
		var header struct{ JWK struct{ X, Y string } }
		if err := part(message.Protected, &header); err != nil {
			return err
		}
		x, err1 := base64.RawURLEncoding.DecodeString(header.JWK.X)
		y, err2 := base64.RawURLEncoding.DecodeString(header.JWK.Y)
		key, err3 := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
		a.account = key
		return errors.Join(err1, err2, err3, say(http.StatusCreated, "/account/1", map[string]string{"status": "valid"}))
	case "/orders":
		var wanted struct{ Identifiers []struct{ Value string } }
		if err := part(message.Payload, &wanted); err != nil || len(wanted.Identifiers) != 1 {
			return fmt.Errorf("the order is for %v, %v", wanted, err)
		}
		a.host = wanted.Identifiers[0].Value
		a.orders.Add(1)
		order["identifiers"] = wanted.Identifiers
		return say(http.StatusCreated, "/order", order)
	case "/proof":
		return say(http.StatusOK, "", proof)
	case "/try":
		if err := a.ask(); err != nil {
			return err
		}
		a.proven.Store(true)
		return say(http.StatusOK, "", challenge)
	case "/finalize":
		if err := a.issue(message.Payload); err != nil {
			return err
		}
	case "/certificate":
		_, err := w.Write(a.issued)
		return err
	}
	if a.issued != nil {
		order["status"], order["certificate"] = "valid", a.URL+"/certificate"
	}
	return say(http.StatusOK, "/order", order)
}

// part decodes one part of a JWS message.
func part(encoded string, into any) error {
	decoded, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		return err
	}
	return json.Unmarshal(decoded, into)
}

// acmeIdentifier marks the certificate that proves a host.
var acmeIdentifier = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 31}

// ask connects as an authority does, and looks for the proof in the certificate
// that it is shown.
func (a *authority) ask() error {
	thumbprint, err := acme.JWKThumbprint(a.account)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte("token." + thumbprint))
	want, err := asn1.Marshal(sum[:])
	if err != nil {
		return err
	}
	c, err := tls.Dial("tcp", a.asks, &tls.Config{ServerName: a.host, NextProtos: []string{acme.ALPNProto}, InsecureSkipVerify: true})
	if err != nil {
		return err
	}
	defer c.Close()
	state := c.ConnectionState()
	for _, extension := range state.PeerCertificates[0].Extensions {
		if extension.Id.Equal(acmeIdentifier) && bytes.Equal(extension.Value, want) && state.NegotiatedProtocol == acme.ALPNProto {
			return nil
		}
	}
	return errors.New("the certificate proves nothing")
}

func (a *authority) issue(payload string) error {
	var wanted struct{ CSR string }
	if err := part(payload, &wanted); err != nil {
		return err
	}
	der, err := base64.RawURLEncoding.DecodeString(wanted.CSR)
	if err != nil {
		return err
	}
	request, err := x509.ParseCertificateRequest(der)
	if err != nil || !a.proven.Load() {
		return fmt.Errorf("proven %v, %v", a.proven.Load(), err)
	}
	made, err := certify(2, a.host, request.PublicKey, a.root, a.key, nil)
	if err == nil {
		a.issued = append(certificatePEM(made), certificatePEM(a.root)...)
	}
	return err
}
