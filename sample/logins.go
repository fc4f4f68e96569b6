package sample

// Login is a login of the sample, to be printed.
type Login struct {
	Name     string // of the person; "" for staff
	Username string // what to type: an ID number, or a staff name
	Password string
	Shows    string // what there is to see, in Chinese
	Office   bool   // signs in at /office/login
}

// logins are the candidates whose logins are printed.
var logins = []struct{ who, shows string }{
	{"张丽华", showAll},
	{"刘洋", showWaiting},
	{"陈静", showNothing},
	{"赵强", showReturned},
	{"孙志远", showStages},
	{"郑凯", showEndings},
	{"李𠮷", showRare},
	{"王晓沛", showBracket},
	{"吴秀英", showOld},
	{"林嘉慧", showPermit},
	{"买买提·艾力", showMailing},
	{robbed, showAtCounter},
}

// Logins are the sample logins, candidates first.
func Logins() []Login {
	var list []Login
	people := cast()
	for _, l := range logins {
		login := Login{Name: l.who, Username: people[l.who].number().Full(), Password: candidatePassword, Shows: l.shows}
		if l.who == robbed {
			login.Password = oneTimePassword
		}
		list = append(list, login)
	}
	for _, clerk := range clerks {
		login := Login{Username: clerk.name, Password: officePassword, Shows: clerk.shows, Office: true}
		if clerk.staff.MustChange {
			login.Password = oneTimePassword
		}
		list = append(list, login)
	}
	return list
}
