package mux

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v4/pkg/media"
	"github.com/pion/webrtc/v4/pkg/media/samplebuilder"

	"tiepdan/media/recorder/internal/rtpdump"
	"tiepdan/media/recorder/internal/sidefile"
)

const (
	// How many packets a retransmission may come late; offline, waiting costs nothing.
	lateVideo = 1000
	lateAudio = 100

	lookEvery = 4096 // packets between two looks at whether we are to stop
)

// conversion is the work on one recording.
type conversion struct {
	about    sidefile.Track
	isVideo  bool
	isRED    bool
	builder  *samplebuilder.SampleBuilder
	order    order
	clock    timeline
	arrivals map[uint32]time.Duration // by RTP time, of packets that are not yet in a frame
	report   *rtcp.SenderReport       // the first one
	first    uint32                   // RTP time of the first frame
	start    time.Time
	path     string
	out      *container
	entry    *Entry
}

// convert reads a recording to its end, however that looks, and fills in the entry.
func convert(ctx context.Context, source *os.File, about sidefile.Track, path string, entry *Entry) error {
	c := &conversion{about: about, path: path, entry: entry, arrivals: map[uint32]time.Duration{}}
	if err := c.prepare(); err != nil {
		return err
	}
	if c.isVideo {
		var err error
		if entry.MaxWidth, entry.MaxHeight, err = largest(source, about.PayloadType); err != nil {
			return err
		}
	}
	reader, err := rtpdump.NewReader(source)
	if err != nil {
		return err
	}
	c.start, c.clock.rate = reader.Start(), int64(about.ClockRate)
	for n := 1; ; n++ {
		packet, err := reader.Next()
		if errors.Is(err, io.EOF) || errors.Is(err, rtpdump.ErrCut) {
			entry.Cut = errors.Is(err, rtpdump.ErrCut)
			break
		}
		if err == nil && n%lookEvery == 0 {
			err = ctx.Err()
		}
		if err == nil {
			err = c.take(packet)
		}
		if err != nil {
			return errors.Join(err, c.close())
		}
	}
	c.builder.Flush()
	return errors.Join(c.frames(), c.close())
}

func (c *conversion) prepare() error {
	if c.about.ClockRate == 0 {
		return errors.New("the side file names no clock rate")
	}
	switch strings.ToLower(c.about.Mime) {
	case "video/vp8":
		c.isVideo = true
		c.builder = samplebuilder.New(lateVideo, &codecs.VP8Packet{}, c.about.ClockRate)
	case "audio/red":
		c.isRED, c.entry.Codec = true, "opus"
		fallthrough
	case "audio/opus":
		c.builder = samplebuilder.New(lateAudio, &codecs.OpusPacket{}, c.about.ClockRate)
	default:
		return fmt.Errorf("no conversion for %s", c.about.Mime)
	}
	return nil
}

// take looks at one record.  What is not a packet of this track is passed over.
func (c *conversion) take(record rtpdump.Packet) error {
	if record.IsRTCP {
		c.takeReport(record.Data)
		return nil
	}
	packet := &rtp.Packet{}
	if packet.Unmarshal(record.Data) != nil || packet.PayloadType != c.about.PayloadType {
		return nil
	}
	if !c.order.accept(packet.SequenceNumber) {
		return nil
	}
	c.entry.Packets, c.entry.Lost = c.order.unique, c.order.lost()
	if c.isRED {
		primary, err := unwrapRED(packet.Payload)
		if err != nil {
			return nil
		}
		packet.Payload = primary
	}
	if _, known := c.arrivals[packet.Timestamp]; !known {
		c.arrivals[packet.Timestamp] = record.At
	}
	c.builder.Push(packet)
	return c.frames()
}

func (c *conversion) takeReport(data []byte) {
	report := &rtcp.SenderReport{}
	if c.report == nil && report.Unmarshal(data) == nil && report.SSRC == c.about.SSRC {
		c.report = report
	}
}

// frames writes what the builder has put together.
func (c *conversion) frames() error {
	for sample := c.builder.Pop(); sample != nil; sample = c.builder.Pop() {
		if err := c.frame(sample); err != nil {
			return err
		}
	}
	return nil
}

func (c *conversion) frame(sample *media.Sample) error {
	arrival, isNew := c.arrival(sample.PacketTimestamp)
	if !isNew || len(sample.Data) == 0 {
		return nil
	}
	isKey, width, height := true, 0, 0
	if c.isVideo {
		isKey, width, height = keyFrame(sample.Data)
	}
	if c.out == nil {
		if !isKey {
			return nil // cannot be decoded without the frame before it
		}
		if err := c.begin(sample.PacketTimestamp, arrival, width, height); err != nil {
			return err
		}
	}
	at, ok := c.clock.at(sample.PacketTimestamp, arrival.Milliseconds())
	if !ok {
		return nil
	}
	c.entry.Frames++
	c.entry.DurationMS = at + max(sample.Duration.Milliseconds(), 1)
	return c.out.write(isKey, at, sample.Data)
}

// arrival is when the first packet of a frame came.  This and older times are forgotten then, so a
// second frame of the same time, or an older one, is not new.
func (c *conversion) arrival(timestamp uint32) (at time.Duration, isNew bool) {
	at, isNew = c.arrivals[timestamp]
	for other := range c.arrivals {
		if int32(other-timestamp) <= 0 {
			delete(c.arrivals, other)
		}
	}
	return at, isNew
}

func (c *conversion) begin(timestamp uint32, arrival time.Duration, width, height int) error {
	begin := c.start.Add(arrival)
	c.entry.StartedUS = begin.UnixMicro()
	c.entry.Width, c.entry.Height = width, height
	c.first = timestamp
	var err error
	c.out, err = create(c.path, begin, c.about, c.entry.MaxWidth, c.entry.MaxHeight)
	return err
}

func (c *conversion) close() error {
	if c.out == nil {
		return nil
	}
	if c.report != nil {
		c.entry.SenderUS = senderClock(c.report, c.first, c.about.ClockRate)
	}
	return c.out.close()
}
