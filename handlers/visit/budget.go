package visit

import (
	"net/netip"
	"sync"
)

// Budget lets each network have only so many of something at a time, so that what one
// visitor holds is not missing to another.
type Budget struct {
	most int
	mu   sync.Mutex
	held map[netip.Prefix]int
}

// NewBudget makes a budget of that many for each network.
func NewBudget(most int) *Budget { return &Budget{most: most, held: map[netip.Prefix]int{}} }

// Take takes one for an address, unless its network has all it may have. Who has taken
// one gives it back.
func (b *Budget) Take(addr netip.Addr) bool {
	network := NetworkOf(addr)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.held[network] >= b.most {
		return false
	}
	b.held[network]++
	return true
}

// Give gives one back.
func (b *Budget) Give(addr netip.Addr) {
	network := NetworkOf(addr)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.held[network]--; b.held[network] == 0 {
		delete(b.held, network)
	}
}
