// Package quiet is the SDK's logger: it keeps the output to errors and picks up one thing that the
// SDK tells nobody else.
package quiet

import (
	"fmt"
	"os"
	"sync/atomic"

	"github.com/go-logr/logr"
	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/logger"
)

var lastReason atomic.Int32

// Logger is what to give to the SDK.
func Logger() logger.Logger {
	return logger.LogRLogger(logr.New(sink{}))
}

// LeaveReason is why the engine sent us away.  The SDK's own callback names neither a deleted room
// nor a stopping engine, and the one is the end of a recording while the other is its failure.
func LeaveReason() livekit.DisconnectReason {
	return livekit.DisconnectReason(lastReason.Load())
}

// sink implements logr.LogSink.
type sink struct{}

// Init needs nothing.
func (sink) Init(logr.RuntimeInfo) {}

// Enabled leaves out what is only for those who develop the SDK.
func (sink) Enabled(level int) bool { return level <= 0 }

// Info prints nothing: it only looks for the reason of a leave.
func (sink) Info(_ int, message string, pairs ...any) {
	if message != "server initiated leave" {
		return
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if reason, ok := pairs[i+1].(livekit.DisconnectReason); ok && pairs[i] == "reason" {
			lastReason.Store(int32(reason))
		}
	}
}

// Error prints one line without the values: an address in them could hold a token.
func (sink) Error(err error, message string, _ ...any) {
	fmt.Fprintln(os.Stderr, message+":", err)
}

// WithValues drops the values.
func (s sink) WithValues(...any) logr.LogSink { return s }

// WithName drops the name.
func (s sink) WithName(string) logr.LogSink { return s }
