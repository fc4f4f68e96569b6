package office

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"os"
	"slices"
	"time"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showBackup is the copies that there are, and the way to make and to take one.
func (p *Pages) showBackup(v *visit.Visit) error {
	copies, unread := p.Store.Copies()
	plan := p.Store.Settings().Backup
	data := templates.OfficeBackup{Page: v.Page(), Plan: plan.String(), Folder: p.Store.CopiesFolder()}
	if len(copies) > 0 {
		last := copies[0].Made
		data.Last, data.TooOld = last.String()+"（"+sayAge(p.age(last))+"）", reissue.BackupTooOld(last, p.Store.Now())
	}
	data.Copies = p.copyChoices(v, copies)
	for _, c := range copies {
		data.Rows = append(data.Rows, templates.CopyRow{Name: c.Name, Made: p.sayMade(c), Size: saySize(c.Size)})
	}
	shown := p.Store.Settings().BackupForm()
	data.Seen, data.Form.Labels = p.seen(shown), reissue.SettingsLabels
	if !v.Posted.Has("hour") {
		data.Form.Fill(shown)
	}
	p.showMirror(&data)
	row, hash, err := p.Store.ChainHead()
	if err != nil {
		return err
	}
	data.Row, data.Hash = row, hex.EncodeToString(hash)
	if failure := p.Store.CopyFailure(); failure != nil {
		data.Failed = sayLastCopyFailed(failure.At, copyFault(failure.Err))
	}
	if unread != nil {
		data.Failed = copyFault(unread)
	}
	data.Damaged, data.KeptByHand = len(p.Store.KnownDamage()) > 0, store.KeptByHand
	if data.Purged, err = p.Store.Purged(); err != nil {
		return err
	}
	return v.Render(data)
}

// copyChoices are what can be taken: the data as they are now, and each copy.
func (p *Pages) copyChoices(v *visit.Visit, copies []store.Copy) []templates.Choice {
	choices := []templates.Choice{{Text: sayCopyNow, Chosen: v.Value("copy") == ""}}
	for _, c := range copies {
		choices = append(choices, templates.Choice{Value: c.Name, Text: p.sayMade(c), Chosen: v.Value("copy") == c.Name})
	}
	return choices
}

// sayMade tells when a copy was made, and what is special about it.
func (p *Pages) sayMade(c store.Copy) string {
	made := c.Made.String()
	if c.Kind == store.ByHand {
		made += sayByHand
	}
	if p.age(c.Made) < 0 {
		made += sayAhead
	}
	return made
}

// showMirror tells how the second copy stands.
func (p *Pages) showMirror(data *templates.OfficeBackup) {
	mirror, now := p.Mirror(), time.Now()
	if mirror.Folder == "" {
		return
	}
	data.Mirror = &templates.MirrorState{Age: mirror.Age(now), Trouble: mirror.Trouble(now), Folder: mirror.Folder, Wrong: mirror.Wrong(now),
		ByFlag: mirror.Folder != p.Store.Settings().Mirror.Folder}
}

// age is negative for what was made under a clock that was ahead.
func (p *Pages) age(made reissue.Moment) time.Duration { return p.Store.Now().Sub(made.Time()) }

// postBackupPlan says when copies are made by themselves, and how many are kept.
func (p *Pages) postBackupPlan(v *visit.Visit) error {
	err := changeSeen(p, v, (*reissue.Settings).BackupForm, reissue.BackupFields, func(settings *reissue.Settings) error {
		return settingsForm(v).FillBackup(settings)
	})
	if errors.Is(err, reissue.ErrStale) {
		return p.showBackup(v)
	}
	if err != nil {
		return err
	}
	v.Flash(flashSettings)
	return v.Redirect("/office/backup")
}

// copyNow runs what copies the whole file, one at a time.
func (p *Pages) copyNow(v *visit.Visit, do func() error) (err error) {
	v.MayTakeLong()
	if slotErr := p.copying.Do(v.R.Context(), func() { err = do() }); slotErr != nil {
		return slotErr
	}
	if err != nil {
		p.Log.Error(logNotCopied, "request", v.Number(), "error", err)
		return reissue.Problems{{Message: copyFault(err)}}
	}
	return nil
}

// copyFault says why a copy was not made, and what to do.
func copyFault(err error) string {
	if sentence, ok := reissue.Sentence(err); ok {
		return sayCopyFailed + sentence
	}
	return sayCopyNotMade
}

// postBackupMake makes a copy in the folder now.
func (p *Pages) postBackupMake(v *visit.Visit) error {
	// Whoever goes on to another page wants it all the same.
	ctx := context.WithoutCancel(v.R.Context())
	if err := p.copyNow(v, func() error { return p.Store.MakeCopy(ctx, v.Staff.Actor(), store.ByHand, nil) }); err != nil {
		return err
	}
	v.Flash(flashCopied)
	return v.Redirect("/office/backup")
}

// postBackupDownload sends a checked copy.
func (p *Pages) postBackupDownload(v *visit.Visit) error {
	return p.takeCopy(v, func(name string, file *os.File) error {
		if err := p.Store.Downloaded(v.Staff.Actor()); err != nil {
			return err
		}
		return v.SendFile(visit.KindData, name, file)
	})
}

// takeCopy has a checked copy sent to whoever proves to be at the desk in
// person: everything that the office knows leaves the house. It is sent from a
// file, so that no transaction waits for the line.
func (p *Pages) takeCopy(v *visit.Visit, send func(name string, file *os.File) error) error {
	if err := p.ProveSelf(v); err != nil {
		return err
	}
	path, err := p.copyToSend(v)
	if err != nil {
		return err
	}
	if v.Value("copy") == "" {
		defer os.Remove(path)
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return send("certreissue-"+cmp.Or(v.Value("copy"), reissue.At(p.Store.Now()).Time().Format("20060102-150405")+".db"), file)
}

// copyToSend is the chosen copy, or a new one of the data as they are now.
func (p *Pages) copyToSend(v *visit.Visit) (path string, err error) {
	if chosen := v.Value("copy"); chosen != "" {
		copies, err := p.Store.Copies()
		if err != nil {
			return "", err
		}
		i := slices.IndexFunc(copies, func(c store.Copy) bool { return c.Name == chosen })
		if i < 0 {
			return "", reissue.Problems{{Field: "copy", Message: sayUnknownCopy}}
		}
		return copies[i].Path, nil
	}
	err = p.copyNow(v, func() (err error) {
		path, err = p.Store.CheckedCopy(v.R.Context(), nil)
		return err
	})
	return path, err
}

// adminAlerts are for the administrator's desk: a disk that is full, a clock that is
// wrong, mail that does not leave, what is deleted soon and in no archive, a copy that
// was not made, and a newest of the copies that is missing or old; unread is why nobody
// knows of them.
func (p *Pages) adminAlerts(copies []store.Copy, unread error) ([]templates.Alert, error) {
	alerts, err := p.mailAlerts()
	if p.Store.Full() {
		alerts = append(alerts, templates.Alert{Text: sayDiskIsFull})
	}
	if newest := p.Store.ClockBehind(); newest != 0 {
		alerts = append(alerts, templates.Alert{Text: sayClockBehind(p.Store.Now(), newest)})
	}
	if err != nil || p.Demo {
		return alerts, err
	}
	leaving, err := p.Store.Leaving()
	if err != nil {
		return alerts, err
	}
	if len(leaving) > 0 {
		alerts = append(alerts, templates.Alert{Text: sayLeaving(leaving), Link: templates.Link{Text: sayToArchive, URL: archivePage}})
	}
	for _, alarm := range p.Alarms() {
		// The others stand here as it is this very moment.
		if alarm.Kind == reissue.AlarmCertificate || alarm.Kind == reissue.AlarmDisk && !p.Store.Full() {
			alerts = append(alerts, templates.Alert{Text: alarm.Sentence})
		}
	}
	link := templates.Link{Text: sayToBackup, URL: "/office/backup"}
	if failure := p.Store.CopyFailure(); failure != nil {
		alerts = append(alerts, templates.Alert{Text: sayLastCopyFailed(failure.At, copyFault(failure.Err)), Link: link})
	}
	if mirror, now := p.Mirror(), time.Now(); mirror.Folder != "" && mirror.Wrong(now) {
		alerts = append(alerts, templates.Alert{Text: sayMirror(mirror.Sentence(now)), Link: link})
	}
	switch {
	case unread != nil:
		return append(alerts, templates.Alert{Text: copyFault(unread), Link: link}), nil
	case len(copies) == 0:
		return append(alerts, templates.Alert{Text: sayNoCopy, Link: link}), nil
	case reissue.BackupTooOld(copies[0].Made, p.Store.Now()):
		return append(alerts, templates.Alert{Text: sayCopyOld(p.age(copies[0].Made)), Link: link}), nil
	}
	return alerts, nil
}
