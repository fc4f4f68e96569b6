package service

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"certreissue/doctor"
	"certreissue/store"
)

// surroundings are how the running service is reached, for the doctor.
func (c *Config) surroundings() *doctor.Service {
	return &doctor.Service{Addr: c.Addr, Data: c.Data, CertFile: c.CertFile, KeyFile: c.KeyFile, ACMEHosts: c.ACME.Hosts,
		Secure: c.secure(), PublicURL: c.PublicURL, TrustedProxies: c.TrustedProxies, Mirror: c.mirror.status(), Forwarded: doctor.Forwarded(c.forwarded())}
}

// examine has the doctor look, and says what was found.
func examine(ctx context.Context, st *store.Store, h Hands) error {
	patient := doctor.Patient{Store: st, Addr: cmp.Or(st.Settings().Listen, UsualAddress), Places: h.Places,
		Check:   func(path string) error { return checkCopy(ctx, st, path) },
		TryMail: func() error { return officeServer(st).Try(ctx) }}
	if c := h.config; c != nil {
		patient.Places, patient.Service = c.Places, c.surroundings()
	}
	findings, err := doctor.Examine(patient)
	unwell := false
	for _, f := range findings {
		fmt.Fprintln(h.Say, f)
		unwell = unwell || f.Weight == doctor.Mend
	}
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return ErrStopped
	case unwell:
		return ErrUnwell
	}
	return nil
}

// checkCopy verifies a copy of a data file. One of an older schema is brought to today's
// in the spool, unless nothing can be written there.
func checkCopy(ctx context.Context, st *store.Store, path string) error {
	folder, err := st.Spool().Folder()
	if err != nil {
		folder = filepath.Dir(store.Resolve(st.Path()))
	} else {
		defer st.Spool().Drop(folder)
	}
	_, err = checkQuietly(ctx, path, folder)
	return err
}
