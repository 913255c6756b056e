package publish

import (
	"encoding/binary"
	"sync"
	"sync/atomic"
	"time"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/webrtc/v4"
)

// Result is the line printed at the end.  The names are part of the format.
type Result struct {
	Identity        string  `json:"identity"`
	Room            string  `json:"room"`
	JoinedMS        int64   `json:"joined_ms"`          // from the call to being in the room
	FirstPacketMS   int64   `json:"first_packet_ms"`    // from the call to the first packet received, or -1
	FirstPacketAtMS int64   `json:"first_packet_at_ms"` // the same moment, since 1970; 0 when none came
	Tracks          int     `json:"tracks"`             // that packets came from
	ReceivedBytes   int64   `json:"received_bytes"`     // of RTP
	ReceivedPackets int64   `json:"received_packets"`   // of RTP
	SlowestFPS      float64 `json:"slowest_fps"`        // frames a second of the slowest picture received; 0 without one
	SentBytes       int64   `json:"sent_bytes"`         // of frames, before RTP
	LongestGapMS    int64   `json:"longest_gap_ms"`     // longest silence in any one received track
	Reconnects      int     `json:"reconnects"`
	Disconnected    string  `json:"disconnected"` // why the engine sent the seat away, or empty
	Seconds         int64   `json:"seconds"`
}

// counter counts what a seat receives.
type counter struct {
	begin  time.Time
	from   map[string]livekit.VideoQuality // as in Options
	settle time.Duration                   // gaps and frames count from then on
	gone   chan struct{}

	mutex  sync.Mutex
	counts Result
	frames []*atomic.Int64 // of each picture received
}

func newCounter(options Options) *counter {
	return &counter{
		begin: time.Now(), from: options.From, settle: options.Settle,
		gone: make(chan struct{}), counts: Result{FirstPacketMS: -1},
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
	for i, frames := range c.frames {
		rate := float64(frames.Load()) / (time.Since(c.begin) - c.settle).Seconds()
		if i == 0 || rate < c.counts.SlowestFPS {
			c.counts.SlowestFPS = rate
		}
	}
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
	if _, wanted := c.from[who.Identity()]; wanted {
		_ = publication.SetSubscribed(true)
	}
}

func (c *counter) subscribed(
	track *webrtc.TrackRemote, publication *lksdk.RemoteTrackPublication, who *lksdk.RemoteParticipant,
) {
	frames := &atomic.Int64{}
	if track.Kind() == webrtc.RTPCodecTypeVideo {
		quality := livekit.VideoQuality_HIGH
		if asked, told := c.from[who.Identity()]; told {
			quality = asked
		}
		_ = publication.SetVideoQuality(quality)
		who.WritePLI(track.SSRC())
		c.mutex.Lock()
		c.frames = append(c.frames, frames)
		c.mutex.Unlock()
	}
	go c.follow(track, frames)
}

// follow counts one track's packets.  Packets that only fill a line (all padding) are media to
// nobody and do not end a gap.
func (c *counter) follow(track *webrtc.TrackRemote, frames *atomic.Int64) {
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
		settled := now.Sub(c.begin) >= c.settle
		if settled && buffer[1]&markerBit != 0 {
			frames.Add(1) // the last packet of a frame
		}
		if !settled && !last.IsZero() {
			last = now // what comes before is not looked at for gaps
		}
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

const markerBit = 0x80

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
