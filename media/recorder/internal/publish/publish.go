// Package publish plays a synthetic seat for load tests: it sends clips over and over, receives
// everything the others send and counts.
package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/webrtc/v4"

	"tiepdan/media/recorder/internal/departures"
	"tiepdan/media/recorder/internal/quiet"
)

const maxLayers = 3

// Options say what to send, and for how long.
type Options struct {
	URL      string
	Token    string
	Videos   []string // one IVF file, or the simulcast layers from the largest to the smallest
	Audio    string
	Duration time.Duration
	// From are the identities to receive and the layer of each; nil is everybody, empty nobody.
	From map[string]livekit.VideoQuality
	// Settle is how long gaps and frames are not looked at.
	Settle time.Duration
}

// Run stays in the room for the time given and writes one JSON line at the end.
func Run(ctx context.Context, options Options, out io.Writer) error {
	videos, audio, err := read(options)
	if err != nil {
		return err
	}
	lksdk.SetLogger(quiet.Logger())
	departures.Tell()
	counter := newCounter(options)
	room := lksdk.NewRoom(counter.callback())
	all := lksdk.WithAutoSubscribe(options.From == nil)
	if err := room.JoinWithToken(options.URL, options.Token, all); err != nil {
		return fmt.Errorf("cannot join: %w", err)
	}
	defer room.Disconnect()
	counter.joined()
	if err := send(room, videos, audio); err != nil {
		return fmt.Errorf("cannot publish: %w", err)
	}
	timer := time.NewTimer(options.Duration)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-counter.gone:
	}
	result := counter.result()
	result.Identity, result.Room = room.LocalParticipant.Identity(), room.Name()
	for _, c := range append(videos, audio) {
		if c != nil {
			result.SentBytes += c.sent.Load()
		}
	}
	return json.NewEncoder(out).Encode(result)
}

func read(options Options) (videos []*clip, audio *clip, err error) {
	if len(options.Videos) > maxLayers {
		return nil, nil, errors.New("at most three simulcast layers")
	}
	for _, path := range options.Videos {
		c, err := readIVF(path)
		if err != nil {
			return nil, nil, err
		}
		videos = append(videos, c)
	}
	if options.Audio != "" {
		audio, err = readOgg(options.Audio)
	}
	return videos, audio, err
}

func send(room *lksdk.Room, videos []*clip, audio *clip) error {
	if audio != nil {
		track, err := newTrack(audio, webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2})
		if err != nil {
			return err
		}
		// With DTX silence would look like a dead sender.
		options := &lksdk.TrackPublicationOptions{Name: "microphone", DisableDTX: true}
		if _, err := room.LocalParticipant.PublishTrack(track, options); err != nil {
			return err
		}
	}
	if len(videos) == 0 {
		return nil
	}
	return sendVideo(room, videos)
}

func sendVideo(room *lksdk.Room, videos []*clip) error {
	codec := webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeVP8, ClockRate: 90000,
		RTCPFeedback: []webrtc.RTCPFeedback{{Type: "nack"}, {Type: "nack", Parameter: "pli"}},
	}
	options := &lksdk.TrackPublicationOptions{
		Name: "camera", VideoWidth: videos[0].width, VideoHeight: videos[0].height,
	}
	if len(videos) == 1 {
		track, err := newTrack(videos[0], codec)
		if err == nil {
			_, err = room.LocalParticipant.PublishTrack(track, options)
		}
		return err
	}
	// The engine names the layers from below; with two there is no HIGH.
	qualities := []livekit.VideoQuality{livekit.VideoQuality_HIGH, livekit.VideoQuality_MEDIUM, livekit.VideoQuality_LOW}
	qualities = qualities[maxLayers-len(videos):]
	var tracks []*lksdk.LocalTrack
	for i, c := range videos {
		layer := &livekit.VideoLayer{Quality: qualities[i], Width: uint32(c.width), Height: uint32(c.height)}
		track, err := newTrack(c, codec, lksdk.WithSimulcast("camera", layer))
		if err != nil {
			return err
		}
		tracks = append(tracks, track)
	}
	_, err := room.LocalParticipant.PublishSimulcastTrack(tracks, options)
	return err
}

func newTrack(c *clip, codec webrtc.RTPCodecCapability, options ...lksdk.LocalTrackOptions) (*lksdk.LocalTrack, error) {
	track, err := lksdk.NewLocalTrack(codec, options...)
	if err != nil {
		return nil, err
	}
	track.OnBind(func() { _ = track.StartWrite(c, nil) })
	return track, nil
}
