package mux

import "testing"

func placed(t *testing.T, clock *timeline, rtp uint32, arrival, want int64) {
	t.Helper()
	if at, ok := clock.at(rtp, arrival); !ok || at != want {
		t.Errorf("RTP time %d is placed at %d (%v), want %d", rtp, at, ok, want)
	}
}

// Frames should stand where RTP time says, however unevenly they came.
func TestTimelineFollowsRTP(t *testing.T) {
	clock := &timeline{rate: 1000}
	placed(t, clock, 0xFFFFFFF0, 500, 0)
	placed(t, clock, 4, 900, 20) // over the wrap of RTP time, 380 ms late
	placed(t, clock, 24, 901, 40)
}

// Frames closer than a millisecond should not share one.
func TestTimelineKeepsFramesApart(t *testing.T) {
	clock := &timeline{rate: 90_000}
	placed(t, clock, 0, 0, 0)
	placed(t, clock, 3000, 33, 33)
	placed(t, clock, 3001, 33, 34)
	placed(t, clock, 6000, 66, 66)
}

// A break in RTP time should be bridged by our clock.
func TestTimelineBridgesBreaks(t *testing.T) {
	clock := &timeline{rate: 1000}
	placed(t, clock, 1000, 0, 0)
	placed(t, clock, 900_000, 5000, 5000)
	placed(t, clock, 900_020, 5020, 5020)
	placed(t, clock, 50, 9000, 9000)
	placed(t, clock, 70, 20_000, 20_000) // RTP time stood still meanwhile
}

// A frame older than the newest one should be left out.
func TestTimelineRefusesOldFrames(t *testing.T) {
	clock := &timeline{rate: 1000}
	placed(t, clock, 1000, 0, 0)
	placed(t, clock, 1040, 40, 40)
	if _, ok := clock.at(1020, 45); ok {
		t.Error("an old frame was placed")
	}
}

// Sequence numbers should be counted over their wrap, repeated ones once, lost ones as lost.
func TestOrder(t *testing.T) {
	var o order
	for _, sequence := range []uint16{65534, 65535, 0, 0, 3, 65533, 2} {
		o.accept(sequence)
	}
	if o.unique != 6 || o.lost() != 1 {
		t.Errorf("%d unique, %d lost", o.unique, o.lost())
	}
	if o.accept(2) {
		t.Error("a repeated packet was accepted")
	}
}

// A long gap should not make old numbers look repeated.
func TestOrderLongGap(t *testing.T) {
	var o order
	for _, sequence := range []uint16{10, 20_010, 40_010, 60_010, 10 + 4096} {
		if !o.accept(sequence) {
			t.Errorf("%d was refused", sequence)
		}
	}
	if o.accept(60_010) {
		t.Error("a packet from long ago was accepted")
	}
}

// Broken redundant packets should be errors, never a crash.
func TestBrokenRED(t *testing.T) {
	for _, payload := range [][]byte{nil, {0x80}, {0x80, 1, 0xFF, 0xFF, 0}, {0x80, 0, 0, 9, 111, 1}} {
		if _, err := unwrapRED(payload); err == nil {
			t.Errorf("% x was unwrapped", payload)
		}
	}
}
