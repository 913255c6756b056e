// Package departures sees to it that a client notices when a seat comes back under its old identity.
//
// The engine tells clients of protocol 12 and later nothing of the old stay when a new one replaces
// it; they are to see the new session id.  The Go SDK (2.13) compares the version of what it is told
// with that of the old stay, although each stay counts anew, and drops all of it until the new stay
// has changed as often as the old one: a seat that was muted a few times and comes back after a cut
// would be heard by everybody and kept by no recorder.  A client of protocol 11 is told of both.
package departures

import (
	"net/http"
	"net/url"
	"regexp"
	"sync"

	"github.com/gorilla/websocket"
)

var (
	once     sync.Once
	protocol = regexp.MustCompile(`\bprotocol=\d+`)
)

// Tell makes every later connection of this process one of protocol 11.  The SDK has no option for
// it, but its dialer shows each request to whoever chooses the proxy.
func Tell() {
	once.Do(func() {
		choose := websocket.DefaultDialer.Proxy
		websocket.DefaultDialer.Proxy = func(request *http.Request) (*url.URL, error) {
			request.URL.RawQuery = protocol.ReplaceAllString(request.URL.RawQuery, "protocol=11")
			return choose(request)
		}
	})
}
