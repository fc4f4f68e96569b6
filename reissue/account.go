package reissue

import (
	"cmp"
	"slices"
)

// Account is a candidate's login.
type Account struct {
	ID         uint64  `cbor:"1,keyasint"`
	Person     Person  `cbor:"2,keyasint"`
	Name       string  `cbor:"3,keyasint"`
	Email      string  `cbor:"4,keyasint,omitempty"`
	Password   string  `cbor:"5,keyasint"`           // as package password stores it
	BirthMonth string  `cbor:"6,keyasint,omitempty"` // only for papers whose number does not tell
	Sex        string  `cbor:"7,keyasint,omitempty"`
	Origin     Origin  `cbor:"8,keyasint"`
	Touched    bool    `cbor:"9,keyasint,omitempty"`  // changed here: a later import leaves it as it is
	MustChange bool    `cbor:"10,keyasint,omitempty"` // the password is a one-time one from the counter
	Consent    Consent `cbor:"11,keyasint,omitempty"`
	Created    Moment  `cbor:"12,keyasint"`
	Closed     Moment  `cbor:"13,keyasint,omitempty"` // its number was given to its true owner, or the office or its holder closed it
	Used       Moment  `cbor:"30,keyasint,omitempty"` // the last sign-in or change
	// Former are values that were changed, in their order, at most mostFormer.
	Former []Former `cbor:"31,keyasint,omitempty"`
	// Confirmed is when its holder followed the link that was sent to the address.
	Confirmed Moment `cbor:"32,keyasint,omitempty"`
}

// MoveEmail gives the account an address, which its holder has not confirmed where it
// is another one.
func (a *Account) MoveEmail(email string) {
	if email != a.Email {
		a.Email, a.Confirmed = email, 0
	}
}

// Former is what an account said before somebody changed it.
type Former struct {
	At    Moment `cbor:"1,keyasint"`
	Kind  string `cbor:"2,keyasint"` // candidate, staff or system: whose number By is
	By    uint64 `cbor:"3,keyasint,omitempty"`
	Field string `cbor:"4,keyasint"`
	Was   string `cbor:"5,keyasint,omitempty"`
}

// FieldEmail is an account's address in forms.
const FieldEmail = "email"

// mostFormer bounds what an account keeps of what it was: a holder may change the
// address as often as they like.
const mostFormer = 50

// Remember notes who an account belonged to, and where its mail went, before somebody
// changed it.
func (a *Account) Remember(before *Account, by Actor, at Moment) {
	for _, field := range []struct{ name, was, now string }{
		{FieldPaper, string(before.Person.Paper), string(a.Person.Paper)}, {FieldIDNumber, before.Person.Number.Full(), a.Person.Number.Full()},
		{FieldName, before.Name, a.Name}, {FieldBirthMonth, before.BirthMonth, a.BirthMonth}, {FieldSex, before.Sex, a.Sex}, {FieldEmail, before.Email, a.Email},
	} {
		if field.was != field.now {
			a.Former = append(a.Former, Former{At: at, Kind: by.Kind(), By: by.ID, Field: field.name, Was: field.was})
		}
	}
	a.Former = a.Former[max(0, len(a.Former)-mostFormer):]
}

// LastUsed is when somebody last had to do with the account.
func (a *Account) LastUsed() Moment { return max(a.Created, a.Used, a.Closed) }

// Origin says where an account came from.
type Origin string

// The three ways in which an account comes to be.
const (
	OriginSelf     Origin = "registered"
	OriginImported Origin = "imported" // from 证书邮寄系统
	OriginOffice   Origin = "office"
)

// Consent is what a person agreed to when registering.
type Consent struct {
	Version string `cbor:"1,keyasint,omitempty"`
	At      Moment `cbor:"2,keyasint,omitempty"`
}

// Birth is the holder's month of birth, YYYYMM.
func (a *Account) Birth() string { return cmp.Or(a.Person.BirthMonth(), a.BirthMonth) }

// Gender is 男 or 女.
func (a *Account) Gender() string { return cmp.Or(a.Person.Sex(), a.Sex) }

// Staff is the login of somebody who works here.
type Staff struct {
	ID         uint64   `cbor:"1,keyasint"`
	Name       string   `cbor:"2,keyasint"`
	Roles      []Role   `cbor:"3,keyasint"`
	Cities     []string `cbor:"4,keyasint,omitempty"` // a reviewer limited to them; none is no limit
	Password   string   `cbor:"5,keyasint"`
	MustChange bool     `cbor:"6,keyasint,omitempty"`
	Disabled   bool     `cbor:"7,keyasint,omitempty"`
	Created    Moment   `cbor:"8,keyasint"`
	// Factor is asked for beside the password, where there is one.
	Factor SecondFactor `cbor:"30,keyasint,omitempty"`
}

// SecondFactor is an authenticator app in somebody's telephone, with the codes
// that stand in for it.
type SecondFactor struct {
	Secret   string   `cbor:"1,keyasint,omitempty"` // base32; "" for no second factor
	Step     int64    `cbor:"2,keyasint,omitempty"` // of the last code that was taken: none counts twice
	Recovery [][]byte `cbor:"3,keyasint,omitempty"` // hashes of the recovery codes that are left
	Since    Moment   `cbor:"4,keyasint,omitempty"`
}

// On tells whether there is a second factor.
func (f *SecondFactor) On() bool { return f.Secret != "" }

// Actor is the staff member as one who acts.
func (s *Staff) Actor() Actor { return Actor{ID: s.ID, Roles: s.Roles} }

// Console is whoever gives commands on the server, as somebody who sees all: as an
// actor it is the program itself.
func Console() *Staff { return &Staff{Roles: System().Roles} }

// Limited tells whether the staff member's work is that of some cities only. An
// administrator's is not, who has all in hand anyway.
func (s *Staff) Limited() bool {
	return len(s.Cities) > 0 && !slices.Contains(s.Roles, RoleAdmin)
}

// Covers tells whether the staff member's work includes a city.
func (s *Staff) Covers(city string) bool {
	if !s.Limited() {
		return true
	}
	_, ok := FindCity(s.Cities, city)
	return ok
}
