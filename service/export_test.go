package service

// Announce is announce for tests of who comes while a service starts.
func Announce(data string) (stop func(), err error) {
	c, err := announce(data, "")
	if err != nil {
		return nil, err
	}
	return c.stop, nil
}
