package command

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"certreissue/reissue"
	"certreissue/store"
)

// usualData is the data file of whoever names none, in the working directory.
const usualData = "certreissue.db"

// InstalledData is the data file of a service that the machine starts by itself.
func InstalledData() string {
	folder := "/var/lib/certreissue"
	if runtime.GOOS == "windows" {
		folder = filepath.Join(os.Getenv("ProgramData"), "certreissue")
	}
	return filepath.Join(folder, usualData)
}

// HomeData is the data file of whoever names none and has none in the working directory;
// "" where that one is meant anyway.
func HomeData() string { return homeOf(runtime.GOOS, InstalledData()) }

// homeOf is the installed place's file: in Windows, where a double click has whatever
// directory, always; elsewhere where it is there, so that a command beside an installed
// service makes no second file that nobody serves. One that this user may not look for
// counts.
func homeOf(system, installed string) string {
	if _, err := os.Stat(installed); system != "windows" && errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	return installed
}

// flags are a command's own, with -data.
type flags struct {
	*flag.FlagSet
	data  string
	taken []takenFlag // in their order
}

// takenFlag is one that was on the command line.
type takenFlag struct{ name, value string }

func newFlags(name string) *flags {
	f := &flags{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError)}
	f.StringVar(&f.data, "data", usualData, "")
	return f
}

// parse takes flags before, between and after the arguments, of which there
// must be at least and at most so many. It stands in for the parser of package
// flag, whose errors are English sentences without a type.
func (f *flags) parse(args []string, least, most int) (rest []string, err error) {
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		if arg == "--" {
			rest = append(rest, args...)
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			rest = append(rest, arg)
			continue
		}
		if args, err = f.take(arg, args); err != nil {
			return nil, err
		}
	}
	if len(rest) < least || len(rest) > most {
		return nil, usageError(sayBadArguments(f.Name()))
	}
	return rest, nil
}

// parseFor is parse for a command that works on the data file: it settles which one is
// meant, and says so where nobody has.
func (p *Program) parseFor(f *flags, args []string, least, most int) (rest []string, err error) {
	if rest, err = f.parse(args, least, most); err == nil {
		p.choose(f)
	}
	return rest, err
}

func (p *Program) choose(f *flags) {
	if p.Home == "" || f.given("data") {
		return
	}
	if _, err := os.Stat(usualData); err != nil {
		f.data = p.Home
	}
	fmt.Fprintln(p.stderr, sayChosenData(store.FullPath(f.data)))
}

// take sets the flag that an argument is, with its value: after an equals sign,
// or the next argument. It answers the arguments that are left.
func (f *flags) take(arg string, next []string) (left []string, err error) {
	if isHelp(arg) {
		return nil, flag.ErrHelp
	}
	arg, value, given := strings.Cut(arg, "=")
	known := f.Lookup(strings.TrimPrefix(arg[1:], "-"))
	if known == nil {
		return nil, usageError(sayUnknownFlag(arg))
	}
	if yes, ok := known.Value.(interface{ IsBoolFlag() bool }); ok && yes.IsBoolFlag() {
		if !given {
			value = "true"
		}
	} else if !given {
		if len(next) == 0 {
			return nil, usageError(sayNoValue(arg))
		}
		value, next = next[0], next[1:]
	}
	if err := f.Set(known.Name, value); err != nil {
		if sentence, ok := reissue.Sentence(err); ok {
			return nil, usageError(sentence)
		}
		return nil, usageError(sayBadValue(arg, value))
	}
	f.taken = append(f.taken, takenFlag{known.Name, value})
	return next, nil
}

// given tells whether a flag was on the command line.
func (f *flags) given(name string) (found bool) {
	f.Visit(func(g *flag.Flag) { found = found || g.Name == name })
	return found
}
