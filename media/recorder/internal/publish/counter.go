package publish

import (
	"encoding/binary"
	"slices"
	"sync"
	"time"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/webrtc/v4"
)

// Result is the line printed at the end.  The names are part of the format.
type Result struct {
	Identity        string `json:"identity"`
	Room            string `json:"room"`
	JoinedMS        int64  `json:"joined_ms"`          // from the call to being in the room
	FirstPacketMS   int64  `json:"first_packet_ms"`    // from the call to the first packet received, or -1
	FirstPacketAtMS int64  `json:"first_packet_at_ms"` // the same moment, since 1970; 0 when none came
	Tracks          int    `json:"tracks"`             // that packets came from
	ReceivedBytes   int64  `json:"received_bytes"`     // of RTP
	ReceivedPackets int64  `json:"received_packets"`   // of RTP
	SentBytes       int64  `json:"sent_bytes"`         // of frames, before RTP
	LongestGapMS    int64  `json:"longest_gap_ms"`     // longest silence in any one received track
	Reconnects      int    `json:"reconnects"`
	Disconnected    string `json:"disconnected"` // why the engine sent the seat away, or empty
	Seconds         int64  `json:"seconds"`
}

// counter counts what a seat receives.
type counter struct {
	begin time.Time
	from  []string // as in Options
	gone  chan struct{}

	mutex  sync.Mutex
	counts Result
}

func newCounter(from []string) *counter {
	return &counter{
		begin: time.Now(), from: from, gone: make(chan struct{}), counts: Result{FirstPacketMS: -1},
	}
}

func (c *counter) since() int64 { return time.Since(c.begin).Milliseconds() }

func (c *counter) joined() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.counts.JoinedMS = c.since()
}

func (c *counter) result() Result {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.counts.Seconds = int64(time.Since(c.begin).Round(time.Second).Seconds())
	return c.counts
}

func (c *counter) callback() *lksdk.RoomCallback {
	return &lksdk.RoomCallback{
		OnReconnected:            c.reconnected,
		OnDisconnectedWithReason: c.disconnected,
		ParticipantCallback: lksdk.ParticipantCallback{
			OnTrackPublished:  c.published,
			OnTrackSubscribed: c.subscribed,
		},
	}
}

func (c *counter) reconnected() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.counts.Reconnects++
}

func (c *counter) disconnected(reason lksdk.DisconnectionReason) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.counts.Disconnected == "" {
		c.counts.Disconnected = string(reason)
		close(c.gone)
	}
}

func (c *counter) published(publication *lksdk.RemoteTrackPublication, who *lksdk.RemoteParticipant) {
	if slices.Contains(c.from, who.Identity()) {
		_ = publication.SetSubscribed(true)
	}
}

func (c *counter) subscribed(
	track *webrtc.TrackRemote, publication *lksdk.RemoteTrackPublication, who *lksdk.RemoteParticipant,
) {
	if track.Kind() == webrtc.RTPCodecTypeVideo {
		_ = publication.SetVideoQuality(livekit.VideoQuality_HIGH)
		who.WritePLI(track.SSRC())
	}
	go c.follow(track)
}

// follow counts one track's packets.  Packets that only fill a line (all padding) are media to
// nobody and do not end a gap.
func (c *counter) follow(track *webrtc.TrackRemote) {
	buffer := make([]byte, 2048)
	var last time.Time
	for {
		n, _, err := track.Read(buffer)
		if err != nil {
			return
		}
		if isPadding(buffer[:n]) {
			continue
		}
		now := time.Now()
		c.packet(n, now, last)
		last = now
	}
}

func (c *counter) packet(size int, now, last time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.counts.FirstPacketMS < 0 {
		c.counts.FirstPacketMS = now.Sub(c.begin).Milliseconds()
		c.counts.FirstPacketAtMS = now.UnixMilli()
	}
	if last.IsZero() {
		c.counts.Tracks++
	} else {
		c.counts.LongestGapMS = max(c.counts.LongestGapMS, now.Sub(last).Milliseconds())
	}
	c.counts.ReceivedBytes += int64(size)
	c.counts.ReceivedPackets++
}

// isPadding looks only at the header: this runs for each packet of a load test.
func isPadding(packet []byte) bool {
	const header, paddingBit, extensionBit = 12, 0x20, 0x10
	if len(packet) < header || packet[0]&paddingBit == 0 {
		return false
	}
	offset := header + 4*int(packet[0]&0x0F)
	if packet[0]&extensionBit != 0 && len(packet) >= offset+4 {
		offset += 4 + 4*int(binary.BigEndian.Uint16(packet[offset+2:]))
	}
	return offset+int(packet[len(packet)-1]) >= len(packet)
}
