package handlers

import (
	"cmp"
	"encoding/hex"
	"errors"
	"os"
	"slices"
	"strconv"
	"time"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showBackup is the copies that there are, and the way to make and to take one.
func (s *Server) showBackup(v *visit) error {
	copies, err := s.store.Copies()
	if err != nil {
		return err
	}
	plan := s.store.Settings().Backup
	data := templates.Backup{Page: v.page(), Plan: plan.String(), Folder: s.store.CopiesFolder()}
	if len(copies) > 0 {
		last := copies[0].Made
		data.Last, data.TooOld = last.String()+"（"+sayAge(s.age(last))+"）", reissue.BackupTooOld(last, s.store.Now())
	}
	data.Copies = []templates.Choice{{Text: sayCopyNow, Chosen: v.value("copy") == ""}}
	for _, c := range copies {
		made := c.Made.String()
		if s.age(c.Made) < 0 {
			made += sayAhead
		}
		data.Rows = append(data.Rows, templates.CopyRow{Name: c.Name, Made: made, Size: saySize(c.Size)})
		data.Copies = append(data.Copies, templates.Choice{Value: c.Name, Text: made, Chosen: v.value("copy") == c.Name})
	}
	shown := planValues(s.store.Settings())
	data.Seen, data.Form.Labels = s.seen(shown), planLabels
	if !v.posted.Has("hour") {
		data.Form.Fill(shown)
	}
	row, hash, err := s.store.ChainHead()
	if err != nil {
		return err
	}
	data.Row, data.Hash = row, hex.EncodeToString(hash)
	if data.Purged, err = s.store.Purged(); err != nil {
		return err
	}
	return v.render("office_backup.html", data)
}

// age is negative for what was made under a clock that was ahead.
func (s *Server) age(made reissue.Moment) time.Duration { return s.store.Now().Sub(made.Time()) }

// planValues are when copies are made, and how many are kept, as the form shows
// it.
func planValues(settings *reissue.Settings) map[string]string {
	return map[string]string{"hour": strconv.Itoa(settings.Backup.Hour), "keep": strconv.Itoa(settings.Backup.Keep)}
}

// postBackupPlan says when copies are made by themselves, and how many are kept.
func (s *Server) postBackupPlan(v *visit) error {
	err := s.changeSeen(v, planValues, []string{"hour", "keep"}, func(settings *reissue.Settings) error {
		var problems reissue.Problems
		v.readNumber("hour", 0, 23, &settings.Backup.Hour, &problems)
		v.readNumber("keep", 2, 365, &settings.Backup.Keep, &problems)
		return problems.Err()
	})
	if errors.Is(err, reissue.ErrStale) {
		return s.showBackup(v)
	}
	if err != nil {
		return err
	}
	v.flash(flashSettings)
	return v.redirect("/office/backup")
}

// copyNow runs what copies the whole file, one at a time.
func (s *Server) copyNow(v *visit, do func() error) (err error) {
	if slotErr := s.copying.do(v.r.Context(), func() { err = do() }); slotErr != nil {
		return slotErr
	}
	if err != nil {
		s.Log.Error("backup", "request", v.number(), "error", err)
		return reissue.Problems{{Message: sayCopyNotMade}}
	}
	return nil
}

// postBackupMake makes a copy in the folder now.
func (s *Server) postBackupMake(v *visit) error {
	if err := s.copyNow(v, func() error { return s.store.MakeCopy(v.staff.Actor()) }); err != nil {
		return err
	}
	v.flash(flashCopied)
	return v.redirect("/office/backup")
}

// postBackupDownload sends a checked copy to whoever proves to be at the desk in
// person: everything that the office knows leaves the house. It is sent from a
// file, so that no transaction waits for the line.
func (s *Server) postBackupDownload(v *visit) error {
	if err := s.proveSelf(v); err != nil {
		return err
	}
	path, err := s.copyToSend(v)
	if err != nil {
		return err
	}
	if v.value("copy") == "" {
		defer os.Remove(path)
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := s.store.Downloaded(v.staff.Actor()); err != nil {
		return err
	}
	name := cmp.Or(v.value("copy"), reissue.At(s.store.Now()).Time().Format("20060102-150405")+".db")
	return v.sendFile(kindData, "certreissue-"+name, file)
}

// copyToSend is the chosen copy, or a new one of the data as they are now.
func (s *Server) copyToSend(v *visit) (path string, err error) {
	if chosen := v.value("copy"); chosen != "" {
		copies, err := s.store.Copies()
		if err != nil {
			return "", err
		}
		i := slices.IndexFunc(copies, func(c store.Copy) bool { return c.Name == chosen })
		if i < 0 {
			return "", reissue.Problems{{Field: "copy", Message: sayUnknownCopy}}
		}
		return copies[i].Path, nil
	}
	err = s.copyNow(v, func() (err error) {
		path, err = s.store.CheckedCopy()
		return err
	})
	return path, err
}

// adminAlerts are for the administrator's desk: mail that does not leave, and a
// newest of the copies that is missing or old.
func (s *Server) adminAlerts(copies []store.Copy) ([]templates.Alert, error) {
	alerts, err := s.mailAlerts()
	if err != nil || s.Demo {
		return alerts, err
	}
	link := templates.Link{Text: sayToBackup, URL: "/office/backup"}
	switch {
	case len(copies) == 0:
		return append(alerts, templates.Alert{Text: sayNoCopy, Link: link}), nil
	case reissue.BackupTooOld(copies[0].Made, s.store.Now()):
		return append(alerts, templates.Alert{Text: sayCopyOld(s.age(copies[0].Made)), Link: link}), nil
	}
	return alerts, nil
}
