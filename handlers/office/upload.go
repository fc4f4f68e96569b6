package office

import (
	"context"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showUpload is where a spreadsheet of the register is handed in.
func (p *Pages) showUpload(v *visit.Visit) error {
	data := templates.OfficeUpload{Page: v.Page(), Blanks: blankWords}
	if v.Posted == nil {
		data.Form.Values.Set("blank_collected", sayBlankAsk)
	}
	return v.Render(data)
}

// postUpload keeps the file and looks it through: nothing is imported before
// somebody has seen what would happen.
func (p *Pages) postUpload(v *visit.Visit) error {
	var problems reissue.Problems
	blank, known := blankChoices[v.Value("blank_collected")]
	if !known {
		problems.Add("blank_collected", sayChooseBlank)
	}
	file, problem := postedSheet(v)
	if err := append(problems, problem...).Err(); err != nil {
		return err
	}
	j := &job{name: fileName(file.Name), blank: blank, spool: p.Store.Spool()}
	var err error
	if j.dir, err = spoolSheet(j.spool, file, j.name); err != nil {
		return err
	}
	by := v.Staff.Actor()
	ended, err := p.jobs.run(func(ctx context.Context) { p.carryOut(ctx, j, by, true) })
	if err != nil {
		j.remove()
		return reissue.Problems{{Field: "file", Message: sayJobRunning}}
	}
	p.jobs.add(j)
	wait(ended)
	return v.Redirect(checkURL(j))
}
