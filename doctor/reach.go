package doctor

import (
	"errors"
	"io/fs"
	"os"
	"runtime"

	"certreissue/reissue"
)

// proxies tells what the service has seen of those who ask for others, since its start.
func (d *doctor) proxies() error {
	if d.Service == nil {
		return nil // which connection says
	}
	seen, named := d.Service.Forwarded, len(d.Service.TrustedProxies) > 0
	if seen.Strange > 0 {
		d.say(Hint, lookProxies, sayStrangeProxy(seen.Strange, seen.Stranger))
	}
	switch {
	case seen.Named > 0:
		d.say(Good, lookProxies, sayProxySpeaks(seen.Named))
	case seen.Silent > 0:
		d.say(Mend, lookProxies, saySilentProxy(seen.Silent))
	case named:
		d.say(Hint, lookProxies, sayProxyUnseen)
	case seen.Strange == 0:
		d.say(Good, lookProxies, sayNoProxy)
	}
	return nil
}

// port tries, while no service has it, whether one could listen at the address.
func (d *doctor) port() error {
	if d.Service != nil || runtime.GOOS == "windows" {
		return nil
	}
	file, err := os.Stat(d.Store.Path())
	if err != nil {
		return err
	}
	listener, err := d.listen("tcp", d.Addr)
	switch {
	case errors.Is(err, fs.ErrPermission):
		d.say(Mend, lookPort, sayPortForbidden(d.Addr))
	case err != nil:
		d.say(Hint, lookPort, sayPortTaken(d.Addr)) // and -addr may say another one
	case listener.Close() == nil && reissue.LowPort(d.Addr) && os.Geteuid() == 0 && ownerOf(file) != 0:
		d.say(Hint, lookPort, sayPortOfRoot(d.Addr, userName(ownerOf(file))))
	default:
		d.say(Good, lookPort, sayPort(d.Addr))
	}
	return nil
}
