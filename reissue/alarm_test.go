package reissue

import (
	"maps"
	"slices"
	"testing"
	"time"
)

// TestAlarms follows looks at the disk and the copies: what is known, and what is mailed.
func TestAlarms(t *testing.T) {
	start := time.Date(2026, 12, 1, 3, 0, 0, 0, cst)
	both := []AlarmKind{AlarmDisk, AlarmCopies}
	full, fuller := Alarm{AlarmDisk, "剩余 2 GB"}, Alarm{AlarmDisk, "剩余 1 GB"}
	failed := Alarm{AlarmCopies, "没有备份"}
	began := func(a Alarm, minute int) AlarmNews {
		return AlarmNews{a, At(start.Add(time.Duration(minute) * time.Minute)), false}
	}
	over := func(a Alarm, minute int) AlarmNews {
		news := began(a, minute)
		news.Over = true
		return news
	}
	type look struct {
		why    string
		minute int
		looked []AlarmKind
		found  []Alarm
		silent bool // nobody is told by mail
		news   []AlarmNews
		same   bool // nothing is to be kept
	}
	for name, looks := range map[string][]look{
		"once, and again when it is over": {
			{why: "all is well", looked: both, same: true},
			{why: "the first", minute: 1, looked: both, found: []Alarm{full}, news: []AlarmNews{began(full, 1)}},
			{why: "other words are no news", minute: 2, looked: both, found: []Alarm{fuller}, same: true},
			{why: "a day later neither", minute: 1440, looked: both, found: []Alarm{fuller}, same: true},
			{why: "another kind is", minute: 1441, looked: both, found: []Alarm{failed, full}, news: []AlarmNews{began(failed, 1441)}},
			{why: "one is over", minute: 1442, looked: both, found: []Alarm{failed}, news: []AlarmNews{over(full, 1)}},
			{why: "and stays over", minute: 1443, looked: both, found: []Alarm{failed}, same: true},
			{why: "the other one", minute: 1444, looked: both, news: []AlarmNews{over(failed, 1441)}},
		},
		"what was not looked at stands": {
			{why: "it begins", looked: both, found: []Alarm{failed}, news: []AlarmNews{began(failed, 0)}},
			{why: "nobody looks", minute: 1, looked: both[:1], same: true},
			{why: "over", minute: 2, looked: both, news: []AlarmNews{over(failed, 0)}},
		},
		"what comes and goes is mailed once an hour": {
			{why: "it begins", looked: both, found: []Alarm{full}, news: []AlarmNews{began(full, 0)}},
			{why: "over", minute: 1, looked: both, news: []AlarmNews{over(full, 0)}},
			{why: "again", minute: 2, looked: both, found: []Alarm{full}},
			{why: "over, and nobody was told", minute: 3, looked: both},
			{why: "again", minute: 4, looked: both, found: []Alarm{full}},
			{why: "not yet", minute: 59, looked: both, found: []Alarm{full}, same: true},
			{why: "an hour after the first", minute: 60, looked: both, found: []Alarm{full}, news: []AlarmNews{began(full, 4)}},
			{why: "over", minute: 61, looked: both, news: []AlarmNews{over(full, 4)}},
		},
		"without mail it waits": {
			{why: "it begins", looked: both, found: []Alarm{full}, silent: true},
			{why: "still nobody", minute: 1, looked: both, found: []Alarm{full}, silent: true, same: true},
			{why: "somebody", minute: 2, looked: both, found: []Alarm{full}, news: []AlarmNews{began(full, 0)}},
			{why: "over with nobody again", minute: 3, looked: both, silent: true},
			{why: "and told to nobody later", minute: 4, looked: both, same: true},
		},
		"over before anybody could be told": {
			{why: "it begins", looked: both, found: []Alarm{full}, silent: true},
			{why: "over", minute: 1, looked: both},
		},
		"a clock that was ahead keeps nothing back": {
			{why: "ahead", minute: 1e6, looked: both, found: []Alarm{full}, news: []AlarmNews{began(full, 1e6)}},
			{why: "over", minute: 1, looked: both, news: []AlarmNews{over(full, 1e6)}},
			{why: "again", minute: 2, looked: both, found: []Alarm{full}, news: []AlarmNews{began(full, 2)}},
		},
	} {
		known := Alarms{}
		for _, l := range looks {
			before := maps.Clone(known)
			next, news := known.Next(l.looked, l.found, At(start.Add(time.Duration(l.minute)*time.Minute)), !l.silent)
			if !slices.Equal(news, l.news) {
				t.Errorf("%s: %s: %v, want %v", name, l.why, news, l.news)
			}
			if !maps.Equal(known, before) {
				t.Errorf("%s: %s: what was known has changed", name, l.why)
			}
			if maps.Equal(next, known) != l.same {
				t.Errorf("%s: %s: %v is kept after %v", name, l.why, next, known)
			}
			known = next
		}
	}
}
