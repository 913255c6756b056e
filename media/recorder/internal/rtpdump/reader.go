package rtpdump

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// ErrCut tells that the file ends inside a record, as after a kill or a power cut; what was read
// before it is whole.
var ErrCut = errors.New("rtpdump: the file ends inside a record")

// Packet is one record of a file.
type Packet struct {
	At     time.Duration // since the file's start
	IsRTCP bool
	Data   []byte
}

// Reader reads a file from its beginning.
type Reader struct {
	source *bufio.Reader
	start  time.Time
}

// NewReader reads the head of a file.
func NewReader(source io.Reader) (*Reader, error) {
	buffered := bufio.NewReaderSize(source, bufferSize)
	line, err := buffered.ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "#!rtpplay1.0 ") {
		return nil, fmt.Errorf("rtpdump: no such file's first line: %w", orUnexpected(err))
	}
	var header [headerSize]byte
	if _, err := io.ReadFull(buffered, header[:]); err != nil {
		return nil, fmt.Errorf("rtpdump: header: %w", err)
	}
	seconds := int64(binary.BigEndian.Uint32(header[0:]))
	micros := int64(binary.BigEndian.Uint32(header[4:]))
	return &Reader{source: buffered, start: time.Unix(seconds, micros*1000).UTC()}, nil
}

func orUnexpected(err error) error {
	if err == nil {
		return errors.New("unexpected text")
	}
	return err
}

// Start is the zero of the packet times.
func (r *Reader) Start() time.Time { return r.start }

// Next is the next record; io.EOF after the last whole one, ErrCut when a part of one follows.
func (r *Reader) Next() (Packet, error) {
	var head [recordSize]byte
	if _, err := io.ReadFull(r.source, head[:]); err != nil {
		return Packet{}, cut(err)
	}
	length := int(binary.BigEndian.Uint16(head[0:])) - recordSize
	if length <= 0 {
		// A file system may leave zeros where data was promised but never written.
		return Packet{}, ErrCut
	}
	data := make([]byte, length)
	if _, err := io.ReadFull(r.source, data); err != nil {
		return Packet{}, cut(errors.Join(io.ErrUnexpectedEOF, err))
	}
	return Packet{
		At:     time.Duration(binary.BigEndian.Uint32(head[4:])) * time.Millisecond,
		IsRTCP: binary.BigEndian.Uint16(head[2:]) == 0,
		Data:   data,
	}, nil
}

func cut(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return ErrCut
	default:
		return err
	}
}
