package publish

import (
	"context"
	"testing"
	"time"

	"github.com/pion/rtp"
)

// A clip should play at its own pace, over and over.
func TestClipLoops(t *testing.T) {
	video, err := readIVF("../../testdata/clip.ivf")
	if err != nil {
		t.Fatal(err)
	}
	if video.width != 320 || video.height != 180 || len(video.samples) != 30 {
		t.Errorf("%dx%d, %d frames", video.width, video.height, len(video.samples))
	}
	first, _ := video.NextSample(context.Background())
	for range 29 {
		_, _ = video.NextSample(context.Background())
	}
	again, _ := video.NextSample(context.Background())
	if &first.Data[0] != &again.Data[0] || first.Duration != time.Second/15 {
		t.Errorf("frame 31 is not frame 1, or %v is not its pace", first.Duration)
	}
}

// Sound should be cut into its packets with their lengths.
func TestSoundClip(t *testing.T) {
	sound, err := readOgg("../../testdata/clip.ogg")
	if err != nil {
		t.Fatal(err)
	}
	length := time.Duration(0)
	for _, sample := range sound.samples {
		length += sample.Duration
	}
	if length < 2*time.Second || length > 2100*time.Millisecond {
		t.Errorf("%v in %d packets", length, len(sound.samples))
	}
}

// A file of another kind should be refused.
func TestWrongClips(t *testing.T) {
	if _, err := readIVF("../../testdata/clip.ogg"); err == nil {
		t.Error("a sound was read as a picture")
	}
	if _, err := readOgg("../../testdata/clip.ivf"); err == nil {
		t.Error("a picture was read as a sound")
	}
}

// Packets of padding alone should not count as media.
func TestPadding(t *testing.T) {
	media := &rtp.Packet{Header: rtp.Header{Version: 2}, Payload: []byte("media")}
	_ = media.SetExtension(1, []byte{1})
	media.PaddingSize = 4
	media.Padding = true
	filler := &rtp.Packet{Header: rtp.Header{Version: 2, Padding: true}, PaddingSize: 200}
	for packet, want := range map[*rtp.Packet]bool{media: false, filler: true} {
		raw, err := packet.Marshal()
		if err != nil || isPadding(raw) != want {
			t.Errorf("%v: %v", packet, err)
		}
	}
}
