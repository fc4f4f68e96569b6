package reissue

// Standing is where a candidate stands with one certificate. The constants are
// in the order in which a page shows certificates: what needs the candidate is
// first, what is over last.
type Standing int

const (
	StandsReturned    Standing = iota // the application has to be corrected
	StandsReady                       // the new certificate, or the 合格证明, can be collected
	StandsApplicable                  // an application can be made
	StandsUncollected                 // the first certificate still lies at the counter
	StandsUnderway                    // the application is with the office
	StandsRefused                     // the application was refused; another can be made
	StandsNotAccepted                 // the office takes no applications for the exam today
	StandsFinished                    // the last application came to its end
)

// StandingOf tells where a candidate stands with a certificate of the register
// (nil: applied for by hand), its exam (nil: the office does not know it) and the
// last application about it (nil: there is none) on a day, YYYYMMDD. An
// application counts until the candidate has withdrawn it.
func StandingOf(c *Certificate, exam *Exam, last *Application, today string) Standing {
	if last != nil {
		switch last.Status {
		case Returned:
			return StandsReturned
		case Ready:
			return StandsReady
		case Refused:
			return StandsRefused
		case HandedOut, Mailed:
			return StandsFinished
		case Withdrawn:
		default:
			return StandsUnderway
		}
	}
	switch {
	case c == nil:
		return StandsFinished
	case !c.Collected:
		return StandsUncollected
	case exam.Accept(today) != nil:
		return StandsNotAccepted
	}
	return StandsApplicable
}
