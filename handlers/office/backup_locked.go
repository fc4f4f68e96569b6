package office

import (
	"io"
	"os"

	"certreissue/handlers/visit"
	"certreissue/locked"
	"certreissue/reissue"
	"certreissue/templates"
)

const lockedPage = "/office/backup/locked"

// postBackupLocked makes a passphrase. Until its copy is taken it is nowhere but in
// memory, under a name that may stand in an address.
func (p *Pages) postBackupLocked(v *visit.Visit) error {
	return v.Redirect(lockedPage + "/" + p.passphrases.Keep(locked.NewPassphrase(), v.Staff.ID))
}

// passphrase is the one that the address stands for, for whoever it was made for.
// Without it there is a way back.
func (p *Pages) passphrase(v *visit.Visit) (string, error) {
	passphrase, ok := p.passphrases.Find(v.R.PathValue("key"), v.Staff.ID)
	if !ok {
		v.Flash(flashNoPassphrase)
		return "", &visit.Elsewhere{URL: "/office/backup"}
	}
	return passphrase, nil
}

// showBackupLocked shows a passphrase, to be written down.
func (p *Pages) showBackupLocked(v *visit.Visit) error {
	passphrase, err := p.passphrase(v)
	if err != nil {
		return err
	}
	// Where the folder cannot be read, what can be taken are the data as they are now.
	copies, _ := p.Store.Copies()
	data := templates.OfficeBackupLocked{Page: v.Page(), Path: lockedPage + "/" + v.R.PathValue("key"), Passphrase: passphrase, Copies: p.copyChoices(v, copies)}
	data.Form.Values.Del("passphrase") // a wrong one is of no use
	return v.Render(data)
}

// postBackupLockedDownload sends a copy under the passphrase that was shown, once it
// was typed back: nobody else knows it. The same passphrase is good for another try,
// where the line breaks.
func (p *Pages) postBackupLockedDownload(v *visit.Visit) error {
	passphrase, err := p.passphrase(v)
	if err != nil {
		return err
	}
	if locked.Passphrase(v.Value("passphrase")) != passphrase {
		return reissue.Problems{{Field: "passphrase", Message: sayPassphraseWrong}}
	}
	return p.takeCopy(v, func(name string, file *os.File) error {
		info, err := file.Stat()
		if err != nil {
			return err
		}
		var sealed io.Reader
		if err := p.Hashing(v.R.Context(), func() { sealed, err = locked.Lock(file, passphrase) }); err != nil {
			return err
		}
		if err != nil {
			return err
		}
		if err := p.Store.Downloaded(v.Staff.Actor()); err != nil {
			return err
		}
		return v.SendStream(visit.KindData, name+locked.Ending, locked.Size(info.Size()), sealed)
	})
}
