package locked

// Fault is why a locked copy does not open.
type Fault int

// The faults of a locked copy.
const (
	Wrong   Fault = iota + 1 // the passphrase, or what was made of it
	TooDear                  // it asks for more work than any of ours
	Damaged                  // or no locked copy at all
)

// faults holds what each fault says to a log and to a person.
var faults = map[Fault]struct{ log, sentence string }{
	Wrong:   {"wrong passphrase", "口令不对。请照抄下的口令重新输入，大小写和横线不要紧，其余一个字也不能差。"},
	TooDear: {"asks for too much work", "这个加密文件要求的计算量超出范围，不是本系统做的加密备份，没有打开。请换一份。"},
	Damaged: {"damaged", "文件不完整、已损坏，或不是本系统做的加密备份，没有打开。请换一份。"},
}

// Error is for logs.
func (f Fault) Error() string { return "locked: " + faults[f].log }

// Sentence is for whoever wants the copy opened.
func (f Fault) Sentence() string { return faults[f].sentence }
