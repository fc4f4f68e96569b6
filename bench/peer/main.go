// Command peer is what an office's engineer would take instead of the product:
// PocketBase, one program on SQLite, with the same data in tables like ours. The
// bench builds it, fills it, and measures it beside the product. It is a module
// of its own, so that nothing of it reaches the product.
//
//	peer prepare --dir DIRECTORY ACCOUNTS.csv   the tables, settings and users
//	peer import --dir DIRECTORY REGISTER.csv    the certificates, by prepared INSERT
//	peer serve --dir DIRECTORY --http ADDRESS   PocketBase's own
//
// It is given every advantage that its documents name: indexes for what is asked,
// rules that these serve, one transaction for an import, no log of requests (the
// product keeps none either), no limits, no alerts by mail. Its commits are synced
// at checkpoints only, which is its default; the product's are synced each.
package main

import (
	"fmt"
	"os"

	"github.com/pocketbase/pocketbase"
	"github.com/spf13/cobra"
)

func main() {
	app := pocketbase.NewWithConfig(pocketbase.Config{HideStartBanner: true})
	command := func(use string, act func(app *pocketbase.PocketBase, file string) error) {
		app.RootCmd.AddCommand(&cobra.Command{Use: use, Args: cobra.ExactArgs(1), Run: func(_ *cobra.Command, args []string) {
			// PocketBase ends with 0 whatever its commands answer.
			if err := act(app, args[0]); err != nil {
				fmt.Fprintln(os.Stderr, "peer:", err)
				os.Exit(1)
			}
		}})
	}
	command("prepare", prepare)
	command("import", importRegister)
	if err := app.Start(); err != nil {
		fmt.Fprintln(os.Stderr, "peer:", err)
		os.Exit(1)
	}
}
