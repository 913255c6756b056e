package record

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/interceptor"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"

	"tiepdan/media/recorder/internal/events"
	"tiepdan/media/recorder/internal/layers"
	"tiepdan/media/recorder/internal/rtpdump"
	"tiepdan/media/recorder/internal/sidefile"
)

// packetSource is what a track is read from.
type packetSource interface {
	Read(buffer []byte) (int, interceptor.Attributes, error)
}

// track is one recorded file.
type track struct {
	about      sidefile.Track
	file       string
	writer     *rtpdump.Writer
	source     packetSource
	isMuted    func() bool
	setQuality func(livekit.VideoQuality) error
	last       atomic.Int64 // Unix nanoseconds of the newest packet

	mutex   sync.Mutex
	quality livekit.VideoQuality
}

// describe gathers what the side file says about a track.
func describe(
	remote *webrtc.TrackRemote, publication *lksdk.RemoteTrackPublication, who *lksdk.RemoteParticipant,
) sidefile.Track {
	codec, at := remote.Codec(), time.Now()
	_, short, _ := strings.Cut(strings.ToLower(codec.MimeType), "/")
	return sidefile.Track{
		Codec:       short,
		Mime:        codec.MimeType,
		ClockRate:   codec.ClockRate,
		PayloadType: uint8(remote.PayloadType()),
		Channels:    codec.Channels,
		Identity:    who.Identity(),
		Name:        who.Name(),
		Source:      sourceName(publication.Source()),
		TrackSID:    publication.SID(),
		SSRC:        uint32(remote.SSRC()),
		StartedAt:   events.Stamp(at),
		StartedUS:   at.UnixMicro(),
	}
}

func sourceName(source livekit.TrackSource) string {
	switch source {
	case livekit.TrackSource_CAMERA:
		return "camera"
	case livekit.TrackSource_MICROPHONE:
		return "microphone"
	case livekit.TrackSource_SCREEN_SHARE:
		return "screen"
	case livekit.TrackSource_SCREEN_SHARE_AUDIO:
		return "screen-audio"
	default:
		return "other"
	}
}

// read appends packets as they arrive.  The end of the track is no error; a failed write is.
func (t *track) read() error {
	buffer := make([]byte, 2048)
	for {
		n, _, err := t.source.Read(buffer)
		if errors.Is(err, io.ErrShortBuffer) {
			continue // larger than anything the engine forwards
		}
		if err != nil {
			return nil
		}
		now := time.Now()
		if err := t.writer.RTP(buffer[:n], now); err != nil {
			return err
		}
		t.last.Store(now.UnixNano())
	}
}

// rtcp keeps sender reports: only they tell how sound and picture of one seat belong together.  The
// engine sends those of all tracks in one packet, so each track sees the others' as well.
func (t *track) rtcp(packet rtcp.Packet) {
	report, ok := packet.(*rtcp.SenderReport)
	if !ok || report.SSRC != t.about.SSRC {
		return
	}
	if raw, err := report.Marshal(); err == nil {
		_ = t.writer.RTCP(raw, time.Now()) // a write error stays and shows at the next flush
	}
}

// choose asks the engine for the layer the policy wants, once for each change.
func (t *track) choose(chooser *layers.Chooser) {
	if t.setQuality == nil {
		return
	}
	source := livekit.TrackSource_CAMERA
	if t.about.Source == "screen" {
		source = livekit.TrackSource_SCREEN_SHARE
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	// LOW is the zero value and no policy wants it, so the first call always asks.
	if wanted := chooser.Quality(t.about.Identity, source); wanted != t.quality {
		t.quality = wanted
		_ = t.setQuality(wanted)
	}
}

// fields are what events say about a track.
func (t *track) fields() events.Fields {
	fields := t.progress()
	fields["file"] = t.file
	fields["track_sid"], fields["codec"] = t.about.TrackSID, t.about.Codec
	return fields
}

func (t *track) progress() events.Fields {
	sizes := t.writer.Sizes()
	return events.Fields{
		"size": sizes.Size, "synced": sizes.Synced, "packets": sizes.Packets,
		"identity": t.about.Identity, "source": t.about.Source,
		"muted": t.isMuted != nil && t.isMuted(),
	}
}

// writeNew makes a durable new file.
func writeNew(path string, about sidefile.Track) error {
	text, err := json.MarshalIndent(about, "", "  ")
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(text, '\n'))
	return errors.Join(err, file.Sync(), file.Close())
}
