package mux

import (
	"encoding/binary"
	"errors"
)

var errRED = errors.New("mux: broken redundant audio packet")

// keyFrame tells whether a VP8 frame stands for itself, and then how large the picture is.
func keyFrame(frame []byte) (isKey bool, width, height int) {
	if len(frame) < 10 || frame[0]&1 != 0 || frame[3] != 0x9D || frame[4] != 0x01 || frame[5] != 0x2A {
		return false, 0, 0
	}
	width = int(binary.LittleEndian.Uint16(frame[6:]) & 0x3FFF)
	height = int(binary.LittleEndian.Uint16(frame[8:]) & 0x3FFF)
	return true, width, height
}

// unwrapRED takes the newest block out of redundant audio (RFC 2198); the older ones repeat packets
// that have arrived on their own.
func unwrapRED(payload []byte) ([]byte, error) {
	offset, older := 0, 0
	for {
		if offset >= len(payload) {
			return nil, errRED
		}
		if payload[offset]&0x80 == 0 {
			offset++
			break
		}
		if offset+4 > len(payload) {
			return nil, errRED
		}
		older += int(binary.BigEndian.Uint16(payload[offset+2:]) & 0x3FF)
		offset += 4
	}
	if offset+older > len(payload) {
		return nil, errRED
	}
	return payload[offset+older:], nil
}
