package main

import (
	"encoding/csv"
	"os"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/crypto/bcrypt"
)

// What the bench knows, too.
const (
	administrator = "bench@example.com"
	password      = "bench2026"
	batchSize     = 1000 // the most requests of one batch
)

// prepare makes the tables and settings, and the users, who are the people of the
// product's list of accounts and all have the same password.
func prepare(app *pocketbase.PocketBase, accounts string) error {
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	settings := app.Settings()
	settings.Logs.MaxDays = 0
	settings.Batch = core.BatchConfig{Enabled: true, MaxRequests: batchSize, Timeout: 60}
	if err := app.Save(settings); err != nil {
		return err
	}
	users, err := candidates(app)
	if err != nil {
		return err
	}
	register := certificates()
	if err := app.Save(register); err != nil {
		return err
	}
	if err := app.Save(applications(register)); err != nil {
		return err
	}
	if err := addAdministrator(app); err != nil {
		return err
	}
	return addUsers(app, users, accounts)
}

// candidates are the users, who sign in by their ID numbers.
func candidates(app core.App) (*core.Collection, error) {
	users := core.NewAuthCollection("candidates")
	users.Fields.Add(&core.TextField{Name: "name", Required: true}, &core.TextField{Name: "person", Required: true})
	if email, ok := users.Fields.GetByName("email").(*core.EmailField); ok {
		email.Required = false
	}
	users.AddIndex("candidates_person", true, "person", "")
	users.PasswordAuth.IdentityFields = []string{"person"}
	users.AuthAlert.Enabled = false
	return users, app.Save(users)
}

// columns are those of the register, in the order of the product's spreadsheet.
var columns = []string{"year", "exam", "name", "person", "collected", "level", "speciality", "number", "approved", "city"}

// certificates is the register: what it is asked for has an index, as in the
// product, and everybody sees their own.
func certificates() *core.Collection {
	register := core.NewBaseCollection("certificates")
	for _, column := range columns {
		register.Fields.Add(&core.TextField{Name: column})
	}
	register.AddIndex("certificates_person", false, "person, exam", "")
	register.AddIndex("certificates_number", false, "number", "")
	register.AddIndex("certificates_name", false, "name", "")
	own := "person = @request.auth.person"
	register.ListRule, register.ViewRule = &own, &own
	return register
}

// applications hold a photo each, of which nothing is checked but kind and size;
// one for each certificate, for its owner.
func applications(register *core.Collection) *core.Collection {
	list := core.NewBaseCollection("applications")
	list.Fields.Add(
		&core.RelationField{Name: "certificate", CollectionId: register.Id, MaxSelect: 1, Required: true},
		&core.TextField{Name: "phone", Required: true},
		&core.FileField{Name: "photo", MaxSelect: 1, MaxSize: 30 << 10, MimeTypes: []string{"image/jpeg"}, Required: true},
		&core.AutodateField{Name: "created", OnCreate: true},
	)
	list.AddIndex("applications_certificate", true, "certificate", "")
	own := "certificate.person = @request.auth.person"
	list.ListRule, list.ViewRule, list.CreateRule = &own, &own, &own
	return list
}

// addAdministrator adds the one who may make batches and backups.
func addAdministrator(app core.App) error {
	administrators, err := app.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		return err
	}
	record := core.NewRecord(administrators)
	record.SetEmail(administrator)
	record.SetPassword(password)
	return app.Save(record)
}

// addUsers adds everybody of a list with one hash, of the cost that PocketBase
// takes by itself.
func addUsers(app core.App, users *core.Collection, accounts string) error {
	file, err := os.Open(accounts)
	if err != nil {
		return err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return err
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)
	if err != nil {
		return err
	}
	return app.RunInTransaction(func(app core.App) error {
		for _, row := range rows[1:] {
			user := core.NewRecord(users)
			user.Set("name", row[0])
			user.Set("person", row[1])
			user.RefreshTokenKey()
			user.SetRaw(core.FieldNamePassword, &core.PasswordFieldValue{Hash: string(hash)})
			if err := app.Save(user); err != nil {
				return err
			}
		}
		return nil
	})
}
