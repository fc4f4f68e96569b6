package templates

// OfficeCounter is the data of office/counter.html: the counter's box, and what is ready. The list of a
// city is a GET form with city; the spreadsheet of tracking numbers is posted as file to
// /office/handout/mailings.
type OfficeCounter struct {
	Page
	Box       CounterBox
	Use       bool
	Collected *Collected // what was handed out in one go just now
	Found     []QueueRow // by what was typed, where it is several
	FoundAs   string     // how they were found, in words
	Cities    []string
	City      string
	Rows      []QueueRow
	SheetURL  string // 领取签收单 of what is listed
	FormsURL  string // 补办申请表 of what is listed
	FirstURL  string
	NextURL   string
}

// CounterBox is the one box of the counter, on top of each of its pages: what a reader of ID cards, a
// scanner or a clerk types is posted as q to /office/counter, with the application that the page shows as
// from.
type CounterBox struct {
	CSRF  string
	Focus bool   // that a page begins with it
	Fault string // why nothing was found, which the page's problems say
	From  string
}

// Collected are the applications whose certificates were handed out in one go, with the 领取签收单 of them.
type Collected struct {
	Rows     []CollectedRow
	SheetURL string
}

// CollectedRow is one of them; Number is its new number or 证明编号.
type CollectedRow struct {
	QueueRow
	NewNumber, Collector string
}

// Collecting is what the part "collector-fields" shows, beside the form: who collects, by what was scanned.
type Collecting struct {
	Scan        *Scan  // nil where no ID card was
	Scanned     string // stands for it, and comes back with the form
	Collector   string // holder or agent
	AgentNumber string
}

// Scan tells whose ID card was scanned: the holder's or another's.
type Scan struct {
	Holder bool
	Says   string
}

// OfficeCounterPerson is the data of office/counter_person.html: all that is ready of one person. Its form
// posts application, listed, new_number (each repeatable; the ids end with the number), paper_checked,
// collector, agent_name, agent_id_number to /office/counter/collect.
type OfficeCounterPerson struct {
	Page
	Collecting
	Box       CounterBox
	Use       bool
	Name      string
	Says      string // what is to be done
	Person    []Pair
	Elsewhere string // of applications of other cities
	Ready     []CounterRow
	SheetURL  string
	Others    []QueueRow
}

// CounterRow is a certificate that can be handed out: Pick is what its box posts, NewNumber what its field
// shows.
type CounterRow struct {
	QueueRow
	About            string // level, specialty, and the number of the old certificate
	Proof            string // its 证明编号, where a 合格证明 is handed out
	Pick             string
	Picked, Numbered bool
	First            bool // that has a field for its number
	NewNumber        string
}
