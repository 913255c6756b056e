package quiet

import (
	"testing"

	"github.com/livekit/protocol/livekit"
)

// The reason of a leave should be picked up from what the SDK logs, and from nothing else.
func TestLeaveReason(t *testing.T) {
	Logger().Infow("something else", "reason", livekit.DisconnectReason_SERVER_SHUTDOWN)
	if got := LeaveReason(); got != livekit.DisconnectReason_UNKNOWN_REASON {
		t.Errorf("%v", got)
	}
	Logger().WithValues("a", 1).Infow("server initiated leave", "reason", livekit.DisconnectReason_ROOM_DELETED)
	if got := LeaveReason(); got != livekit.DisconnectReason_ROOM_DELETED {
		t.Errorf("%v", got)
	}
}
