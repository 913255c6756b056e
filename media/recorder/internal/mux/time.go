package mux

import (
	"time"

	"github.com/pion/rtcp"
)

const (
	// window is how far behind the newest packet a late one is still told from a repeated one.
	window = 4096
	// jump is how far RTP time may stray from our clock before we believe our clock: a seat's clock
	// drifts by seconds a day, a packet is rarely later than that, a break in RTP time is.
	jump = 2000
	// ntpToUnix is the time from the NTP epoch (1900) to the Unix epoch.
	ntpToUnix = 2208988800
)

// order keeps the account of a track's sequence numbers.
type order struct {
	begun  bool
	first  int64
	newest int64
	unique int64
	seen   [window]bool
}

// accept is false for a repeated packet and for one that is too late to matter.
func (o *order) accept(sequence uint16) bool {
	if !o.begun {
		o.begun, o.first, o.newest = true, int64(sequence)+1<<16, int64(sequence)+1<<16
		o.seen[o.newest%window], o.unique = true, 1
		return true
	}
	number := o.newest + int64(int16(sequence-uint16(o.newest)))
	if number <= o.newest-window {
		return false
	}
	if number > o.newest {
		for gone := max(o.newest+1, number-window+1); gone <= number; gone++ {
			o.seen[gone%window] = false
		}
		o.newest = number
	}
	if o.seen[number%window] {
		return false
	}
	o.seen[number%window] = true
	o.first = min(o.first, number)
	o.unique++
	return true
}

// lost is how many packets between the first and the newest never came.
func (o *order) lost() int64 {
	if !o.begun {
		return 0
	}
	return o.newest - o.first + 1 - o.unique
}

// timeline turns RTP times into milliseconds since the first frame.
type timeline struct {
	rate  int64
	begun bool
	rtp   uint32 // of the newest frame
	ticks int64  // of the newest frame, since the first
	zero  int64  // when the first frame came
	shift int64  // what breaks in RTP time have added
	last  int64
}

// at places a frame; false when a newer frame has been placed already.
func (t *timeline) at(rtp uint32, arrival int64) (int64, bool) {
	if !t.begun {
		t.begun, t.rtp, t.zero = true, rtp, arrival
		return 0, true
	}
	step := int64(int32(rtp - t.rtp))
	now := arrival - t.zero
	strays := now - ((t.ticks+step)*1000/t.rate + t.shift)
	isBreak := strays > jump || strays < -jump
	if step <= 0 && !isBreak {
		return 0, false
	}
	t.rtp, t.ticks = rtp, t.ticks+step
	if isBreak {
		t.shift += max(now, t.last+1) - (now - strays)
	}
	// When the engine changes layers, frames follow each other by less than a millisecond; players
	// want each to have a time of its own.
	t.last = max(t.last+1, t.ticks*1000/t.rate+t.shift)
	return t.last, true
}

// senderClock is the sender's clock in Unix microseconds at an RTP time, from one of its reports.
func senderClock(report *rtcp.SenderReport, timestamp, rate uint32) int64 {
	seconds := int64(report.NTPTime>>32) - ntpToUnix
	micros := int64(report.NTPTime&0xFFFFFFFF) * 1_000_000 >> 32
	ticks := int64(int32(timestamp - report.RTPTime))
	return seconds*1_000_000 + micros + ticks*int64(time.Second/time.Microsecond)/int64(rate)
}
