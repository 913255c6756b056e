package mux

import (
	"bufio"
	"encoding/binary"
	"errors"
	"os"
	"time"

	"github.com/at-wat/ebml-go/mkvcore"
	"github.com/at-wat/ebml-go/webm"

	"tiepdan/media/recorder/internal/sidefile"
)

const (
	// Where a player may jump to: enough room for the marks of an hour, thinned out for longer ones.
	cuesSize   = 16 << 10
	clusterMin = 5_000
	clusterMax = 15_000
	// opusPreRoll is how much a decoder should hear before the place one jumps to (RFC 7845).
	opusPreRoll = 80 * time.Millisecond
)

// container is a Matroska file with one track.
type container struct {
	sink  *sink
	block mkvcore.BlockWriteCloser
}

// sink keeps the first error to itself: the library would wait for ever after one.
type sink struct {
	file   *os.File
	buffer *bufio.Writer
	err    error
}

// Write implements io.Writer.
func (s *sink) Write(data []byte) (int, error) {
	if s.err == nil {
		_, s.err = s.buffer.Write(data)
	}
	return len(data), nil
}

// WriteAt implements io.WriterAt: the index and the duration are filled in at the end.
func (s *sink) WriteAt(data []byte, offset int64) (int, error) {
	if s.err == nil {
		s.err = s.buffer.Flush()
	}
	if s.err == nil {
		_, s.err = s.file.WriteAt(data, offset)
	}
	return len(data), nil
}

// Close implements io.Closer.
func (s *sink) Close() error {
	if s.err == nil {
		s.err = s.buffer.Flush()
	}
	s.err = errors.Join(s.err, s.file.Close())
	return nil
}

func create(path string, begin time.Time, about sidefile.Track, width, height int) (*container, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	out := &sink{file: file, buffer: bufio.NewWriterSize(file, 256<<10)}
	info := &webm.Info{
		TimecodeScale: uint64(time.Millisecond),
		MuxingApp:     "tiepdan-record",
		WritingApp:    "tiepdan-record",
		DateUTC:       begin,
	}
	tracks := []mkvcore.TrackDescription{{TrackNumber: 1, TrackEntry: describe(about, width, height)}}
	blocks, err := mkvcore.NewSimpleBlockWriter(out, tracks,
		mkvcore.WithEBMLHeader(webm.DefaultEBMLHeader),
		mkvcore.WithSegmentInfo(info),
		mkvcore.WithSeekHead(true),
		mkvcore.WithCues(cuesSize),
		mkvcore.WithMinMaxClusterDuration(1, clusterMin, clusterMax),
	)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &container{sink: out, block: blocks[0]}, nil
}

func describe(about sidefile.Track, width, height int) webm.TrackEntry {
	entry := webm.TrackEntry{Name: about.Identity + " " + about.Source, TrackNumber: 1, TrackUID: 1}
	if width > 0 {
		entry.CodecID, entry.TrackType = "V_VP8", 1
		entry.Video = &webm.Video{PixelWidth: uint64(width), PixelHeight: uint64(height)}
		return entry
	}
	channels := max(about.Channels, 1)
	entry.CodecID, entry.TrackType = "A_OPUS", 2
	entry.CodecPrivate = opusHead(uint8(channels), about.ClockRate)
	entry.SeekPreRoll = uint64(opusPreRoll)
	entry.Audio = &webm.Audio{SamplingFrequency: float64(about.ClockRate), Channels: uint64(channels)}
	return entry
}

// opusHead is the header a decoder wants (RFC 7845); nothing is to be skipped, as the recording
// begins somewhere in the sender's stream.
func opusHead(channels uint8, rate uint32) []byte {
	head := append([]byte("OpusHead"), 1, channels, 0, 0)
	head = binary.LittleEndian.AppendUint32(head, rate)
	return append(head, 0, 0, 0)
}

func (c *container) write(isKey bool, at int64, frame []byte) error {
	_, err := c.block.Write(isKey, at, frame)
	return err
}

// close waits until the library has written everything, which is when its error is known.
func (c *container) close() error {
	return errors.Join(c.block.Close(), c.sink.err)
}
