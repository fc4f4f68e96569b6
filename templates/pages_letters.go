package templates

// OfficeLetters is the data of office/letters.html: letters to print, one a sheet.
type OfficeLetters struct {
	Page
	Kind    string // in words
	Unfit   []string
	Letters []Letter
	BackURL string
}

// Letter is one letter on its sheet. Number is its application's, empty for one that is filled in by hand;
// Office and Date are empty where it is not the office that signs.
type Letter struct {
	Number, Office, Title, Date string
	Paragraphs                  []string
}

// OfficeLetterText is the data of office/letter_text.html. Fields: title, body; default is a button.
type OfficeLetterText struct {
	Page
	Path, Kind   string
	Kinds        []MenuItem
	Seen         string
	Own          bool // it is not the default
	Placeholders []Pair
}
