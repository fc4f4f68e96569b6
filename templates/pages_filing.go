package templates

// HolderOf is for whom a clerk files at the counter.
type HolderOf struct{ Name, Paper, IDNumber, AccountURL, ApplyURL string }

// OfficeAccountApply is the data of office/account_apply.html: step 1 at the counter. Field: exam.
type OfficeAccountApply struct {
	Apply
	Of HolderOf
}

// OfficeAccountForm is the data of office/account_form.html: step 2 at the counter.
type OfficeAccountForm struct {
	ApplySelf
	Of     HolderOf
	ByHand bool // not for a certificate of the register
}

// OfficeAccountEdit is the data of office/account_edit.html: 申请信息维护 at the counter. Fields of the form
// posted to WithdrawURL: revision.
type OfficeAccountEdit struct {
	Edit
	Of          HolderOf
	WithdrawURL string
}

// OfficeAccountSubmitted is the data of office/account_submitted.html: step 3 at the counter.
type OfficeAccountSubmitted struct {
	Page
	Of                    HolderOf
	Number, Exam, Time    string
	URL, SlipURL, EditURL string
	Hints                 []string // on what was accepted but looks odd
}

// OfficeAccountSlip is the data of office/account_slip.html.
type OfficeAccountSlip struct{ Slip }
