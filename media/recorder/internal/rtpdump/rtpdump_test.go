package rtpdump

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var start = time.Date(2026, 11, 25, 7, 0, 0, 123456000, time.UTC)

func written(t *testing.T, packets ...[]byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.rtpdump")
	w, err := Create(path, start)
	if err != nil {
		t.Fatal(err)
	}
	for i, packet := range packets {
		if err := w.RTP(packet, start.Add(time.Duration(i)*20*time.Millisecond)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, content []byte) ([]Packet, error) {
	t.Helper()
	r, err := NewReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if !r.Start().Equal(start) {
		t.Errorf("start %v, want %v", r.Start(), start)
	}
	var packets []Packet
	for {
		packet, err := r.Next()
		if err != nil {
			return packets, err
		}
		packets = append(packets, packet)
	}
}

// What was written should be read again, with its times.
func TestRoundTrip(t *testing.T) {
	content, _ := os.ReadFile(written(t, []byte("one"), []byte("second")))
	packets, err := read(t, content)
	if !errors.Is(err, io.EOF) || len(packets) != 2 {
		t.Fatalf("%d packets, %v", len(packets), err)
	}
	if string(packets[1].Data) != "second" || packets[1].At != 20*time.Millisecond || packets[1].IsRTCP {
		t.Errorf("second packet is %+v", packets[1])
	}
}

// A file should begin as rtptools expects it, byte for byte.
func TestHead(t *testing.T) {
	content, _ := os.ReadFile(written(t, []byte{0x80}))
	want := []byte("#!rtpplay1.0 127.0.0.1/0\n")
	want = binary.BigEndian.AppendUint32(want, uint32(start.Unix()))
	want = binary.BigEndian.AppendUint32(want, 123456)
	want = append(want, 127, 0, 0, 1, 0, 0, 0, 0, 0, 9, 0, 1, 0, 0, 0, 0, 0x80)
	if !bytes.Equal(content, want) {
		t.Errorf("head is % x", content)
	}
}

// A file cut at any byte should give every whole record before the cut.
func TestCutAnywhere(t *testing.T) {
	content, _ := os.ReadFile(written(t, []byte("one"), []byte("second")))
	body := len(firstLine) + headerSize
	for end := body; end < len(content); end++ {
		packets, err := read(t, content[:end])
		want := 0
		if end >= body+recordSize+3 {
			want = 1
		}
		whole := end == body || end == body+recordSize+3
		if len(packets) != want || errors.Is(err, io.EOF) != whole || errors.Is(err, ErrCut) == whole {
			t.Errorf("cut at %d: %d packets, %v", end, len(packets), err)
		}
	}
}

// Zeros left by a power cut should count as the end.
func TestZeroTail(t *testing.T) {
	content, _ := os.ReadFile(written(t, []byte("one")))
	packets, err := read(t, append(content, make([]byte, 4096)...))
	if len(packets) != 1 || !errors.Is(err, ErrCut) {
		t.Errorf("%d packets, %v", len(packets), err)
	}
}

// RTCP should be told from RTP and not be counted.
func TestRTCP(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.rtpdump")
	w, err := Create(path, start)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.RTCP([]byte("report"), start), w.RTP([]byte("media"), start), w.Close()); err != nil {
		t.Fatal(err)
	}
	content, _ := os.ReadFile(path)
	packets, _ := read(t, content)
	if len(packets) != 2 || !packets[0].IsRTCP || packets[1].IsRTCP || w.Sizes().Packets != 1 {
		t.Errorf("%+v, %+v", packets, w.Sizes())
	}
}

// Only synced bytes should count as synced.
func TestSizes(t *testing.T) {
	w, err := Create(filepath.Join(t.TempDir(), "x.rtpdump"), start)
	if err != nil {
		t.Fatal(err)
	}
	head := int64(len(firstLine) + headerSize)
	if got := w.Sizes(); got != (Sizes{Size: head}) {
		t.Errorf("new file: %+v", got)
	}
	_ = w.RTP([]byte("media"), start)
	_ = w.Sync()
	_ = w.RTP([]byte("media"), start)
	_ = w.Flush()
	if got := w.Sizes(); got != (Sizes{Size: head + 26, Synced: head + 13, Packets: 2}) {
		t.Errorf("after flush: %+v", got)
	}
}

// An existing recording should never be written over.
func TestNeverOverwrites(t *testing.T) {
	if _, err := Create(written(t, []byte("one")), start); !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v", err)
	}
}

// After a failed write nothing more should count as recorded.
func TestFailureStays(t *testing.T) {
	w, err := Create(filepath.Join(t.TempDir(), "x.rtpdump"), start)
	if err != nil {
		t.Fatal(err)
	}
	before := w.Sizes()
	_ = w.file.Close()
	_ = w.RTP([]byte("media"), start)
	if w.Flush() == nil || w.Sync() == nil || w.RTP(nil, start) == nil || w.Sizes() != before {
		t.Errorf("no error after the file was lost: %+v", w.Sizes())
	}
}
