// Package rtpdump writes and reads the rtpdump format of rtptools, which Wireshark reads as well.
//
// A file is one line of text, a header of 16 bytes and then records of 8 bytes plus one packet, all
// in network byte order.  Nothing in it needs to be finished, so a file cut at any byte is readable
// up to the last whole record: that is why evidence is kept in it.
package rtpdump

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

const (
	// The address is a formality here: packets come from the engine, not from a socket of ours.
	firstLine    = "#!rtpplay1.0 127.0.0.1/0\n"
	headerSize   = 16
	recordSize   = 8
	maxPacket    = 0xFFFF - recordSize
	bufferSize   = 64 << 10
	loopbackIPv4 = 0x7F000001
)

// ErrTooLong tells that a packet does not fit the format's 16-bit length.
var ErrTooLong = errors.New("rtpdump: packet longer than a record can hold")

// Sizes is how far a file has come.
type Sizes struct {
	Size    int64 // bytes handed to the operating system
	Synced  int64 // bytes known to be on the disk
	Packets int64 // RTP packets among them, RTCP not counted
}

// Writer appends packets to one file.  Its methods may be called from several goroutines.
type Writer struct {
	mutex   sync.Mutex
	file    *os.File
	buffer  *bufio.Writer
	start   time.Time
	written int64
	packets int64
	flushed Sizes
	broken  error
	closing sync.Once
	closed  error
}

// Create makes a new file that must not exist yet; start is the zero of its packet times.
func Create(path string, start time.Time) (*Writer, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	w := &Writer{file: file, buffer: bufio.NewWriterSize(file, bufferSize), start: start}
	var header [headerSize]byte
	binary.BigEndian.PutUint32(header[0:], uint32(start.Unix()))
	binary.BigEndian.PutUint32(header[4:], uint32(start.Nanosecond()/1000))
	binary.BigEndian.PutUint32(header[8:], loopbackIPv4)
	w.write([]byte(firstLine), header[:])
	if err := w.Flush(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return w, nil
}

// RTP appends one RTP packet as received at the time given.
func (w *Writer) RTP(packet []byte, at time.Time) error {
	return w.record(packet, at, uint16(min(len(packet), maxPacket)))
}

// RTCP appends one RTCP packet; the format marks it by an RTP length of 0.
func (w *Writer) RTCP(packet []byte, at time.Time) error {
	return w.record(packet, at, 0)
}

func (w *Writer) record(packet []byte, at time.Time, length uint16) error {
	if len(packet) > maxPacket {
		return ErrTooLong
	}
	var head [recordSize]byte
	binary.BigEndian.PutUint16(head[0:], uint16(recordSize+len(packet)))
	binary.BigEndian.PutUint16(head[2:], length)
	w.mutex.Lock()
	defer w.mutex.Unlock()
	binary.BigEndian.PutUint32(head[4:], uint32(max(0, at.Sub(w.start).Milliseconds())))
	w.write(head[:], packet)
	if length > 0 {
		w.packets++
	}
	return w.broken
}

// write keeps the first error: after a failed write nothing behind it may count as recorded.
func (w *Writer) write(parts ...[]byte) {
	for _, part := range parts {
		if w.broken != nil {
			return
		}
		n, err := w.buffer.Write(part)
		w.written += int64(n)
		w.broken = err
	}
}

// Flush hands everything to the operating system, so that killing this process loses nothing of it.
func (w *Writer) Flush() error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.flush()
}

func (w *Writer) flush() error {
	if w.broken == nil {
		w.broken = w.buffer.Flush()
	}
	if w.broken == nil {
		w.flushed.Size, w.flushed.Packets = w.written, w.packets
	}
	return w.broken
}

// Sync flushes and waits until the disk has it.  Packets go on being appended meanwhile.
func (w *Writer) Sync() error {
	w.mutex.Lock()
	err, size := w.flush(), w.flushed.Size
	w.mutex.Unlock()
	if err != nil {
		return err
	}
	if err := w.file.Sync(); err != nil {
		return w.fail(fmt.Errorf("fsync: %w", err))
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.flushed.Synced = max(w.flushed.Synced, size)
	return nil
}

func (w *Writer) fail(err error) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.broken == nil {
		w.broken = err
	}
	return w.broken
}

// Sizes tells how far the file has come.
func (w *Writer) Sizes() Sizes {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.flushed
}

// Close makes everything durable and closes; what is appended afterwards fails with os.ErrClosed.
// Whoever closes a second time waits for the first.
func (w *Writer) Close() error {
	w.closing.Do(func() { w.closed = w.close() })
	return w.closed
}

func (w *Writer) close() error {
	w.mutex.Lock()
	err, size := w.flush(), w.flushed.Size
	if err == nil {
		w.broken = os.ErrClosed
	}
	w.mutex.Unlock()
	if err == nil {
		err = w.file.Sync()
	}
	if err == nil {
		w.mutex.Lock()
		w.flushed.Synced = size
		w.mutex.Unlock()
	}
	return errors.Join(err, w.file.Close())
}
