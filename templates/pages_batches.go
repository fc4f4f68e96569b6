package templates

// OfficeBatches is the data of office/batches.html.
type OfficeBatches struct {
	Page
	Use      bool // the role may make batches
	Admin    bool // the role may set how rosters look
	Waiting  int  // approved applications in no batch
	Late     bool // only those that should have come and have not
	Rows     []BatchRow
	FirstURL string // back to the first page; empty on it
	NextURL  string
}

// BatchRow is a batch in the list.
type BatchRow struct {
	Name, URL, State, Cities, Created string
	Expected                          string // the day, in words; empty when not known or come
	Count                             int
}

// OfficeBatchNew is the data of office/batch_new.html. The choice is a GET form with exam, city, from,
// to and batch; the batch is made by a post of the same to Action, with name and expected for a new
// one, revision for an open one.
type OfficeBatchNew struct {
	Page
	Action   string
	Batch    string // number of the open batch that is added to; empty for a new one
	Name     string // of that batch
	Revision uint64
	Exams    []ExamOption
	Cities   []string
	Filtered bool
	Groups   []BatchGroup
	Total    int // what the choice takes
	Taken    int // what fits into a batch of it
}

// Names are the fields of the choice, which the post carries on.
func (OfficeBatchNew) Names() []string { return []string{"exam", "city", "from", "to"} }

// BatchGroup counts the applications of one exam and city.
type BatchGroup struct {
	Exam, City string
	Count      int
}

// OfficeBatch is the data of office/batch.html. Its forms post to Path/lock, Path/report, Path/arrive
// (revision), Path/unlock, Path/undo-report, Path/undo-arrival, Path/dissolve (revision, note; the ids
// are those of the act and the field, such as unlock-note), Path/expect (revision, expected) and
// Path/remove (revision, application repeated); the spreadsheet of new numbers is posted as file to Path/numbers.
type OfficeBatch struct {
	Page
	Path, Number      string
	Name, State, Next string
	Facts             []Pair
	Revision          uint64
	Use               bool            // the role may act
	Locked            bool            // roster and photos can be downloaded
	Numbering         bool            // some of its certificates have come, whose new numbers can be noted
	May               map[string]bool // which acts the state and the role allow
	Act               string          // the form that was refused, such as unlock
	Counts            []Count         // of its applications by state, those that there are
	Members           []QueueRow
	Left              Visible // that have left its production, the last one first
	History           []Event
	FirstURL, NextURL string
}

// BatchUndo is a form that leads back: the last part of its address, the act it needs, its words.
type BatchUndo struct{ Act, May, Title, Explain string }

// undoForm is what the part "undo-form" shows, made by the template function undo. Posted is the act that was
// refused.
type undoForm struct {
	Page
	BatchUndo
	Path, Posted string
	Revision     uint64
}

func newUndo(page Page, undo BatchUndo, path string, revision uint64, posted string) undoForm {
	return undoForm{page, undo, path, posted, revision}
}

// Undo are the ways back, of which the state allows one at most.
func (OfficeBatch) Undo() []BatchUndo {
	return []BatchUndo{
		{"unlock", "unlock", "解除锁定", "申请回到审核通过，仍在批次中，可以移出或编入。"},
		{"undo-report", "undo_report", "更正上报记录", "批次回到待上报。"},
		{"undo-arrival", "undo_arrival", "更正到证记录", "待领取的申请回到制证中；已经领取或寄出的，请先更正那些申请。"},
		{"dissolve", "dissolve", "解散批次", "申请全部移出，仍是审核通过，可以编入其他批次。"},
	}
}

// OfficeRoster is the data of office/roster.html. Fields: columns (one a line),
// photos_by_id_number, second_person.
type OfficeRoster struct {
	Page
	Seen   string
	Choice []string // the columns there are
}
