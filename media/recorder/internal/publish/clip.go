package publish

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/livekit/server-sdk-go/v2/pkg/oggreader"
	"github.com/pion/webrtc/v4/pkg/media"
)

const (
	ivfHeader    = 32
	ivfFrame     = 12
	audioLevel   = 15 // fairly loud, so that a synthetic seat counts as speaking
	largestFrame = 1 << 24
)

// clip is a file in memory that plays over and over.  It implements the SDK's AudioSampleProvider.
type clip struct {
	samples       []media.Sample
	width, height int
	next          int
	sent          atomic.Int64
}

// NextSample is the next frame; there is always one.
func (c *clip) NextSample(context.Context) (media.Sample, error) {
	sample := c.samples[c.next]
	c.next = (c.next + 1) % len(c.samples)
	c.sent.Add(int64(len(sample.Data)))
	return sample, nil
}

// CurrentAudioLevel implements lksdk.AudioSampleProvider.
func (c *clip) CurrentAudioLevel() uint8 { return audioLevel }

// OnBind implements lksdk.SampleProvider.
func (c *clip) OnBind() error { return nil }

// OnUnbind implements lksdk.SampleProvider.
func (c *clip) OnUnbind() error { return nil }

// Close implements lksdk.SampleProvider.
func (c *clip) Close() error { return nil }

// readIVF reads a VP8 clip.  It is read by hand because frames must be shown at the file's own
// pace and the size of the picture is wanted as well.
func readIVF(path string) (*clip, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(content) < ivfHeader || string(content[:4]) != "DKIF" || string(content[8:12]) != "VP80" {
		return nil, fmt.Errorf("%s: no IVF file with VP8", path)
	}
	read := binary.LittleEndian
	c := &clip{width: int(read.Uint16(content[12:])), height: int(read.Uint16(content[14:]))}
	rate, scale := read.Uint32(content[16:]), read.Uint32(content[20:])
	if rate == 0 || scale == 0 {
		return nil, fmt.Errorf("%s: no frame rate", path)
	}
	pace := time.Second * time.Duration(scale) / time.Duration(rate)
	for rest := content[ivfHeader:]; len(rest) >= ivfFrame; {
		size := int(read.Uint32(rest))
		if len(rest) < ivfFrame+size || size > largestFrame {
			break
		}
		frame := rest[ivfFrame : ivfFrame+size]
		c.samples = append(c.samples, media.Sample{Data: frame, Duration: pace})
		rest = rest[ivfFrame+size:]
	}
	if len(c.samples) == 0 {
		return nil, fmt.Errorf("%s: no frames", path)
	}
	return c, nil
}

// readOgg reads an Opus clip.
func readOgg(path string) (*clip, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	reader, _, err := oggreader.NewOggReader(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	c := &clip{}
	for {
		packet, err := reader.ReadPacket()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		duration, err := oggreader.ParsePacketDuration(packet)
		if err != nil || bytes.HasPrefix(packet, []byte("OpusTags")) {
			continue
		}
		c.samples = append(c.samples, media.Sample{Data: packet, Duration: duration})
	}
	if len(c.samples) == 0 {
		return nil, fmt.Errorf("%s: no sound", path)
	}
	return c, nil
}
