package doctor

import (
	"net"

	"certreissue/reissue"
)

// mail looks whether mail can leave the office, and how it travels.
func (d *doctor) mail() error {
	held, err := d.Store.MailHeld()
	if err != nil {
		return err
	}
	smtp := d.Store.Settings().SMTP
	switch {
	case held:
		d.say(Mend, lookMail, sayMailHeld)
	case smtp.Host == "":
		d.say(Hint, lookMail, sayNoSMTP)
	case smtp.Security == "none" && !reissue.Loopback(net.JoinHostPort(smtp.Host, "0")):
		d.say(Hint, lookMail, sayPlainSMTP)
	default:
		d.say(Good, lookMail, smtp.Host)
	}
	if held || smtp.Host == "" || d.Store.IsDemo() {
		return nil
	}
	if err := d.TryMail(); err != nil {
		d.say(Mend, lookMailServer, sayMailServerFails(err))
	} else {
		d.say(Good, lookMailServer, sayMailServer(smtp.Host, smtp.Username != ""))
	}
	d.alarms()
	return nil
}

// alarms looks whether anybody is told by mail what must be seen to.
func (d *doctor) alarms() {
	if to := d.Store.Settings().AlarmTo; to != "" {
		d.say(Good, lookAlarms, sayAlarms(reissue.MaskEmail(to)))
	} else {
		d.say(Hint, lookAlarms, sayNoAlarms)
	}
}

// retention looks whether the office has decided how long it keeps what.
func (d *doctor) retention() error {
	kept := d.Store.Settings().Retention
	if unlimited := keptForEver(kept); len(unlimited) > 0 {
		d.say(Hint, lookRetention, sayNoRetention(unlimited))
	} else {
		d.say(Good, lookRetention, sayRetention(kept))
	}
	return nil
}
