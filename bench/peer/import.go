package main

import (
	"database/sql"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
)

// importRegister takes a spreadsheet in the fastest way that leaves a table of
// PocketBase's: one prepared INSERT in one transaction, past its records, rules
// and hooks.
func importRegister(app *pocketbase.PocketBase, register string) error {
	file, err := os.Open(register)
	if err != nil {
		return err
	}
	defer file.Close()
	db, ok := app.NonconcurrentDB().(*dbx.DB)
	if !ok {
		return errors.New("no database")
	}
	tx, err := db.DB().Begin()
	if err != nil {
		return err
	}
	if err := insertAll(tx, csv.NewReader(file)); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func insertAll(tx *sql.Tx, rows *csv.Reader) error {
	insert, err := tx.Prepare("INSERT INTO certificates (id, " + strings.Join(columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(columns)) + ")")
	if err != nil {
		return err
	}
	defer insert.Close()
	rows.ReuseRecord = true
	if _, err := rows.Read(); err != nil {
		return err // the head
	}
	values := make([]any, 1+len(columns))
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		values[0] = core.GenerateDefaultRandomId()
		for i, cell := range row {
			values[1+i] = cell
		}
		if _, err := insert.Exec(values...); err != nil {
			return err
		}
	}
}
