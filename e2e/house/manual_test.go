package house

import (
	"go/ast"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"certreissue/docs"
)

// manuals are what operators read.
var manuals = []string{"operations.md", "proxy.md"}

// notOurs are words that the manual quotes from elsewhere: what Windows says, and the
// tools by which a download is compared.
var notOurs = []string{"命令提示符", "以管理员身份运行", "已保护你的电脑", "更多信息", "仍要运行", "开始", "OK", "成功"}

// people are the examples whose names stand where a message has somebody's.
var people = []string{"李强", "王芳"}

var (
	inQuotes  = regexp.MustCompile(`“([^”]+)”`)
	asCode    = regexp.MustCompile("`([^`\n]+)`")
	fence     = regexp.MustCompile("(?ms)^ *```.*?^ *```")
	heading   = regexp.MustCompile(`(?m)^#+ (.+)$`)
	bold      = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	verb      = regexp.MustCompile(`%[-+ #0-9.*]*[a-zA-Z]`)
	action    = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	literal   = regexp.MustCompile(`"([^"]+)"`)
	clause    = regexp.MustCompile(`[，。：；（]`)
	comment   = regexp.MustCompile(`(?s)\{\{-?/\*.*?\*/-?\}\}`)
	tag       = regexp.MustCompile(`(?s)<[^>]*>`)
	shortcut  = regexp.MustCompile(`<kbd>[^<]*</kbd>`)
	inlineTag = regexp.MustCompile(`</?(?:b|strong|em|code|span|a|time)\b[^>]*>`)
	blanks    = regexp.MustCompile(`\s+`)
)

// TestManualQuotes: what the manual says is shown, by the program or on its pages, is
// there. An ellipsis stands for what a message fills in.
func TestManualQuotes(t *testing.T) {
	said, used := spoken(t), map[string]bool{}
	for _, document := range manuals {
		text := fence.ReplaceAllString(docs.Text(t, document), "")
		var sections []string
		for _, marked := range slices.Concat(heading.FindAllStringSubmatch(text, -1), bold.FindAllStringSubmatch(text, -1)) {
			sections = append(sections, marked[1])
		}
		for _, quote := range quotes(text) {
			if slices.Contains(notOurs, quote) {
				used[quote] = true
			} else if !slices.Contains(sections, quote) && !isSaid(said, quote) {
				t.Errorf("%s: nothing says “%s”", document, quote)
			}
		}
	}
	for _, words := range notOurs {
		if !used[words] {
			t.Errorf("the manual no longer quotes “%s” from elsewhere", words)
		}
	}
}

// TestManualQuotesCanFail: the search finds what is there and nothing else.
func TestManualQuotesCanFail(t *testing.T) {
	said := spoken(t)
	for quote, want := range map[string]bool{
		"已恢复到 …": true, "李强 的一次性密码：…（首次登录后必须修改）": true, "口令不对。": true, "立即备份": true,
		"已经恢复到 …": false, "李强 的一次性密码：…（登录后必须修改）": false, "密码不对吗": false, "马上备份": false, "立即备": false,
	} {
		if isSaid(said, quote) != want {
			t.Errorf("“%s” is said: %v", quote, !want)
		}
	}
}

// quotes are what a text quotes: in quotation marks, and in Chinese as code, but for
// commands, files and what is typed.
func quotes(text string) (list []string) {
	for _, found := range inQuotes.FindAllStringSubmatch(asCode.ReplaceAllString(text, "`"), -1) {
		if !strings.Contains(found[1], "`") {
			list = append(list, found[1])
		}
	}
	for _, found := range asCode.FindAllStringSubmatch(text, -1) {
		if strings.ContainsFunc(found[1], isHan) && !strings.ContainsAny(found[1], `./\-:$ `) {
			list = append(list, found[1])
		}
	}
	return list
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// isSaid tells whether one text has a quote. A caption has to be the whole of it, or of a
// clause.
func isSaid(said []string, quote string) bool {
	for _, name := range people {
		if rest, found := strings.CutPrefix(quote, name+" "); found {
			quote = "…" + rest
		}
	}
	if !strings.ContainsAny(quote, "…，。：（ ") && len([]rune(quote)) <= 6 {
		return slices.ContainsFunc(said, func(text string) bool {
			return slices.ContainsFunc(clause.Split(text, -1), func(c string) bool { return strings.Trim(c, "… ") == quote })
		})
	}
	var parts []string
	for part := range strings.SplitSeq(quote, "…") {
		parts = append(parts, regexp.QuoteMeta(strings.TrimSpace(part)))
	}
	pattern := regexp.MustCompile(strings.Join(parts, `[^。]*…[^。]*`))
	return slices.ContainsFunc(said, pattern.MatchString)
}

// spoken is all that the program and its pages say, each text by itself, with an ellipsis
// where something is filled in.
func spoken(t *testing.T) (texts []string) {
	sources(t, func(_, _ string, _ *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			expression, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			text, ok := joined(expression)
			if ok && strings.ContainsFunc(text, isHan) {
				texts = append(texts, strings.TrimSpace(text))
			}
			return !ok
		})
	})
	err := filepath.WalkDir(filepath.Join(top, "templates"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".html" {
			return err
		}
		page, err := os.ReadFile(path)
		text := shortcut.ReplaceAllString(comment.ReplaceAllString(string(page), ""), "")
		for _, done := range action.FindAllString(text, -1) {
			for _, caption := range literal.FindAllStringSubmatch(done, -1) {
				texts = append(texts, caption[1])
			}
		}
		text = action.ReplaceAllString(text, "…")
		// A link is a caption of its own, and part of a sentence.
		for _, text := range []string{text, inlineTag.ReplaceAllString(text, "")} {
			for part := range strings.SplitSeq(tag.ReplaceAllString(text, "\n\n"), "\n\n") {
				if part = strings.TrimSpace(blanks.ReplaceAllString(part, " ")); strings.ContainsFunc(part, isHan) {
					texts = append(texts, part)
				}
			}
		}
		return err
	})
	if err != nil || len(texts) < 1000 {
		t.Fatalf("only %d texts, %v", len(texts), err)
	}
	return texts
}

// joined is what literals and what stands between them make together.
func joined(e ast.Expr) (text string, ok bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "…", false
		}
		text, err := strconv.Unquote(e.Value)
		return verb.ReplaceAllString(text, "…"), err == nil
	case *ast.BinaryExpr:
		left, isLeft := joined(e.X)
		right, isRight := joined(e.Y)
		return left + right, e.Op == token.ADD && (isLeft || isRight)
	}
	return "…", false
}
