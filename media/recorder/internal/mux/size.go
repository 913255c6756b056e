package mux

import (
	"io"
	"os"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"

	"tiepdan/media/recorder/internal/rtpdump"
)

// largest looks through a camera's recording for its largest picture and rewinds it.  The first
// layer that arrives is usually a small one, and players take the size in the file's head for the
// size to show.
func largest(source *os.File, payloadType uint8) (width, height int, err error) {
	reader, err := rtpdump.NewReader(source)
	if err != nil {
		return 0, 0, err
	}
	var vp8 codecs.VP8Packet
	for {
		record, err := reader.Next()
		if err != nil {
			break // the end, whole or cut: the conversion itself tells which
		}
		packet := rtp.Packet{}
		if record.IsRTCP || packet.Unmarshal(record.Data) != nil || packet.PayloadType != payloadType {
			continue
		}
		frame, err := vp8.Unmarshal(packet.Payload)
		if err != nil || vp8.S == 0 || vp8.PID != 0 {
			continue
		}
		if isKey, w, h := keyFrame(frame); isKey {
			width, height = max(width, w), max(height, h)
		}
	}
	_, err = source.Seek(0, io.SeekStart)
	return width, height, err
}
