package sheet

import (
	"fmt"
	"path/filepath"
	"strings"
)

// FileKind says why a whole file cannot be used.
type FileKind int

// The reasons for a FileFault.
const (
	Unreadable     FileKind = iota // an error of the disk; see Err
	NotSpooled                     // no place for what it is inflated to; see Err
	NotFound                       // no such file
	NotAllowed                     // no right to read it
	NotAFile                       // a directory or a device
	Empty                          // no byte, or no filled cell
	HeaderOnly                     // nothing below the header
	BadHeader                      // the first row cannot be a header
	OldFormat                      // an .xls file, or an encrypted workbook
	WebPage                        // HTML or XML under another name
	NotText                        // neither a workbook nor text
	NotAWorkbook                   // a ZIP archive, but no .xlsx
	Damaged                        // a workbook that breaks off or is inconsistent; see Err
	TooLarge                       // inflates beyond Limit bytes
	TooManyRows                    // more than Limit rows
	TooManyColumns                 // more than Limit columns
)

var fileKinds = [...]string{
	Unreadable: "cannot be read", NotSpooled: "no place for what it is inflated to", NotFound: "not found", NotAllowed: "permission denied",
	NotAFile: "not a regular file", Empty: "empty", HeaderOnly: "no rows below the header",
	BadHeader: "first row is no header", OldFormat: "old .xls or encrypted workbook",
	WebPage: "a web page, not a spreadsheet", NotText: "neither text nor workbook",
	NotAWorkbook: "an archive, but no .xlsx workbook", Damaged: "damaged workbook",
	TooLarge: "inflates beyond the limit", TooManyRows: "too many rows", TooManyColumns: "too many columns",
}

// FileFault is why a whole file cannot be used.
type FileFault struct {
	Kind  FileKind
	Path  string
	Sheet string // the worksheet, for HeaderOnly where there are several
	Limit int    // what was exceeded, for TooLarge, TooManyRows, TooManyColumns
	Err   error  // the cause, where there is one below
}

// Error names the file by its base name: a path may hold a person's name.
func (f *FileFault) Error() string {
	text := fmt.Sprintf("sheet: %s: %s", filepath.Base(f.Path), fileKinds[f.Kind])
	if f.Err != nil {
		text += ": " + f.Err.Error()
	}
	return text
}

func (f *FileFault) Unwrap() error { return f.Err }

// HeaderFault is why a header does not fit the columns that are wanted.
type HeaderFault struct {
	Sheet   string   // the worksheet that comes nearest, "" where there is one only
	Missing []string // starred columns that are not there
	Doubled []string // wanted columns that are there more than once
}

func (f *HeaderFault) Error() string {
	return fmt.Sprintf("sheet: columns missing %q, doubled %q", f.Missing, f.Doubled)
}

// RowKind says what is wrong with one row.
type RowKind int

// The reasons for a RowFault.
const (
	BadQuote   RowKind = iota // a quotation mark that opens or closes nothing
	ExtraCell                 // a filled cell beyond the header
	BadText                   // bytes that are no text in the file's encoding
	LongCell                  // a cell of more than MaxCell characters
	ErrorValue                // an error value such as #N/A
	NoResult                  // a formula whose result the file does not hold
	Hidden                    // a number that the cell's format does not show, or only in part
)

var rowKinds = [...]string{
	BadQuote: "stray quotation mark", ExtraCell: "more cells than the header",
	BadText: "undecodable text", LongCell: "cell too long", ErrorValue: "error value", NoResult: "formula without a result", Hidden: "number not as it is shown",
}

// RowFault is why one row cannot be used.
type RowFault struct {
	Kind   RowKind
	Column string // the column concerned, "" when it is none or has no name
	Text   string // the first characters of the cell concerned, for the Sentence
}

// Error leaves the text out: it is somebody's data, and errors go to logs.
func (f *RowFault) Error() string {
	return strings.TrimSuffix(fmt.Sprintf("sheet: %s: %s", rowKinds[f.Kind], f.Column), ": ")
}

// shorten keeps as much of a cell as a sentence can carry.
func shorten(cell string) string {
	const most = 12
	runes := 0
	for i := range cell {
		if runes++; runes > most {
			return cell[:i] + "…"
		}
	}
	return cell
}
