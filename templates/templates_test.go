package templates

import (
	"bytes"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"certreissue/static"
)

func newSet(t *testing.T) *Set {
	t.Helper()
	set, err := New(static.Path)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func render(t *testing.T, set *Set, data any) string {
	t.Helper()
	var b bytes.Buffer
	if err := set.Render(&b, data); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestTokenComesFirst: of a form in parts nothing is read beyond its first file, or kept,
// before its token: it is the first field, on every page in every state.
func TestTokenComesFirst(t *testing.T) {
	forms := 0
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := files.ReadFile(path)
		for i, rest := range strings.Split(string(content), `enctype="multipart/form-data"`) {
			_, rest, _ = strings.Cut(rest, ">")
			if i > 0 && !strings.HasPrefix(strings.TrimSpace(rest), `{{template "token" .}}`) {
				t.Errorf("%s: another field comes before the token of a form in parts", path)
			}
			forms += min(i, 1)
		}
		return err
	})
	if err != nil || forms < 5 {
		t.Errorf("%d forms in parts, %v", forms, err)
	}
}

func TestEveryPageHasASample(t *testing.T) {
	have := map[string]bool{}
	for name, data := range sample() {
		page := name[strings.Index(name, ":")+1:] + ".html"
		if have[page] = true; structOf(page) != reflect.TypeOf(data).Name() {
			t.Errorf("the sample of %s is a %T", page, data)
		}
	}
	names, err := pageNames()
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range names {
		if !have[page] {
			t.Errorf("%s has no sample, so nothing tests it", page)
		}
	}
}

func TestPages(t *testing.T) {
	set := newSet(t)
	for name, data := range sample() {
		t.Run(name, func(t *testing.T) {
			text := render(t, set, data)
			balanced(t, text)
			wellMade(t, text)
			references(t, text)
		})
		t.Run("zero "+name, func(t *testing.T) {
			text := render(t, set, reflect.Zero(reflect.TypeOf(data)).Interface())
			balanced(t, text)
			wellMade(t, text)
			references(t, text)
		})
	}
}

// TestAnyOrder renders the pages in two orders: what a common part looks like on one
// page must not depend on which page was asked for first.
func TestAnyOrder(t *testing.T) {
	forward, backward := newSet(t), newSet(t)
	pages := sample()
	names := slices.Sorted(maps.Keys(pages))
	first := map[string]string{}
	for _, name := range names {
		first[name] = render(t, forward, pages[name])
	}
	for _, name := range slices.Backward(names) {
		if render(t, backward, pages[name]) != first[name] {
			t.Errorf("%s looks different where it comes first", name)
		}
	}
}

func TestHostileData(t *testing.T) {
	set := newSet(t)
	for _, attack := range []string{
		`<script>alert(1)</script>`,
		`"><img src=x onerror=alert(1)>`,
		`javascript:alert(1)`,
		strings.Repeat("阿卜杜热合曼", 200),
	} {
		for name, data := range sample() {
			t.Run(name, func(t *testing.T) {
				poisoned := reflect.New(reflect.TypeOf(data)).Elem()
				poisoned.Set(reflect.ValueOf(data))
				text := render(t, set, poison(poisoned, attack).Interface())
				balanced(t, text)
				wellMade(t, text)
			})
		}
	}
}

// poison returns a copy of v with every string replaced, but for the marks that choose a branch.
func poison(v reflect.Value, attack string) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	if v.Type() == reflect.TypeFor[template.HTML]() { // which is part of the program
		return v
	}
	switch v.Kind() {
	case reflect.String:
		out.SetString(attack)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name == "Roles" {
				out.Field(i).Set(v.Field(i))
				continue
			}
			out.Field(i).Set(poison(v.Field(i), attack))
		}
	case reflect.Slice:
		for i := range v.Len() {
			out.Set(reflect.Append(out, poison(v.Index(i), attack)))
		}
	case reflect.Map:
		out.Set(reflect.MakeMap(v.Type()))
		for _, key := range v.MapKeys() { // names of fields, which come from the code
			out.SetMapIndex(key, poison(v.MapIndex(key), attack))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(poison(v.Elem(), attack))
		}
	default:
		out.Set(v)
	}
	return out
}

var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "hr": true, "img": true, "input": true, "link": true, "meta": true}

// balanced checks that every element is closed, in order: browsers mend what is not, each its own way.
func balanced(t *testing.T, text string) {
	t.Helper()
	var open []string
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				t.Fatal(z.Err())
			}
			if len(open) != 0 {
				t.Fatalf("left open: %v", open)
			}
			return
		case html.StartTagToken:
			name, _ := z.TagName()
			if !void[string(name)] {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func document(t *testing.T, text string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// wellMade checks what must hold whatever the data.
func wellMade(t *testing.T, text string) {
	t.Helper()
	doc := document(t, text)
	if lang := doc.Find("html").AttrOr("lang", ""); lang != "zh-CN" {
		t.Errorf("lang %q", lang)
	}
	for _, one := range []string{"title", "h1", "main", "header", "footer"} {
		if n := doc.Find(one).Length(); n != 1 {
			t.Errorf("%d × %s", n, one)
		}
	}
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			switch {
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				t.Errorf("<%s %s>: the page policy allows nothing inline", s.Nodes[0].Data, a.Key)
			case strings.HasPrefix(strings.ToLower(a.Val), "javascript:") && (a.Key == "href" || a.Key == "src" || a.Key == "action"):
				t.Errorf("<%s %s=%q>", s.Nodes[0].Data, a.Key, a.Val)
			}
		}
	})
	doc.Find("script").Each(func(_ int, s *goquery.Selection) {
		if !strings.HasPrefix(s.AttrOr("src", ""), static.Prefix) || s.Text() != "" {
			t.Errorf("inline script %q", s.Text())
		}
	})
	doc.Find("img").Each(func(_ int, s *goquery.Selection) {
		for _, a := range []string{"alt", "width", "height"} {
			if s.AttrOr(a, "") == "" {
				t.Errorf("picture %s without %s", s.AttrOr("src", ""), a)
			}
		}
	})
	doc.Find("form").Each(func(_ int, form *goquery.Selection) {
		action := form.AttrOr("action", "")
		if form.AttrOr("method", "") == "post" && form.Find("input[type=hidden][name=csrf_token]").Length() != 1 {
			t.Errorf("form %s without csrf_token", action)
		}
		if first := form.Find("input, select, textarea, button").First(); form.AttrOr("enctype", "") != "" && first.AttrOr("name", "") != "csrf_token" {
			t.Errorf("form %s: %q comes before csrf_token", action, first.AttrOr("name", ""))
		}
		if form.Find("input[type=file]").Length() > 0 && form.AttrOr("enctype", "") != "multipart/form-data" {
			t.Errorf("form %s with a file is not multipart", action)
		}
		if _, refreshes := form.Find("button[type=submit]").First().Attr("name"); refreshes {
			t.Errorf("form %s: Enter would press 换一张", action)
		}
	})
	doc.Find("input[type=password], #captcha").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("value", "") != "" {
			t.Errorf("%s is shown again", s.AttrOr("name", ""))
		}
	})
}

// references checks that ids are unique, that everything pointed at exists, and that every control has a name.
func references(t *testing.T, text string) {
	t.Helper()
	doc := document(t, text)
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if ids[id] {
			t.Errorf("id %q twice", id)
		}
		ids[id] = true
	})
	for _, attr := range []string{"for", "list", "aria-describedby", "aria-labelledby"} {
		doc.Find("[" + attr + "]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr(attr, "")) {
				if !ids[id] {
					t.Errorf("%s=%q points nowhere", attr, id)
				}
			}
		})
	}
	doc.Find(`a[href^="#"]`).Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("href", "")[1:]; !ids[id] {
			t.Errorf("link %q to #%s points nowhere", s.Text(), id)
		}
	})
	doc.Find("input:not([type=hidden], [hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if doc.Find(`label[for="`+id+`"]`).Length() == 0 {
			t.Errorf("control %q has no label", id)
		}
	})
}

func TestProblemsAreNamedTwiceAndLinked(t *testing.T) {
	doc := document(t, render(t, newSet(t), sample()["wrong:candidate/login"]))
	alert := doc.Find("[role=alert]")
	if n := alert.Find(`a[href="#id_number"], a[href="#captcha"]`).Length(); n != 2 {
		t.Errorf("%d of 2 problems linked", n)
	}
	if got := doc.Find("#id_number-error").Text(); !strings.Contains(got, "身份证号校验不正确") {
		t.Errorf("at the field: %q", got)
	}
	if got := doc.Find("title").Text(); got != "错误：登录 - 证书补办申请系统" {
		t.Errorf("title %q", got)
	}
	if got := doc.Find("#id_number").AttrOr("value", ""); got != "110101199003071234" {
		t.Errorf("typed number is lost: %q", got)
	}
}

func TestLockedFieldsArePostedByNobody(t *testing.T) {
	doc := document(t, render(t, newSet(t), sample()["candidate/apply_certificate"]))
	for _, name := range []string{"name", "id_number", "birth_month", "sex", "certificate_number", "exam_year"} {
		if shown, sent := doc.Find(".known dd#"+name).Length(), doc.Find("[name="+name+"]").Length(); shown != 1 || sent != 0 {
			t.Errorf("%s: shown %d times, sent by %d fields", name, shown, sent)
		}
	}
	if doc.Find("input#phone[name=phone]").Length() != 1 {
		t.Error("phone must be asked")
	}
}

func TestRenderRefuses(t *testing.T) {
	set := newSet(t)
	if err := set.Render(io.Discard, Page{}); err == nil {
		t.Error("a common part is no page")
	}
	if err := set.Render(io.Discard, struct{ Login }{}); err == nil {
		t.Error("data of no page was taken")
	}
}

func TestFieldOptions(t *testing.T) {
	form := Form{Values: map[string][]string{"city": {"邯郸市"}, "password": {"secret1"}}}
	for _, c := range []struct {
		why  string
		opts []any
		name string
		want Field
	}{
		{"select without options is typed", []any{"type=select", []string(nil)}, "city", Field{Name: "city", Label: "标签", Type: "text", Width: "m", Value: "邯郸市"}},
		{"a password is never shown again", []any{"type=password", "required"}, "password", Field{Name: "password", Label: "标签", Type: "password", Width: "m", Code: true, Again: true, Required: true}},
		{"a hint may hold an equals sign", []any{"hint=a=b", "max=4"}, "x", Field{Name: "x", Label: "标签", Type: "text", Width: "m", Hint: "a=b", Max: 4}},
	} {
		got, err := newField(form, c.name, "标签", c.opts...)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v", c.why, got, err)
		}
	}
	for _, bad := range []any{"colour=red", "max=many", 7} {
		if _, err := newField(form, "x", "标签", bad); err == nil {
			t.Errorf("option %v was taken", bad)
		}
	}
}

// TestFormOfOddFields: the paper form has a whole line for the last of an odd
// number of fields.
func TestFormOfOddFields(t *testing.T) {
	doc := document(t, render(t, newSet(t), sample()["office/forms"]))
	if wide := doc.Find(".form-table td[colspan='3']"); wide.Length() != 1 || wide.Text() != "13800138000" {
		t.Errorf("%d wide cells, %q", wide.Length(), wide.Text())
	}
}

// TestPreview writes every sample as a file into the directory of the variable PREVIEW, to be looked at.
func TestPreview(t *testing.T) {
	dir := os.Getenv("PREVIEW")
	if dir == "" {
		t.Skip("PREVIEW names no directory")
	}
	set := newSet(t)
	for name, data := range sample() {
		path := filepath.Join(dir, strings.ReplaceAll(name, ":", "_"))
		if err := os.WriteFile(path, []byte(render(t, set, data)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
