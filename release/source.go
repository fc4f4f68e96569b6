package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"certreissue/about"
)

// errNoCheckout is a folder that is not the top of a checkout.
var errNoCheckout = errors.New("neither a checkout nor a tarball of git archive")

// sourceOf tells the commit that a folder has, and its date: by what the tarball says
// that this very source came in, else by git.
func sourceOf(ctx context.Context, root string) (about.Build, error) {
	if b := about.Source(); b.Commit != "" {
		return b, nil
	}
	return checkout(ctx, root)
}

// checkout asks git. Files that are not in git count as no change, because what a
// release writes may be among them.
func checkout(ctx context.Context, root string) (b about.Build, err error) {
	prefix, err := output(ctx, root, nil, "git", "rev-parse", "--show-prefix")
	if err == nil && strings.TrimSpace(string(prefix)) != "" {
		err = errNoCheckout // but a folder in somebody's
	}
	if err != nil {
		return b, err
	}
	head, err := output(ctx, root, nil, "git", "log", "-1", "--format=%H %cI")
	if err != nil {
		return b, err
	}
	changed, err := output(ctx, root, nil, "git", "status", "--porcelain", "--untracked-files=no")
	if err != nil {
		return b, err
	}
	commit, date, _ := strings.Cut(strings.TrimSpace(string(head)), " ")
	b.Date, err = time.Parse(time.RFC3339, date)
	b.Commit, b.Date = commit, b.Date.UTC()
	if len(changed) > 0 {
		b.Commit += about.Dirty
	}
	return b, err
}
