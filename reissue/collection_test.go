package reissue

import "testing"

// TestCollectionMisread: the number of an ID card is none of a certificate, unless it was noted
// before, and no agent is the holder.
func TestCollectionMisread(t *testing.T) {
	const card = "110101199003071233"
	holder := Person{IDCard, card}
	for _, c := range []struct {
		collection Collection
		noted      string
		fields     string
	}{
		{Collection{NewNumber: "BF1"}, "", ""},
		{Collection{NewNumber: None}, "", ""},
		{Collection{NewNumber: card}, "", FieldNewNumber},
		{Collection{NewNumber: card}, "BF1", FieldNewNumber},
		{Collection{NewNumber: card}, card, ""},
		{Collection{NewNumber: "110101199003071234"}, "", ""}, // which is no card's
		{Collection{NewNumber: "BF1", Agent: "测试", AgentPerson: holder}, "", FieldAgentNumber},
	} {
		a := Application{Status: Ready, Person: holder, Reissued: c.noted}
		var fields string
		if problems, is := a.HandOut(reviewer, now, c.collection).(Problems); is {
			fields = problems[0].Field
		}
		if fields != c.fields {
			t.Errorf("%+v after %q: %q, want %q", c.collection, c.noted, fields, c.fields)
		}
	}
}
