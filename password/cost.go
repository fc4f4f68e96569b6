package password

import (
	"fmt"
	"maps"
	"strings"
	"sync"

	"golang.org/x/crypto/bcrypt"
)

// Cost is how much work digests take. Kinds of work that take another time on each machine are not exchanged for each
// other: bcrypt and argon2id, and argon2id with one thread and with several.
type Cost struct {
	Bcrypt int           `cbor:"1,keyasint,omitempty"` // rounds
	Argon  map[int]Argon `cbor:"2,keyasint,omitempty"` // of argon2id, by the number of its threads
}

// Argon is work of argon2id.
type Argon struct {
	Memory int `cbor:"1,keyasint"` // KiB at a time
	Work   int `cbor:"2,keyasint"` // KiB that are gone over, in all passes together
}

// CostOf is what it costs to verify a stored password; nothing where it cannot be read.
func CostOf(stored string) Cost {
	d, err := parse(stored)
	if err != nil {
		return Cost{}
	}
	return d.cost()
}

// Today is what a new digest costs.
func Today() Cost { return argon{shape: today}.cost() }

func (a argon) cost() Cost {
	return Cost{Argon: map[int]Argon{int(a.threads): {Memory: int(a.memory), Work: int(a.memory) * int(a.time)}}}
}

// With is the dearer of two of each kind.
func (c Cost) With(other Cost) Cost {
	dearer := Cost{Bcrypt: max(c.Bcrypt, other.Bcrypt), Argon: maps.Clone(c.Argon)}
	for threads, a := range other.Argon {
		if dearer.Argon == nil {
			dearer.Argon = map[int]Argon{}
		}
		b := dearer.Argon[threads]
		dearer.Argon[threads] = Argon{Memory: max(a.Memory, b.Memory), Work: max(a.Work, b.Work)}
	}
	return dearer
}

// Covers tells whether nothing of another cost is dearer.
func (c Cost) Covers(other Cost) bool {
	with := c.With(other)
	return with.Bcrypt == c.Bcrypt && maps.Equal(with.Argon, c.Argon)
}

// without is what is left of the work after some was done.
func (c Cost) without(done Cost) Cost {
	left := Cost{Bcrypt: max(c.Bcrypt-done.Bcrypt, 0), Argon: maps.Clone(c.Argon)}
	for threads, a := range done.Argon {
		b := left.Argon[threads]
		left.Argon[threads] = Argon{Memory: b.Memory, Work: max(b.Work-a.Work, 0)}
	}
	return left
}

// waste does the work and forgets what comes out. Rounds of bcrypt come in powers of two, and so does what two of
// them differ by, as a sum.
func (c Cost) waste(plain string) {
	for power := dearestOnce; power >= bcrypt.MinCost; power-- {
		if c.Bcrypt&(1<<power) != 0 {
			bcrypted{fmt.Sprintf("$2a$%02d$%s", power, strings.Repeat("a", 53)), power}.fits(plain)
		}
	}
	for threads, a := range c.Argon {
		for least := 8 * threads; a.Work >= least; {
			memory := min(a.Memory, a.Work)
			passes := a.Work / memory
			argon{shape{uint32(memory), uint32(passes), uint8(threads)}, make([]byte, saltLength), nil}.derive(plain, keyLength)
			a.Work -= memory * passes
		}
	}
}

// spent is all work since the start.
var spent struct {
	mu sync.Mutex
	Cost
}

func count(c Cost) {
	spent.mu.Lock()
	defer spent.mu.Unlock()
	spent.Bcrypt += c.Bcrypt
	if spent.Argon == nil {
		spent.Argon = map[int]Argon{}
	}
	for threads, a := range c.Argon {
		spent.Argon[threads] = Argon{Work: spent.Argon[threads].Work + a.Work}
	}
}

// Spent is all work since the start. It is for tests that hold one sign-in against another, which no clock of a busy
// machine can.
func Spent() Cost {
	spent.mu.Lock()
	defer spent.mu.Unlock()
	return Cost{Bcrypt: spent.Bcrypt, Argon: maps.Clone(spent.Argon)}
}
