package reissue

const sayCorrectionReason = "请写明原因，如核对原始档案的结果。"

var markLineWithdrawn = Mark{Word: "档案已撤销", Text: "档案已撤销：申请所依据的证书已从档案中撤销，请核对", Serious: true}

func markLineCorrected(s LineState) Mark {
	text := "档案已更正：申请提交后，所依据的证书更正过（" + Labels(s.Corrected) + "），请核对"
	if s.Moved {
		text = "档案已更正：申请提交后，所依据的证书更正过（" + Labels(s.Corrected) + "），现在是另一个证件号码的证书，请核对申请人"
	}
	return Mark{Word: "档案已更正", Text: text, Serious: true}
}
